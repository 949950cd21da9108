"""Takes the digests up again where the bot comes back."""

from typing import TYPE_CHECKING

import discord
from discord.ext import commands

from cogs.digests.planning import plan_network

if TYPE_CHECKING:
    from bot.app import Focalbot


class DigestListeners(commands.Cog):
    """Listens to servers that have the bot back: what they were owed may all have passed."""

    def __init__(self, bot: "Focalbot") -> None:
        self.services = bot.services

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Owe the next digests."""
        await plan_network(self.services, guild.id)
