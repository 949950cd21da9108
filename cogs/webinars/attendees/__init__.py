"""Who answered what, for the secretariat."""
