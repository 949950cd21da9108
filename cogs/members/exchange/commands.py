"""``/member import`` and ``export``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.members.exchange import import_export


class ExchangeCommands(commands.Cog):
    """Import, export."""

    @app_commands.command(name="import", description=locale_str("Update the directory from a CSV file"))
    @app_commands.describe(
        file=locale_str("In CSV UTF-8, with the columns of the export; absent rows stay as they are"),
        dry_run=locale_str("Only show what the file would change"),
    )
    async def import_(self, interaction: discord.Interaction, file: discord.Attachment, dry_run: bool = False) -> None:
        """Read the directory from a file, all or nothing."""
        await import_export.import_directory(Context.of(interaction), file, dry_run)

    @app_commands.command(description=locale_str("Export the whole directory as a CSV file"))
    async def export(self, interaction: discord.Interaction) -> None:
        """Answer with the directory as a file."""
        await import_export.export_directory(Context.of(interaction))
