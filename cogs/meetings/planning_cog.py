import discord
from discord import app_commands
from discord.app_commands import Choice, Range, locale_str
from discord.ext import commands

from bot.occasions.fields import given, options
from bot.services import Services
from bot.timeparse import zone_choices
from bot.ui import Context
from cogs.meetings import desk
from cogs.meetings.fields import FIELDS, PLANNED
from cogs.meetings.forms import review
from cogs.meetings.planning import propose_cancel

_TEXTS = ("hosts", "theme")
"""Asked for in a form where planning leaves them out."""


class PlanningCommands(commands.Cog):
    """The part of ``/meeting`` that the secretariat plans with."""

    services: Services

    @app_commands.command(description=locale_str("Plan an annual meeting; you see the announcement before it goes out"))
    @app_commands.describe(**options(PLANNED))
    async def plan(
        self,
        interaction: discord.Interaction,
        starts_on: str,
        ends_on: str,
        city: Range[str, 1, 80],
        country: str | None = None,
        hosts: Range[str, 1, 600] | None = None,
        theme: Range[str, 1, 300] | None = None,
        timezone: str | None = None,
        register_by: str | None = None,
        reminders: str | None = None,
        number: Range[int, 1, 999] | None = None,
    ) -> None:
        """Plan a meeting. What was left out of its texts is asked for in a form."""
        typed = given(FIELDS, locals())
        left_out = [key for key in _TEXTS if key not in typed]
        if left_out and "register_by" not in typed:
            left_out.append("register_by")
        await review(Context.of(interaction), None, typed, left_out)

    @app_commands.command(description=locale_str("Change an annual meeting; you see the notice before it goes out"))
    @app_commands.describe(
        meeting=locale_str("Which one; the next if left out"),
        **options(FIELDS),
    )
    async def edit(
        self,
        interaction: discord.Interaction,
        meeting: str | None = None,
        starts_on: str | None = None,
        ends_on: str | None = None,
        city: Range[str, 1, 80] | None = None,
        country: str | None = None,
        hosts: Range[str, 1, 600] | None = None,
        theme: Range[str, 1, 300] | None = None,
        timezone: str | None = None,
        register_by: str | None = None,
        reminders: str | None = None,
        number: Range[int, 1, 999] | None = None,
        panelists: Range[int, 0, 9999] | None = None,
        observers: Range[int, 0, 9999] | None = None,
    ) -> None:
        """Change what is named; a dash empties what may be empty."""
        typed = given(FIELDS, locals())
        asker = Context.of(interaction).asker
        found = await desk.meeting_typed(self.services, asker, meeting)
        await review(Context.of(interaction), found, typed)

    @app_commands.command(description=locale_str("Cancel an annual meeting; you see the notice before it goes out"))
    @app_commands.describe(meeting=locale_str("Which one"), reason=locale_str("As it will be announced"))
    async def cancel(
        self, interaction: discord.Interaction, meeting: str, reason: Range[str, 1, 300] | None = None
    ) -> None:
        """Cancel a meeting that is ahead."""
        asker = Context.of(interaction).asker
        found = await desk.open_meeting(self.services, asker, meeting)
        await propose_cancel(Context.of(interaction), found, " ".join((reason or "").split()))

    @edit.autocomplete("meeting")
    @cancel.autocomplete("meeting")
    async def _meeting_to_change(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await desk.complete_meeting(self.services, Context.of(interaction).asker, typed)

    @plan.autocomplete("timezone")
    @edit.autocomplete("timezone")
    async def _zone(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        language = Context.of(interaction).reader.language
        found = zone_choices(typed, language, self.services.clock.now())
        return [Choice(name=label[:100], value=zone) for label, zone in found]
