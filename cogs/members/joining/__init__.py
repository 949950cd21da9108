"""How a person gets in: a code, a link to an account, a welcome."""
