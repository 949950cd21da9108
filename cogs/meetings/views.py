"""What is shown of a meeting, with its buttons, which keep their state in their ``custom_id``."""

from datetime import datetime
from io import BytesIO
from typing import Any, Final, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.commands import Command
from bot.errors import NotFoundError
from bot.records import recorded_meetings
from bot.services import Services
from bot.texts import Reader, nt, t
from bot.ui import (
    Context,
    PageButton,
    PersistentButton,
    page_buttons,
    page_of,
    stored_view,
)
from bot.ui.pages import page_label
from cogs.meetings import answering, cards, countdown, desk, words
from cogs.meetings.entries import calendar_of
from cogs.meetings.events import EventKeeper
from cogs.meetings.rules import missing_numbers
from storage.meeting_models import Attendance, Meeting

PAGE: Final = 8
"""Meetings on a page of the history."""
_STYLES: Final[dict[Attendance, discord.ButtonStyle]] = {
    "in_person": discord.ButtonStyle.primary,
    "online": discord.ButtonStyle.primary,
    "not_attending": discord.ButtonStyle.secondary,
}


async def meeting_of(services: Services, asker: Asker, meeting_id: int) -> Meeting:
    """Return the meeting that a button is about. Raises NotFoundError."""
    meeting = await services.meetings.get(asker.guild_id, meeting_id)
    if meeting is None:
        raise NotFoundError(
            t("That meeting is gone: see the others with {command}.", command=Command("meeting history"))
        )
    return meeting


class AnswerButton(PersistentButton, custom_id="meeting:{attendance}:{guild_id}:{meeting_id}"):
    """*In person*, *Online* and *Not attending*: a delegate's answer in one press."""

    attendance: Attendance
    guild_id: int
    meeting_id: int

    async def on_press(self, context: Context) -> None:
        """Write the answer of the delegation that the presser speaks for."""
        services = context.services
        meeting = await meeting_of(context.services, context.asker, self.meeting_id)
        prepared = await answering.prepare(services, context.asker, meeting, None)
        comes = prepared.before.comes if prepared.before is not None else ""
        whence = answering.likely_representative(context.asker, prepared)
        said = await answering.write(services, context.asker, prepared, self.attendance, whence, comes)
        more = t("To say who comes and from where, use {command}.", command=Command("meeting register"))
        text = f"{said} {context.say(more)}" if self.attendance != "not_attending" else said
        message = context.interaction.message
        if message is not None and message.flags.ephemeral:
            embed, view = await show(context, meeting)
            await context.replace(text, embed=embed, view=view)
        else:
            await context.answer(text)


class CalendarButton(PersistentButton, custom_id="meeting:ics:{guild_id}:{meeting_id}"):
    """*Add to calendar*: the meeting and its sessions as a file; links for members only."""

    guild_id: int
    meeting_id: int

    async def on_press(self, context: Context) -> None:
        """Attach the file."""
        services = context.services
        meeting = await meeting_of(context.services, context.asker, self.meeting_id)
        told = await desk.told_of(services, meeting)
        sessions = await services.sessions.of_meeting(context.guild_id, meeting.id, with_removed=True)
        sight = await desk.sight_of(services, context.asker, meeting)
        content = calendar_of(meeting, sessions, told, context.reader, with_links=sight.is_member)
        file = discord.File(BytesIO(content), filename=f"meeting-{meeting.starts_on.isoformat()}.ics")
        text = t("Open the file on your phone or computer to add the meeting and its sessions to your calendar.")
        await context.answer(text, files=[file])


class AgendaPages(PageButton, custom_id="meeting:agenda{way}:{meeting_id}:{page}"):
    """*Agenda*, and *Previous* and *Next* below it."""

    meeting_id: int

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await agenda_page(context, await meeting_of(context.services, context.asker, self.meeting_id), self.page)

    async def on_press(self, context: Context) -> None:
        """Open the agenda below, or turn its page."""
        embed, view = await self.shown(context)
        await (context.answer if self.way == "=" else context.replace)(embed=embed, view=view)


