"""The monthly note of what is new on the shelf."""
