"""focalbot: a Discord bot for a network of focal points."""

from bot.heap import growing

with growing():
    from bot.app import create_bot
    from bot.settings import Settings
    from bot.timezones import data as zone_data  # First: no zone is read before the newest zone data are in force.

__all__ = ["Settings", "create_bot", "zone_data"]
