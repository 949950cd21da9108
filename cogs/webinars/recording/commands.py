"""``/webinar recording``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.webinars import completion, queries
from cogs.webinars.recording.proposals import propose_recording


class RecordingCommands(commands.Cog):
    """Send the recording."""

    @app_commands.command(
        description=locale_str("Add a webinar's recording to the library and send it to those who attended")
    )
    @app_commands.describe(
        webinar=completion.WEBINAR, url=locale_str("Where members watch it: it begins with https://")
    )
    async def recording(self, interaction: discord.Interaction, webinar: str, url: str) -> None:
        """Show what is sent before it is."""
        context = Context.of(interaction)
        await propose_recording(context, await queries.webinar_typed(context, webinar), url)

    recording.autocomplete("webinar")(completion.complete_begun)
