"""The colours of cards, each by what it stands for."""

from typing import Final

import discord

NETWORK: Final = discord.Colour(0x1F6FB2)
"""The directory, and what the bot says of the network and of itself."""
EVENT: Final = discord.Colour(0x009EDB)
"""A meeting or a webinar ahead: the blue of the United Nations."""
PAST: Final = discord.Colour(0x7F8C8D)
CANCELLED: Final = discord.Colour(0xC0392B)
VOTE: Final = discord.Colour(0x0072B2)
"""Topics and open polls."""
CLOSED: Final = discord.Colour(0x5F6B77)
"""A poll that has closed."""
