"""The list of the messages that a meeting owes, has sent and has missed; `cogs/meetings/rules.py` decides on them."""
