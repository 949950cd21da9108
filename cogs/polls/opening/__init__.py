"""From what was typed to an open poll."""
