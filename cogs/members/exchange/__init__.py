"""The whole directory as a file, in and out."""
