"""Polls and their ballots, which are sealed while a secret poll is open."""
