"""The token-free demo: the real bot on SimCord's in-memory Discord, shown on one local page."""
