"""``/meeting plan``, ``edit`` and ``cancel``."""

import discord
from discord import app_commands
from discord.app_commands import Range, locale_str
from discord.ext import commands

from bot import completion
from bot.completion import time_zone
from bot.meeting_names import KINDS, MEETING_REGIONS
from bot.occasions.fields import given, options
from bot.search.choosing import choices
from bot.ui import Context
from cogs.meetings import queries
from cogs.meetings.planning.fields import CHANGEABLE, PLANNED
from cogs.meetings.planning.forms import review
from cogs.meetings.planning.proposals import propose_cancel

_PLANNED = options(PLANNED)
_CHANGEABLE = options(CHANGEABLE)
_KINDS = choices(KINDS)
_REGIONS = choices(MEETING_REGIONS)
_TEXTS = ("hosts", "theme")
"""Asked for in a form where planning leaves them out."""


class PlanningCommands(commands.Cog):
    """Plan, change and cancel a meeting."""

    @app_commands.command(description=locale_str("Plan a meeting; you see the announcement before it goes out"))
    @app_commands.describe(**_PLANNED)
    @app_commands.choices(kind=_KINDS, region=_REGIONS)
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
        kind: str | None = None,
        region: str | None = None,
        invited: Range[str, 1, 2000] | None = None,
    ) -> None:
        """Plan a meeting. What was left out of its texts is asked for in a form."""
        typed = given(_PLANNED, locals())
        left_out = [key for key in _TEXTS if key not in typed]
        if left_out and "register_by" not in typed:
            left_out.append("register_by")
        await review(Context.of(interaction), None, typed, left_out)

    @app_commands.command(description=locale_str("Change a meeting; you see the notice before it goes out"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"), **_CHANGEABLE)
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
        typed = given(_CHANGEABLE, locals())
        context = Context.of(interaction)
        await review(context, await queries.meeting_typed(context, meeting), typed)

    @app_commands.command(description=locale_str("Cancel a meeting; you see the notice before it goes out"))
    @app_commands.describe(meeting=locale_str("Which one"), reason=locale_str("As it will be announced"))
    async def cancel(
        self, interaction: discord.Interaction, meeting: str, reason: Range[str, 1, 300] | None = None
    ) -> None:
        """Cancel a meeting that is ahead."""
        context = Context.of(interaction)
        found = await queries.open_meeting(context, meeting)
        await propose_cancel(context, found, " ".join((reason or "").split()))

    edit.autocomplete("meeting")(completion.meeting)
    cancel.autocomplete("meeting")(completion.meeting)
    plan.autocomplete("timezone")(time_zone)
    edit.autocomplete("timezone")(time_zone)
