"""All meetings since the first."""
