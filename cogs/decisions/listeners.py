from discord.ext import commands

from bot.services import Services
from cogs.decisions.ending import make_up, settle_when_due


class DecisionListeners(commands.Cog):
    """Gives procedures the time that an interruption has cost them, as soon as people can act again."""

    def __init__(self, services: Services) -> None:
        self.services = services

    async def cog_load(self) -> None:
        """Make up for what happened before the bot started, before anything ends."""
        await make_up(self.services)
        async with self.services.transaction() as tx:
            under_way = await self.services.decisions.under_way(tx)
        for decision in under_way:
            await settle_when_due(self.services, decision.guild_id, decision.id)

    @commands.Cog.listener()
    async def on_interruption_ended(self, guild_id: int | None) -> None:
        """Make up for an outage (None: of all networks), or for a pause of one."""
        await make_up(self.services, guild_id)
