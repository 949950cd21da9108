"""The directory: found, listed, and what it has been."""
