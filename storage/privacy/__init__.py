"""Where a person's data is, how it is exported and erased, and what was erased before."""
