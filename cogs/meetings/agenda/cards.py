"""The agenda, day by day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

import discord

from bot.labels import FORMATS, LEVELS
from bot.meeting_names import full_name
from bot.texts import Reader, escaped, t
from bot.ui import colours
from bot.ui.embed_limits import add_field
from cogs.meetings.cards import Viewer
from cogs.meetings.rules import day_of
from storage.meetings.models import Meeting, Session

_PAGE: Final = 3600
"""Characters of a page of an agenda: Discord allows 4,096, and a card 6,000 in all."""


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """Some of one day's sessions, as many as fit a card."""

    day: date
    text: str


def agenda_pages(meeting: Meeting, sessions: Sequence[Session], reader: Reader, viewer: Viewer) -> list[AgendaPage]:
    """Cut an agenda into pages, a day never sharing one with another."""
    pages: list[AgendaPage] = []
    for session in sessions:
        day = day_of(session, meeting)
        block = session_block(session, meeting, reader, viewer)
        if pages and pages[-1].day == day and len(pages[-1].text) + len(block) < _PAGE:
            pages[-1] = AgendaPage(day, f"{pages[-1].text}\n\n{block}")
        else:
            pages.append(AgendaPage(day, block))
    return pages


def agenda_card(meeting: Meeting, pages: Sequence[AgendaPage], number: int, reader: Reader) -> discord.Embed:
    """Show page ``number`` (from 0) of an agenda; without sessions, say so."""
    card = discord.Embed(title=escaped(full_name(meeting, reader))[:256], colour=colours.EVENT)
    if meeting.cancelled_at is not None:
        card.colour = colours.CANCELLED
        add_field(card, reader, t("Cancelled"), reader.say(t("This meeting does not take place.")))
    if not pages:
        card.description = reader.say(t("The agenda has no sessions yet."))
        return card
    page = pages[number]
    heading = reader.day(page.day, weekday=True)
    card.description = f"### {heading[:1].upper()}{heading[1:]}\n{page.text}"
    place = reader.place(meeting.timezone)
    footer = reader.label(t("Times are those of {place}; yours are in brackets.", place=place))
    if len(pages) > 1:
        count = reader.label(t("Page {number} of {count}", number=number + 1, count=len(pages)))
        footer = f"{footer} {count}"
    card.set_footer(text=footer)
    return card


def session_block(session: Session, meeting: Meeting, reader: Reader, viewer: Viewer) -> str:
    """Write a session: times, title, format and level, speakers, and for members its links."""
    lines = [
        f"**{session_times(session, meeting)}** (<t:{int(session.starts_at.timestamp())}:t>) · {kind(session, reader)}"
    ]
    lines.append(f"**{escaped(session.title)}**")
    if session.speakers:
        lines.append(escaped(session.speakers))
    if viewer.is_member:
        lines += [escaped(link) for link in session.links]
    return "\n".join(lines)


def session_line(session: Session, meeting: Meeting, reader: Reader) -> str:
    """Write a session on one line: its day, its times, its title."""
    return f"{reader.day(day_of(session, meeting))} {session_times(session, meeting)} · **{escaped(session.title)}**"


def session_times(session: Session, meeting: Meeting) -> str:
    """Write from when to when a session lasts, in the meeting's zone: "09:30–11:00"."""
    zone = ZoneInfo(meeting.timezone)
    return f"{session.starts_at.astimezone(zone):%H:%M}–{session.ends_at.astimezone(zone):%H:%M}"


def kind(session: Session, reader: Reader) -> str:
    """Name a session's format and, where it has one, its level."""
    said = reader.say(FORMATS[session.format])
    return f"{said} · {reader.say(LEVELS[session.level])}" if session.level is not None else said
