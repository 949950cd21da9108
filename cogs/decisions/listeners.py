from discord.ext import commands

from bot.services import Services
from cogs.decisions.ending import make_up


class DecisionListeners(commands.Cog):
    """Gives procedures the time that an interruption has cost them, as soon as people can act again."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @commands.Cog.listener()
    async def on_interruption_ended(self, guild_id: int | None) -> None:
        """Make up for an outage (None: of all networks), or for a pause of one."""
        await make_up(self.services, guild_id)
