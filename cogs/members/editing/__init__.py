"""The secretariat corrects somebody's entry in the directory."""
