"""``/poll edit``, ``cancel`` and ``close``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.polls.closing.cancel import ask_to_cancel
from cogs.polls.closing.close import ask_to_close
from cogs.polls.closing.move import ask_to_move
from cogs.polls.completion import open_poll, poll_chosen


class ClosingCommands(commands.Cog):
    """Edit, cancel, close."""

    @app_commands.command(description=locale_str("Move the closing time of a poll"))
    @app_commands.describe(poll=locale_str("The poll"), closes=locale_str("Such as 2027-03-12 18:00, or a day"))
    async def edit(self, interaction: discord.Interaction, poll: str, closes: str) -> None:
        """Move the closing time after *Confirm*; nothing else can change."""
        context = Context.of(interaction)
        await ask_to_move(context, await poll_chosen(context, poll), closes)

    @app_commands.command(description=locale_str("Cancel a poll: its ballots are erased"))
    @app_commands.describe(poll=locale_str("The poll"))
    async def cancel(self, interaction: discord.Interaction, poll: str) -> None:
        """Cancel a poll after *Confirm*."""
        context = Context.of(interaction)
        await ask_to_cancel(context, await poll_chosen(context, poll))

    @app_commands.command(description=locale_str("Close a poll early and count the ballots"))
    @app_commands.describe(poll=locale_str("The poll"))
    async def close(self, interaction: discord.Interaction, poll: str) -> None:
        """Close a poll early after *Confirm*."""
        context = Context.of(interaction)
        await ask_to_close(context, await poll_chosen(context, poll))

    edit.autocomplete("poll")(open_poll)
    cancel.autocomplete("poll")(open_poll)
    close.autocomplete("poll")(open_poll)
