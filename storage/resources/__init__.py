"""The shelf of links, and its full-text search."""
