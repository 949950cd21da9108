import discord
from discord import app_commands
from discord.app_commands import Choice, Range, locale_str
from discord.ext import commands

from bot.services import Services
from bot.ui import Context
from cogs.meetings import desk, options
from cogs.meetings.agenda import propose_removal
from cogs.meetings.forms import review_session

_DESCRIPTIONS = {
    "title": locale_str("What it is about"),
    "starts": locale_str("Day and time in the meeting's own time, such as 2027-05-12 09:30"),
    "length": locale_str("Such as 1h 30"),
    "format": locale_str("Plenary if left out"),
    "level": locale_str("What level it is about"),
    "speakers": locale_str("Names and titles, as they are to be announced"),
    "links": locale_str("To join or to read, for members only"),
}


class SessionCommands(commands.Cog):
    """The part of ``/meeting`` that the secretariat makes the agenda with."""

    services: Services
    session = app_commands.Group(name="session", description=locale_str("Make the agenda of the annual meeting"))

    @session.command(description=locale_str("Add a session to the agenda"))
    @app_commands.describe(meeting=locale_str("Which one; the next if left out"), **_DESCRIPTIONS)
    @app_commands.choices(format=options.FORMATS, level=options.LEVELS)
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
        typed = _given(locals())
        context = Context.of(interaction)
        found = await desk.open_meeting(self.services, context.asker, meeting)
        await review_session(context, found, None, typed)

    @session.command(name="edit", description=locale_str("Change a session of the agenda"))
    @app_commands.describe(session=locale_str("Which one"), **_DESCRIPTIONS)
    @app_commands.choices(format=options.FORMATS, level=options.LEVELS)
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
        typed = _given(locals())
        context = Context.of(interaction)
        meeting, found = await desk.session_typed(self.services, context.asker, session)
        await review_session(context, meeting, found, typed)

    @session.command(description=locale_str("Take a session out of the agenda"))
    @app_commands.describe(session=locale_str("Which one"))
    async def remove(self, interaction: discord.Interaction, session: str) -> None:
        """Take a session out, after *Confirm*."""
        context = Context.of(interaction)
        meeting, found = await desk.session_typed(self.services, context.asker, session)
        await propose_removal(context, meeting, found)

    @add.autocomplete("meeting")
    async def _meeting_of_session(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await desk.complete_meeting(self.services, Context.of(interaction).asker, typed)

    @edit_session.autocomplete("session")
    @remove.autocomplete("session")
    async def _session(self, interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
        return await desk.complete_session(self.services, Context.of(interaction).asker, typed)


def _given(options_: dict[str, object]) -> dict[str, str]:
    """Return the typed options by name, those left out left out."""
    return {name: str(options_[name]) for name in _DESCRIPTIONS if options_.get(name) is not None}
