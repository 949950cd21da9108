"""The sessions of a meeting, day by day."""
