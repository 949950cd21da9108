"""``/resource import`` and ``export``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.resources.exchange import import_export


class ExchangeCommands(commands.Cog):
    """Import, export."""

    @app_commands.command(name="import", description=locale_str("Import links from a spreadsheet (CSV)"))
    @app_commands.describe(file=locale_str("The file that /resource export makes; known pages are updated"))
    async def import_(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        """Show what a file brings, and write it after Confirm."""
        await import_export.import_shelf(Context.of(interaction), file)

    @app_commands.command(description=locale_str("Export the whole library as a spreadsheet (CSV)"))
    async def export(self, interaction: discord.Interaction) -> None:
        """Answer with the shelf as a file."""
        await import_export.export_shelf(Context.of(interaction))
