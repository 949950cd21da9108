"""Decisions by silence procedure, and what keeps the bot from adopting one while it is away."""
