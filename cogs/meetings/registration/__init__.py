"""Which delegations come, and who represents them."""
