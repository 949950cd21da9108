"""Members suggest a link; the secretariat decides."""
