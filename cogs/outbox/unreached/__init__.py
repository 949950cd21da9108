"""Whom nothing reached: listed, with a file for the secretariat's own mail program, and what it sent by that."""
