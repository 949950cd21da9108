"""The whole shelf as a CSV file, in and out."""
