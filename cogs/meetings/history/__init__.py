"""All annual meetings since the first."""
