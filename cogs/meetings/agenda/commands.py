"""``/meeting agenda``, and ``/meeting session``, which makes it."""

import discord
from discord import app_commands
from discord.app_commands import Range, locale_str
from discord.ext import commands

from bot import completion
from bot import labels as values
from bot.occasions.fields import given, options
from bot.search.choosing import choices
from bot.ui import Context
from cogs.meetings import queries
from cogs.meetings.agenda.buttons import agenda_page
from cogs.meetings.agenda.fields import FIELDS
from cogs.meetings.agenda.forms import review_session
from cogs.meetings.agenda.import_export import export_agenda, import_agenda
from cogs.meetings.agenda.proposals import propose_removal
from cogs.meetings.agenda.queries import session_typed
from cogs.meetings.completion import complete_session

_FORMATS = choices(values.FORMATS)
_LEVELS = choices(values.LEVELS)
_OPTIONS = {
    **options(FIELDS),
    "format": locale_str("Plenary if left out"),
    "level": locale_str("What level it is about"),
}


class AgendaCommands(commands.Cog):
    """See the agenda; for the secretariat, make it."""

    session = app_commands.Group(name="session", description=locale_str("Make the agenda of a meeting"))

    @app_commands.command(description=locale_str("See the sessions of a meeting, day by day"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def agenda(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Show the agenda of a meeting."""
        context = Context.of(interaction)
        embed, view = await agenda_page(context, await queries.meeting_typed(context, meeting), 0)
        await context.answer(embed=embed, view=view)

    @session.command(description=locale_str("Add a session to the agenda"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"), **_OPTIONS)
    @app_commands.choices(format=_FORMATS, level=_LEVELS)
    async def add(
        self,
        interaction: discord.Interaction,
        title: Range[str, 1, 200] | None = None,
        starts: str | None = None,
        length: str | None = None,
        format: str | None = None,  # noqa: A002 - the option's name
        level: str | None = None,
        speakers: Range[str, 1, 600] | None = None,
        links: Range[str, 1, 1000] | None = None,
        meeting: str | None = None,
    ) -> None:
        """Add a session; a form asks for what it cannot do without."""
        typed = given(_OPTIONS, locals())
        context = Context.of(interaction)
        await review_session(context, await queries.open_meeting(context, meeting), None, typed)

    @session.command(name="edit", description=locale_str("Change a session of the agenda"))
    @app_commands.describe(session=locale_str("Which one"), **_OPTIONS)
    @app_commands.choices(format=_FORMATS, level=_LEVELS)
    async def edit_session(
        self,
        interaction: discord.Interaction,
        session: str,
        title: Range[str, 1, 200] | None = None,
        starts: str | None = None,
        length: str | None = None,
        format: str | None = None,  # noqa: A002 - the option's name
        level: str | None = None,
        speakers: Range[str, 1, 600] | None = None,
        links: Range[str, 1, 1000] | None = None,
    ) -> None:
        """Change what is named; a dash empties what may be empty."""
        typed = given(_OPTIONS, locals())
        context = Context.of(interaction)
        meeting, found = await session_typed(context, session)
        await review_session(context, meeting, found, typed)

    @session.command(name="import", description=locale_str("Import sessions from a spreadsheet (CSV)"))
    @app_commands.describe(
        file=locale_str("The file that /meeting session export makes; known sessions are updated"),
        meeting=locale_str("Which one; the next if left out"),
    )
    async def import_(
        self, interaction: discord.Interaction, file: discord.Attachment, meeting: str | None = None
    ) -> None:
        """Show what a file brings, and write it after Confirm."""
        context = Context.of(interaction)
        await import_agenda(context, await queries.open_meeting(context, meeting), file)

    @session.command(description=locale_str("Export the agenda as a spreadsheet (CSV)"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"))
    async def export(self, interaction: discord.Interaction, meeting: str | None = None) -> None:
        """Answer with the agenda as a file."""
        context = Context.of(interaction)
        await export_agenda(context, await queries.meeting_typed(context, meeting))

    @session.command(description=locale_str("Remove a session from the agenda"))
    @app_commands.describe(session=locale_str("Which one"))
    async def remove(self, interaction: discord.Interaction, session: str) -> None:
        """Take a session out, after *Confirm*."""
        context = Context.of(interaction)
        meeting, found = await session_typed(context, session)
        await propose_removal(context, meeting, found)

    agenda.autocomplete("meeting")(completion.meeting)
    import_.autocomplete("meeting")(completion.meeting)
    export.autocomplete("meeting")(completion.meeting)
    add.autocomplete("meeting")(completion.meeting)
    edit_session.autocomplete("session")(complete_session)
    remove.autocomplete("session")(complete_session)
