"""What is shown of a meeting, with its buttons, which keep their state in their ``custom_id``."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final, Self, cast

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import NotFoundError
from bot.records import recorded_meetings
from bot.services import Services
from bot.texts import Markdown, Reader, nt, t
from bot.ui import StoredButton, answer, host_of, page_of, replace, stored_view, turning
from bot.ui.pages import page_label
from cogs.meetings import answering, cards, countdown, desk, words
from cogs.meetings.entries import calendar_of
from cogs.meetings.events import EventKeeper
from cogs.meetings.rules import missing_numbers
from storage.meeting_models import Attendance, Meeting

PAGE: Final = 8
"""Meetings on a page of the history."""


async def meeting_of(services: Services, asker: Asker, meeting_id: int) -> Meeting:
    """Return the meeting that a button is about. Raises NotFoundError."""
    meeting = await services.meetings.get(asker.guild_id, meeting_id)
    if meeting is None:
        raise NotFoundError(t("That meeting is gone: see the others with {command}.", command="/meeting history"))
    return meeting


class AnswerButton(
    StoredButton,
    template=r"meeting:(?P<attendance>in_person|online|not_attending):(?P<guild>\d+):(?P<meeting>\d+)",
):
    """*In person*, *Online* and *Not attending*: a delegate's answer in one press."""

    level = Level.DELEGATES

    def __init__(self, attendance: Attendance, guild: int, meeting: int, label: str = "") -> None:
        style = discord.ButtonStyle.secondary if attendance == "not_attending" else discord.ButtonStyle.primary
        custom_id = f"meeting:{attendance}:{guild}:{meeting}"
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label, style=style))
        self.attendance: Attendance = attendance
        self.guild = guild
        self.meeting = meeting

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(cast(Attendance, state["attendance"]), int(state["guild"]), int(state["meeting"]))

    def guild_id(self) -> int | None:
        """Return the network whose meeting it is."""
        return self.guild

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Write the answer of the delegation that the presser speaks for."""
        services = host_of(interaction).services
        meeting = await meeting_of(services, asker, self.meeting)
        prepared = await answering.prepare(services, asker, meeting, None)
        comes = prepared.before.comes if prepared.before is not None else ""
        whence = answering.likely_representative(asker, prepared)
        said = await answering.write(services, asker, prepared, self.attendance, whence, comes)
        more = t("To say who comes and from where, use {command}.", command=Markdown("`/meeting register`"))
        await answer(interaction, f"{said} {asker.reader.say(more)}" if self.attendance != "not_attending" else said)


class CalendarButton(StoredButton, template=r"meeting:ics:(?P<guild>\d+):(?P<meeting>\d+)"):
    """*Add to calendar*: the meeting and its sessions as a file; links for members only."""

    level = Level.EVERYBODY

    def __init__(self, guild: int, meeting: int, label: str = "") -> None:
        super().__init__(ui.Button[Any](custom_id=f"meeting:ics:{guild}:{meeting}", label=label))
        self.guild = guild
        self.meeting = meeting

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["guild"]), int(state["meeting"]))

    def guild_id(self) -> int | None:
        """Return the network whose meeting it is."""
        return self.guild

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Attach the file."""
        services = host_of(interaction).services
        meeting = await meeting_of(services, asker, self.meeting)
        told = await desk.told_of(services, meeting)
        sessions = await services.sessions.of_meeting(asker.guild_id, meeting.id, with_removed=True)
        sight = await desk.sight_of(services, asker, meeting)
        content = calendar_of(meeting, sessions, told, asker.reader, with_links=sight.is_member)
        file = discord.File(BytesIO(content), filename=f"meeting-{meeting.starts_on.isoformat()}.ics")
        text = t("Open the file on your phone or computer to add the meeting and its sessions to your calendar.")
        await answer(interaction, asker.reader.say(text), files=[file])


