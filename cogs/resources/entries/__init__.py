"""How a link comes onto the shelf, is changed, and leaves it."""
