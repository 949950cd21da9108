"""A statement is drafted, and its text replaced."""
