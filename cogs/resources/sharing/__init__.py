"""Posting a resource in a channel."""
