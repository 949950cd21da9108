"""A delegation asks for a colleague, and the secretariat decides."""
