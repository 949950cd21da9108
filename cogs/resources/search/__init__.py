"""Looking for what is on the shelf."""
