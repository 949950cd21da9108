"""Who took part in a meeting, counted."""
