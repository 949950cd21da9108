"""``/member me``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context, stored_view
from cogs.members.own_entry.cards import own_card
from cogs.members.own_entry.forms import own_buttons
from cogs.members.own_entry.queries import own_entry


class OwnEntryCommands(commands.Cog):
    """Me."""

    @app_commands.command(description=locale_str("See what the directory says about you"))
    async def me(self, interaction: discord.Interaction) -> None:
        """Show one's own entry."""
        context = Context.of(interaction)
        entry = await own_entry(context)
        buttons = own_buttons(entry, context.reader)
        await context.answer(embed=own_card(entry, context.reader), view=stored_view(buttons) if buttons else None)
