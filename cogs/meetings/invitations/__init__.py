"""Which delegations a meeting invites that does not invite all."""
