"""What somebody leaves to the person who follows them in a post."""
