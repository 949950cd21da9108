"""``/meeting``: put together from the commands of its parts."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot import completion
from bot.occasions.events import EventListeners
from bot.ui import Context
from cogs.meetings import queries
from cogs.meetings.agenda.commands import AgendaCommands
from cogs.meetings.buttons import show
from cogs.meetings.events import MeetingEvents
from cogs.meetings.history.commands import HistoryCommands
from cogs.meetings.invitations.commands import InvitationCommands
from cogs.meetings.planning.commands import PlanningCommands
from cogs.meetings.registration.commands import RegistrationCommands
from cogs.meetings.reminder_list.commands import ReminderCommands
from cogs.meetings.report.commands import ReportCommands

if TYPE_CHECKING:
    from bot.app import Focalbot


class MeetingsCog(
    HistoryCommands,
    AgendaCommands,
    RegistrationCommands,
    InvitationCommands,
    PlanningCommands,
    ReportCommands,
    ReminderCommands,
    EventListeners,
    commands.GroupCog,
    name="meeting",
    description=locale_str("Meetings: when, where, who comes"),
):
    """``/meeting``: the annual meeting, the others, and all before them."""

    def __init__(self, bot: "Focalbot") -> None:
        self.listen(bot, MeetingEvents(bot.services))

    @app_commands.command(name="show", description=locale_str("See a meeting, and answer for your delegation"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def show_(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show the card of a meeting."""
        context = Context.of(interaction)
        embed, view = await show(context, await queries.meeting_typed(context, meeting))
        await context.answer(embed=embed, view=view)

    show_.autocomplete("meeting")(completion.meeting)
