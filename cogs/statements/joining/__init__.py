"""A delegation joins a statement, or withdraws."""
