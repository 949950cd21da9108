"""Messages that are owed: the rows, their states, and what becomes of them."""
