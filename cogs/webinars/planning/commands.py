"""``/webinar schedule``, ``edit`` and ``cancel``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.completion import time_zone
from bot.occasions.fields import given, options
from bot.ui import Context
from cogs.webinars import completion, queries
from cogs.webinars.planning import forms
from cogs.webinars.planning.fields import FIELDS
from cogs.webinars.planning.proposals import propose_cancel

_OPTIONS = options(FIELDS)


class PlanningCommands(commands.Cog):
    """Announce, change and cancel a webinar."""

    @app_commands.command(description=locale_str("Announce a webinar; without options, a form opens"))
    @app_commands.describe(**_OPTIONS)
    async def schedule(
        self,
        interaction: discord.Interaction,
        title: str | None = None,
        starts: str | None = None,
        duration: str | None = None,
        timezone: str | None = None,
        link: str | None = None,
        description: str | None = None,
        speakers: str | None = None,
        languages: str | None = None,
        reminders: str | None = None,
    ) -> None:
        """Show the announcement before it goes out."""
        typed = given(_OPTIONS, locals())
        await forms.schedule(Context.of(interaction), typed)

    @app_commands.command(description=locale_str("Change a webinar; without options, a form opens"))
    @app_commands.describe(webinar=completion.WEBINAR, **_OPTIONS)
    async def edit(
        self,
        interaction: discord.Interaction,
        webinar: str,
        title: str | None = None,
        starts: str | None = None,
        duration: str | None = None,
        timezone: str | None = None,
        link: str | None = None,
        description: str | None = None,
        speakers: str | None = None,
        languages: str | None = None,
        reminders: str | None = None,
    ) -> None:
        """Show what changes before it does."""
        typed = given(_OPTIONS, locals())
        context = Context.of(interaction)
        await forms.edit(context, await queries.webinar_typed(context, webinar), typed)

    @app_commands.command(description=locale_str("Cancel a webinar and inform those attending"))
    @app_commands.describe(webinar=completion.WEBINAR, reason=locale_str("Why, for everybody to read"))
    async def cancel(self, interaction: discord.Interaction, webinar: str, reason: str | None = None) -> None:
        """Show what is said before it is cancelled."""
        context = Context.of(interaction)
        await propose_cancel(context, await queries.webinar_typed(context, webinar), reason or "")

    edit.autocomplete("webinar")(completion.complete_ahead)
    cancel.autocomplete("webinar")(completion.complete_ahead)
    schedule.autocomplete("timezone")(time_zone)
    edit.autocomplete("timezone")(time_zone)
