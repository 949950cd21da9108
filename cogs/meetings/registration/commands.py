"""``/meeting register`` and ``/meeting registrations``."""

from typing import cast

import discord
from discord import app_commands
from discord.app_commands import Choice, Range, locale_str
from discord.ext import commands

from bot import completion
from bot.delegations import complete_delegation
from bot.search.choosing import choices
from bot.ui import Context
from cogs.meetings import queries, sentences
from cogs.meetings.registration.buttons import registrations_page
from cogs.meetings.registration.forms import LONGEST_REFERENCE, register
from storage.meetings.models import Attendance, Representative

_ATTENDANCES = choices(sentences.ATTENDANCE)
_REPRESENTATIVES = choices(sentences.REPRESENTATIVE)


async def _complete_delegation(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    context = Context.of(interaction)
    own = not context.asker.is_secretariat
    return await complete_delegation(context.services, context.asker, typed, own=own)


class RegistrationCommands(commands.Cog):
    """Answer for a delegation; for the secretariat, see who comes."""

    @app_commands.command(
        name="register", description=locale_str("Say whether your delegation attends, and who represents it")
    )
    @app_commands.describe(
        attendance=locale_str("Will the delegation attend?"),
        representative=locale_str("Who speaks for it: somebody from the capital or from the mission"),
        who=locale_str("Names and titles, as the delegation writes them"),
        meeting=locale_str("Which one; the next if left out"),
        delegation=locale_str("For the secretariat: whose answer came by note verbale"),
        reference=locale_str("For the secretariat: the reference of the note verbale or e-mail"),
    )
    @app_commands.choices(attendance=_ATTENDANCES, representative=_REPRESENTATIVES)
    async def register_(
        self,
        interaction: discord.Interaction,
        attendance: str,
        representative: str | None = None,
        who: Range[str, 1, 300] | None = None,
        meeting: str | None = None,
        delegation: str | None = None,
        reference: Range[str, 1, LONGEST_REFERENCE] | None = None,
    ) -> None:
        """Write a delegation's answer; any of its appointees may change it, the last one counts."""
        await register(
            Context.of(interaction),
            cast(Attendance, attendance),
            cast(Representative | None, representative),
            who,
            delegation,
            meeting,
            reference or "",
        )

    @app_commands.command(description=locale_str("See who comes, and from where; for the secretariat and the host"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def registrations(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show every delegation's answer."""
        context = Context.of(interaction)
        embed, view, file = await registrations_page(context, await queries.hosted_meeting(context, meeting), 0)
        await context.answer(embed=embed, view=view, files=[file])

    register_.autocomplete("meeting")(completion.meeting)
    register_.autocomplete("delegation")(_complete_delegation)
    registrations.autocomplete("meeting")(completion.meeting)
