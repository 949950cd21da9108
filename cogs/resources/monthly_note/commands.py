"""``/resource digest``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.resources.monthly_note.enable import disable, offer_to_enable


class MonthlyNoteCommands(commands.Cog):
    """Digest."""

    @app_commands.command(description=locale_str("Send a monthly note of what is new on the shelf, or stop it"))
    @app_commands.describe(enabled=locale_str("Whether the note is sent"))
    async def digest(self, interaction: discord.Interaction, enabled: bool) -> None:
        """Turn the monthly note on, after showing it, or off."""
        context = Context.of(interaction)
        await (offer_to_enable(context) if enabled else disable(context))