class AgendaButton(StoredButton, template=r"meeting:agenda(?P<way>[<>=]):(?P<meeting>\d+):(?P<page>\d+)"):
    """*Agenda*, and *Previous* and *Next* below it."""

    level = Level.EVERYBODY

    def __init__(self, way: str, meeting: int, page: int, label: str = "", *, disabled: bool = False) -> None:
        custom_id = f"meeting:agenda{way}:{meeting}:{page}"
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label, disabled=disabled))
        self.way = way
        self.meeting = meeting
        self.page = page

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["way"], int(state["meeting"]), int(state["page"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Open the agenda below, or turn its page."""
        services = host_of(interaction).services
        meeting = await meeting_of(services, asker, self.meeting)
        embed, view = await agenda_page(services, asker, meeting, self.page)
        if self.way == "=":
            await answer(interaction, embed=embed, view=view)
        else:
            await replace(interaction, embed=embed, view=view)


async def agenda_page(
    services: Services, asker: Asker, meeting: Meeting, number: int
) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of a meeting's agenda with its buttons."""
    reader = asker.reader
    sessions = await services.sessions.of_meeting(asker.guild_id, meeting.id)
    sight = await desk.sight_of(services, asker, meeting)
    pages = cards.agenda_pages(meeting, sessions, reader, sight)
    page = page_of(pages, number, 1)

    def button(way: str, to: int, label: str, *, disabled: bool) -> ui.Item[Any]:
        return AgendaButton(way, meeting.id, to, label, disabled=disabled)

    items = [*turning(page, reader, button), calendar_button(meeting, reader)]
    return cards.agenda_card(meeting, pages, page.number, reader), stored_view(items)


def calendar_button(meeting: Meeting, reader: Reader) -> CalendarButton:
    """Return *Add to calendar*."""
    return CalendarButton(meeting.guild_id, meeting.id, reader.label(t("Add to calendar")))


def public_buttons(meeting: Meeting, now: datetime, reader: Reader) -> list[ui.Item[Any]]:
    """Return the buttons under a message about a meeting: answers while delegations register, and the calendar.

    A meeting that is only proposed (id 0) has none.
    """
    items: list[ui.Item[Any]] = []
    if not meeting.id:
        return items
    if meeting.cancelled_at is None and not meeting.is_recorded and countdown.registration_closes(meeting) > now:
        items += [
            AnswerButton(value, meeting.guild_id, meeting.id, reader.label(name))
            for value, name in words.ATTENDANCE.items()
        ]
    return [*items, calendar_button(meeting, reader)]


async def show(services: Services, asker: Asker, meeting: Meeting) -> tuple[discord.Embed, ui.View]:
    """Return the card of a meeting for whoever asks, with what they can do next."""
    reader, now = asker.reader, services.clock.now()
    sight = await desk.sight_of(services, asker, meeting)
    delegations = await desk.delegations_of(services, asker.guild_id)
    items = public_buttons(meeting, now, reader)
    if sight.code is None:
        items = items[-1:]
    if await services.sessions.of_meeting(asker.guild_id, meeting.id):
        items.append(AgendaButton("=", meeting.id, 0, reader.label(t("Agenda"))))
    card = cards.meeting_card(meeting, delegations, reader, now, sight)
    scope = await services.shelf.scope(asker.guild_id, for_members=asker.may(Level.MEMBERS))
    cards.add_documents(card, await services.shelf.of_meeting(scope, meeting), reader)
    return card, stored_view(items)


class HistoryButton(StoredButton, template=r"meeting:history(?P<way>[<>]):(?P<page>\d+)"):
    """*Previous* and *Next* below the history."""

    level = Level.EVERYBODY

    def __init__(self, way: str, page: int, label: str = "", *, disabled: bool = False) -> None:
        super().__init__(ui.Button[Any](custom_id=f"meeting:history{way}:{page}", label=label, disabled=disabled))
        self.page = page

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["way"], int(state["page"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Turn the page."""
        embed, view = await history_page(host_of(interaction).services, asker, self.page)
        await replace(interaction, embed=embed, view=view)


async def history_page(services: Services, asker: Asker, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the network's meetings, the latest first, with its buttons."""
    reader = asker.reader
    meetings = await services.meetings.all(asker.guild_id)
    delegations = await desk.delegations_of(services, asker.guild_id)
    page = page_of(meetings, number, PAGE)
    embed = discord.Embed(title=reader.label(t("Annual meetings")), colour=cards.BLUE)
    lines = cards.history_lines(page.items, delegations, reader)
    missing = missing_numbers(meetings)
    if missing and page.number == page.count - 1:
        lines.append(cards.no_record(missing, reader))
    embed.description = "\n\n".join(lines) or reader.say(t("No annual meeting is on record here yet."))
    embed.set_footer(text=page_label(page, reader))

    def button(way: str, to: int, label: str, *, disabled: bool) -> ui.Item[Any]:
        return HistoryButton(way, to, label, disabled=disabled)

    items = turning(page, reader, button)
    if asker.is_secretariat and not any(meeting.is_recorded for meeting in meetings):
        items.append(RecordButton(reader.label(t("Add the recorded meetings of 2011–2025"))))
    return embed, stored_view(items) if items else None


class RecordButton(StoredButton, template=r"meeting:record"):
    """Adds the meetings on record to a network that has none of them."""

    level = Level.SECRETARIAT

    def __init__(self, label: str = "") -> None:
        super().__init__(ui.Button[Any](custom_id="meeting:record", label=label))

    @classmethod
    def restored(cls, **_: str) -> Self:
        """Make the button again."""
        return cls()

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Add those whose number is still free, and show the history."""
        services = host_of(interaction).services
        async with services.transaction(asker.account_id) as tx:
            added = await services.meetings.add_recorded(tx, asker.guild_id, recorded_meetings())
        embed, view = await history_page(services, asker, 0)
        said = asker.reader.say(nt("{count} meeting was added.", "{count} meetings were added.", added))
        await replace(interaction, said, embed=embed, view=view)


class EventButton(StoredButton, template=r"meeting:event:(?P<meeting>\d+)"):
    """*Try again*: makes or mends Discord's event of a meeting."""

    level = Level.SECRETARIAT

    def __init__(self, meeting: int, label: str = "") -> None:
        super().__init__(ui.Button[Any](custom_id=f"meeting:event:{meeting}", label=label))
        self.meeting = meeting

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["meeting"]))

    @classmethod
    def of(cls, meeting: Meeting, reader: Reader) -> Self:
        """Offer to make the event (again)."""
        return cls(meeting.id, reader.label(t("Make the event again")))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Bring the event in step with the record, and say whether that worked."""
        services = host_of(interaction).services
        meeting = await meeting_of(services, asker, self.meeting)
        await interaction.response.defer(ephemeral=True, thinking=True)
        problem = await EventKeeper(services).keep(_guild(interaction), meeting, wanted_again=True)
        said = asker.reader.say(problem or t("Discord's event says what the record says."))
        view = stored_view([EventButton.of(meeting, asker.reader)]) if problem is not None else None
        await answer(interaction, said, view=view)


async def keep_event(interaction: discord.Interaction, asker: Asker, meeting_id: int) -> None:
    """Bring Discord's event in step after a change, and tell whoever changed it when that failed."""
    services = host_of(interaction).services
    meeting = await meeting_of(services, asker, meeting_id)
    problem = await EventKeeper(services).keep(_guild(interaction), meeting)
    if problem is not None:
        view = stored_view([EventButton.of(meeting, asker.reader)])
        await answer(interaction, asker.reader.say(problem), view=view)


def _guild(interaction: discord.Interaction) -> discord.Guild:
    assert interaction.guild is not None, "the command is for servers only"  # noqa: S101 - narrows the type
    return interaction.guild


STORED: Final[Sequence[type[StoredButton]]] = (
    AnswerButton,
    CalendarButton,
    AgendaButton,
    HistoryButton,
    RecordButton,
    EventButton,
)
