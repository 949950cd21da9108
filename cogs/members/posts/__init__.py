"""Who holds which post, from when to when."""
