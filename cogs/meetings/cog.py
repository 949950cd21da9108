from typing import TYPE_CHECKING

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.ext import commands

from bot.permissions import regained
from bot.scheduled_events import said_by
from bot.ui import Context
from cogs.meetings import desk
from cogs.meetings.events import EventKeeper
from cogs.meetings.planning_cog import PlanningCommands
from cogs.meetings.registration_cog import RegistrationCommands
from cogs.meetings.sessions_cog import SessionCommands
from cogs.meetings.views import agenda_page, history_page, show
from storage.meeting_models import Meeting

if TYPE_CHECKING:
    from bot.app import Focalbot


class MeetingsCog(
    RegistrationCommands,
    PlanningCommands,
    SessionCommands,
    commands.GroupCog,
    name="meeting",
    description=locale_str("The annual meeting: when, where, who comes"),
):
    """``/meeting``: what everybody sees is here, the rest in the classes it is put together from."""

    def __init__(self, bot: "Focalbot") -> None:
        self.bot = bot
        self.services = bot.services
        self._events = EventKeeper(bot.services)

    @app_commands.command(name="show", description=locale_str("See the annual meeting, and answer for your delegation"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def show_(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show the card of a meeting."""
        asker = Context.of(interaction).asker
        embed, view = await show(Context.of(interaction), await desk.meeting_typed(self.services, asker, meeting))
        await Context.of(interaction).answer(embed=embed, view=view)

    @app_commands.command(description=locale_str("See all annual meetings since the first"))
    async def history(self, interaction: discord.Interaction) -> None:
        """Show every meeting on record, the latest first."""
        embed, view = await history_page(Context.of(interaction), 0)
        await Context.of(interaction).answer(embed=embed, view=view)

    @app_commands.command(description=locale_str("See the sessions of a meeting, day by day"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def agenda(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show the agenda of a meeting."""
        asker = Context.of(interaction).asker
        found = await desk.meeting_typed(self.services, asker, meeting)
        embed, view = await agenda_page(Context.of(interaction), found, 0)
        await Context.of(interaction).answer(embed=embed, view=view)

    @show_.autocomplete("meeting")
    @agenda.autocomplete("meeting")
    async def _meeting(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await desk.complete_meeting(self.services, Context.of(interaction).asker, typed)

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
