"""Webinars and the answers to them."""
