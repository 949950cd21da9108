"""Topics proposed for workshops, and who supports them."""
