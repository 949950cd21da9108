"""From what was typed to an open silence procedure."""
