"""focalbot: a Discord bot for a network of focal points."""

from bot import zonedata  # First: no zone is read before the newest zone data are in force.
from bot.app import create_bot
from bot.settings import Settings

__all__ = ["Settings", "create_bot", "zonedata"]