async def agenda_page(context: Context, meeting: Meeting, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of a meeting's agenda with its buttons."""
    reader = context.reader
    sessions = await context.services.sessions.of_meeting(context.guild_id, meeting.id)
    sight = await desk.sight_of(context.services, context.asker, meeting)
    pages = cards.agenda_pages(meeting, sessions, reader, sight)
    page = page_of(pages, number, 1)
    turners = page_buttons(page, reader, lambda way, to: AgendaPages(way, to, meeting.id))
    items = [*turners, calendar_button(meeting, reader)]
    return cards.agenda_card(meeting, pages, page.number, reader), stored_view(items)


def calendar_button(meeting: Meeting, reader: Reader) -> CalendarButton:
    """Return *Add to calendar*."""
    return CalendarButton(meeting.guild_id, meeting.id).labelled(reader.label(t("Add to calendar")))


def public_buttons(meeting: Meeting, now: datetime, reader: Reader) -> list[ui.Item[Any]]:
    """Return the buttons under a message about a meeting: answers while delegations register, and the calendar.

    A meeting that is only proposed (id 0) has none.
    """
    items: list[ui.Item[Any]] = []
    if not meeting.id:
        return items
    if meeting.cancelled_at is None and not meeting.is_recorded and countdown.registration_closes(meeting) > now:
        items += [
            AnswerButton(value, meeting.guild_id, meeting.id).labelled(reader.label(name), _STYLES[value])
            for value, name in words.ATTENDANCE.items()
        ]
    return [*items, calendar_button(meeting, reader)]


async def show(context: Context, meeting: Meeting) -> tuple[discord.Embed, ui.View]:
    """Return the card of a meeting for whoever asks, with what they can do next."""
    reader, now = context.reader, context.services.clock.now()
    sight = await desk.sight_of(context.services, context.asker, meeting)
    delegations = await desk.delegations_of(context.services, context.guild_id)
    items = public_buttons(meeting, now, reader)
    if sight.code is None:
        items = items[-1:]
    if await context.services.sessions.of_meeting(context.guild_id, meeting.id):
        items.append(AgendaPages("=", 0, meeting.id).labelled(reader.label(t("Agenda"))))
    card = cards.meeting_card(meeting, delegations, reader, now, sight)
    scope = await context.services.shelf.scope(context.guild_id, for_members=context.asker.may(Level.MEMBERS))
    cards.add_documents(card, await context.services.shelf.of_meeting(scope, meeting), reader)
    return card, stored_view(items)


class HistoryPages(PageButton, custom_id="meeting:history{way}:{page}"):
    """*Previous* and *Next* below the history."""

    async def shown(self, context: Context) -> tuple[discord.Embed, ui.View | None]:
        """Return the page."""
        return await history_page(context, self.page)


async def history_page(context: Context, number: int) -> tuple[discord.Embed, ui.View | None]:
    """Return a page of the network's meetings, the latest first, with its buttons."""
    reader = context.reader
    meetings = await context.services.meetings.all(context.guild_id)
    delegations = await desk.delegations_of(context.services, context.guild_id)
    page = page_of(meetings, number, PAGE)
    embed = discord.Embed(title=reader.label(t("Annual meetings")), colour=cards.BLUE)
    lines = cards.history_lines(page.items, delegations, reader)
    missing = missing_numbers(meetings)
    if missing and page.number == page.count - 1:
        lines.append(cards.no_record(missing, reader))
    embed.description = "\n\n".join(lines) or reader.say(t("No annual meeting is on record here yet."))
    embed.set_footer(text=page_label(page, reader))
    items = page_buttons(page, reader, HistoryPages)
    if context.asker.is_secretariat and not any(meeting.is_recorded for meeting in meetings):
        items.append(RecordButton().labelled(reader.label(t("Add the recorded meetings of 2011–2025"))))
    return embed, stored_view(items) if items else None


class RecordButton(PersistentButton, custom_id="meeting:record"):
    """Adds the meetings on record to a network that has none of them."""

    async def on_press(self, context: Context) -> None:
        """Add those whose number is still free, and show the history."""
        services = context.services
        async with context.write() as tx:
            added = await services.meetings.add_recorded(tx, context.guild_id, recorded_meetings())
        embed, view = await history_page(context, 0)
        said = context.say(nt("{count} meeting was added.", "{count} meetings were added.", added))
        await context.replace(said, embed=embed, view=view)


class EventButton(PersistentButton, custom_id="meeting:event:{meeting_id}"):
    """*Try again*: makes or mends Discord's event of a meeting."""

    meeting_id: int

    @classmethod
    def of(cls, meeting: Meeting, reader: Reader) -> Self:
        """Offer to make the event (again)."""
        return cls(meeting.id).labelled(reader.label(t("Make the event again")))

    async def on_press(self, context: Context) -> None:
        """Bring the event in step with the record, and say whether that worked."""
        services = context.services
        meeting = await meeting_of(context.services, context.asker, self.meeting_id)
        await context.interaction.response.defer(ephemeral=True, thinking=True)
        problem = await EventKeeper(services).keep(context.guild, meeting, wanted_again=True)
        said = context.say(problem or t("Discord's event says what the record says."))
        view = stored_view([EventButton.of(meeting, context.reader)]) if problem is not None else None
        await context.answer(said, view=view)


async def keep_event(context: Context, meeting_id: int) -> None:
    """Bring Discord's event in step after a change, and tell whoever changed it when that failed."""
    meeting = await meeting_of(context.services, context.asker, meeting_id)
    problem = await EventKeeper(context.services).keep(context.guild, meeting)
    if problem is not None:
        await context.answer(problem, view=stored_view([EventButton.of(meeting, context.reader)]))
