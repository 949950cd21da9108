from typing import cast

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, locale_str
from discord.ext import commands

from bot.delegations import complete_delegation
from bot.services import Services
from bot.ui import Context
from cogs.meetings import desk, options
from cogs.meetings.forms import register
from cogs.meetings.registration_views import registrations_page, send_report
from cogs.meetings.reminders import reminders_page
from storage.meeting_models import Attendance, Representative


class RegistrationCommands(commands.Cog):
    """The part of ``/meeting`` that is about who comes."""

    services: Services

    @app_commands.command(name="register", description=locale_str("Answer for your delegation: who comes, or nobody"))
    @app_commands.describe(
        attendance=locale_str("Does the delegation come?"),
        representative=locale_str("Who speaks for it: somebody from the capital or from the mission"),
        who=locale_str("Names and titles, as the delegation writes them"),
        meeting=locale_str("Which one; the next if left out"),
        delegation=locale_str("For the secretariat: whose answer came by note verbale"),
    )
    @app_commands.choices(attendance=options.ATTENDANCES, representative=options.REPRESENTATIVES)
    async def register_(
        self,
        interaction: discord.Interaction,
        attendance: str,
        representative: str | None = None,
        who: Range[str, 1, 300] | None = None,
        meeting: str | None = None,
        delegation: str | None = None,
    ) -> None:
        """Write a delegation's answer; any of its appointees may change it, the last one counts."""
        await register(
            Context.of(interaction),
            cast(Attendance, attendance),
            cast(Representative | None, representative),
            who,
            delegation,
            meeting,
        )

    @app_commands.command(description=locale_str("See who comes, from where, and who has not answered"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def registrations(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show every delegation's answer."""
        asker = Context.of(interaction).asker
        found = await desk.meeting_typed(self.services, asker, meeting)
        embed, view, file = await registrations_page(Context.of(interaction), found, 0)
        await Context.of(interaction).answer(embed=embed, view=view, files=[file])

    @app_commands.command(description=locale_str("Count who took part, as text, file and chart"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def report(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Report the counts of a meeting."""
        asker = Context.of(interaction).asker
        await send_report(Context.of(interaction), await desk.meeting_typed(self.services, asker, meeting))

    @app_commands.command(description=locale_str("See which reminders of a meeting are owed, sent or missed"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def reminders(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show what the outbox holds for a meeting."""
        asker = Context.of(interaction).asker
        found = await desk.meeting_typed(self.services, asker, meeting)
        embed, view = await reminders_page(self.services, found, asker.reader)
        await Context.of(interaction).answer(embed=embed, view=view)

    @register_.autocomplete("meeting")
    @registrations.autocomplete("meeting")
    @report.autocomplete("meeting")
    @reminders.autocomplete("meeting")
    async def _meeting_of_registration(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await desk.complete_meeting(self.services, Context.of(interaction).asker, typed)

    @register_.autocomplete("delegation")
    async def _delegation(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        asker = Context.of(interaction).asker
        return await complete_delegation(self.services, asker, typed, own=not asker.is_secretariat)
