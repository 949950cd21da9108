"""A statement goes on: final, open, closed, delivered, cancelled."""
