import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.pending.buttons import pending_page


class PendingCog(commands.Cog):
    """``/pending``."""

    @app_commands.command(description=locale_str("See all that awaits your delegation, with deadlines and buttons"))
    async def pending(self, interaction: discord.Interaction) -> None:
        """Show the first page of what awaits the asker's delegations."""
        context = Context.of(interaction)
        embed, view = await pending_page(context, 0)
        await context.answer(embed=embed, view=view)
