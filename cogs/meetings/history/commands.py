"""``/meeting history``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.meetings.history.buttons import history_page


class HistoryCommands(commands.Cog):
    """See all meetings."""

    @app_commands.command(description=locale_str("See all meetings since the first"))
    async def history(self, interaction: discord.Interaction) -> None:
        """Show every meeting on record, the latest first."""
        context = Context.of(interaction)
        embed, view = await history_page(context, 0)
        await context.answer(embed=embed, view=view)
