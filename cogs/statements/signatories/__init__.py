"""The delegations that have joined, ready to paste."""
