"""``/member overview``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.members.overview import overview


class OverviewCommands(commands.Cog):
    """Overview."""

    @app_commands.command(description=locale_str("See which seats want looking after"))
    async def overview(self, interaction: discord.Interaction) -> None:
        """Show vacant seats, long terms, missing accounts and quiet delegations."""
        await overview.overview(Context.of(interaction))
