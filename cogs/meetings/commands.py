"""``/meeting``: put together from the commands of its parts."""

from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.permissions import regained
from bot.scheduled_events import said_by
from bot.ui import Context
from cogs.meetings import queries
from cogs.meetings.agenda.commands import AgendaCommands
from cogs.meetings.buttons import show
from cogs.meetings.events import EventKeeper
from cogs.meetings.history.commands import HistoryCommands
from cogs.meetings.planning.commands import PlanningCommands
from cogs.meetings.registration.commands import RegistrationCommands
from cogs.meetings.reminders.commands import ReminderCommands
from cogs.meetings.report.commands import ReportCommands
from storage.meetings.models import Meeting

if TYPE_CHECKING:
    from bot.app import Focalbot


class MeetingsCog(
    HistoryCommands,
    AgendaCommands,
    RegistrationCommands,
    PlanningCommands,
    ReportCommands,
    ReminderCommands,
    commands.GroupCog,
    name="meeting",
    description=locale_str("The annual meeting: when, where, who comes"),
):
    """``/meeting``: the next annual meeting, and all before it."""

    def __init__(self, bot: "Focalbot") -> None:
        self.bot = bot
        self.services = bot.services
        self._events = EventKeeper(bot.services)

    @app_commands.command(name="show", description=locale_str("See the annual meeting, and answer for your delegation"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def show_(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show the card of a meeting."""
        context = Context.of(interaction)
        embed, view = await show(context, await queries.meeting_typed(context, meeting))
        await context.answer(embed=embed, view=view)

    show_.autocomplete("meeting")(queries.complete_meeting)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Look at the events that may have changed while the bot was away."""
        for guild in self.bot.guilds:
            if not guild.unavailable:
                await self._events.check(guild)

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Look at the events of a server that was out of reach."""
        if self.bot.is_ready():
            await self._events.check(guild)

    @commands.Cog.listener()
    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Make and mend the events that Discord refused, once the permission comes back."""
        if regained(before, after):
            await self._events.check(after.guild)

    @commands.Cog.listener()
    async def on_scheduled_event_update(self, before: discord.ScheduledEvent, after: discord.ScheduledEvent) -> None:
        """Put back what somebody changed by hand; that an event has begun or ended changes nothing that it says."""
        if said_by(before) != said_by(after):
            await self._look_after(after)

    @commands.Cog.listener()
    async def on_scheduled_event_delete(self, event: discord.ScheduledEvent) -> None:
        """Report what somebody deleted by hand."""
        await self._look_after(event)

    async def _look_after(self, event: discord.ScheduledEvent) -> None:
        guild = event.guild
        meeting = await self._of_event(event) if guild is not None else None
        if guild is not None and meeting is not None:
            await self._events.look_after(guild, meeting)

    async def _of_event(self, event: discord.ScheduledEvent) -> Meeting | None:
        meetings = await self.services.meetings.with_events(event.guild_id)
        return next((meeting for meeting in meetings if meeting.event_id == event.id), None)
