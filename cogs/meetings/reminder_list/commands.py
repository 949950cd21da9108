"""``/meeting reminders``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot import completion
from bot.ui import Context
from cogs.meetings import queries
from cogs.meetings.reminder_list.buttons import reminders_page


class ReminderCommands(commands.Cog):
    """See what is owed, sent and missed of a meeting."""

    @app_commands.command(description=locale_str("See which reminders of a meeting are owed, sent or missed"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def reminders(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show what the outbox holds for a meeting."""
        context = Context.of(interaction)
        embed, view = await reminders_page(context, await queries.meeting_typed(context, meeting))
        await context.answer(embed=embed, view=view)

    reminders.autocomplete("meeting")(completion.meeting)
