"""Joint statements, and which delegations have joined them."""
