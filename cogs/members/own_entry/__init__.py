"""One's own entry, seen and corrected."""
