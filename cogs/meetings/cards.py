"""What a meeting looks like: pure, a model in, a card out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

import discord

from bot.texts import Markdown, Reader, Text, escaped, nt, t
from bot.values import FORMATS, LEVELS
from cogs.meetings import words
from cogs.meetings.countdown import registration_closes
from cogs.meetings.rules import day_of
from cogs.meetings.words import Delegations
from storage.meeting_models import Meeting, Registration, Session
from storage.resource_models import Resource

BLUE: Final = discord.Colour(0x009EDB)
GREY: Final = discord.Colour(0x7F8C8D)
RED: Final = discord.Colour(0xC0392B)
_PAGE: Final = 3600
"""Characters of a page of an agenda: Discord allows 4,096, and a card 6,000 in all."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader sees beside the public card: links, and the answer of their own delegation (None: no answer)."""

    is_member: bool = False
    code: str | None = None
    registration: Registration | None = None


PUBLIC: Final = Sight()
_LONGEST_FIELD: Final = 1024


def meeting_card(
    meeting: Meeting, delegations: Delegations, reader: Reader, now: datetime, sight: Sight = PUBLIC
) -> discord.Embed:
    """Show a meeting: when, where, who hosts, until when to register, and one's own answer."""
    card = discord.Embed(
        title=escaped(words.heading(meeting, reader))[:256],
        description=f"*{escaped(meeting.theme)}*" if meeting.theme else None,
        colour=GREY if meeting.is_recorded else BLUE,
    )
    if meeting.cancelled_at is not None:
        card.colour = RED
        reason = escaped(meeting.cancel_reason) if meeting.cancel_reason else reader.say(t("No reason was given."))
        _field(card, reader, t("Cancelled"), reason)
    _field(card, reader, t("When"), when(meeting, reader))
    _field(card, reader, t("Where"), escaped(words.place(meeting, delegations, reader)))
    if meeting.hosts or meeting.partners:
        _field(card, reader, t("Hosted by"), hosts(meeting, delegations, reader))
    if meeting.is_recorded:
        _record(card, meeting, reader)
    elif meeting.cancelled_at is None:
        _registration(card, meeting, delegations, reader, now, sight)
    return card


def add_documents(card: discord.Embed, documents: Sequence[Resource], reader: Reader) -> None:
    """Add what the shelf holds of the meeting, as links; nothing where it holds nothing."""
    value = ""
    for document in documents:
        line = f"[{escaped(document.title)}]({document.url})\n"
        if len(value) + len(line) > _LONGEST_FIELD:
            break
        value += line
    if value:
        _field(card, reader, t("On the shelf"), value)


def when(meeting: Meeting, reader: Reader) -> str:
    """Write the days with their weekdays, and whose zone they are days of."""
    first = reader.day(meeting.starts_on, weekday=True)
    last = reader.day(meeting.ends_on, weekday=True)
    said = first if meeting.starts_on == meeting.ends_on else reader.say(t("{first} to {last}", first=first, last=last))
    return said if meeting.is_recorded else f"{said} ({reader.place(meeting.timezone)})"


def hosts(meeting: Meeting, delegations: Delegations, reader: Reader) -> str:
    """Name the hosts in the order given, then the partners."""
    named = [escaped(delegations.with_flag(code, reader.language)) for code in meeting.hosts]
    partners = [escaped(partner) for partner in meeting.partners]
    if not named or not partners:
        return reader.listing(named or partners)
    return reader.say(
        t(
            "{hosts}, with {partners}",
            hosts=Markdown(reader.listing(named)),
            partners=Markdown(reader.listing(partners)),
        )
    )


def answer_line(registration: Registration | None, reader: Reader) -> str:
    """Write a delegation's answer: "In person, from the capital · Ms A"; not answered yet where there is none."""
    if registration is None:
        return reader.say(t("not answered yet"))
    said = reader.say(words.ATTENDANCE[registration.attendance])
    if registration.attends and registration.representative is not None:
        said = f"{said} · {reader.say(words.REPRESENTATIVE[registration.representative])}"
    if registration.source == "note_verbale":
        said = f"{said} · {reader.say(t('by note verbale'))}"
    return said


def with_who(line: str, registration: Registration) -> str:
    """Add who comes, in the delegation's own words, on one line; nobody where the delegation does not come."""
    if not registration.attends:
        return line
    comes = escaped(" ".join(registration.comes.split()))
    return f"{line} · {comes}" if comes else line


def _field(card: discord.Embed, reader: Reader, name: Text, value: str, *, inline: bool = False) -> None:
    card.add_field(name=reader.label(name), value=value[:1024], inline=inline)


def _record(card: discord.Embed, meeting: Meeting, reader: Reader) -> None:
    countries = countries_line(meeting, reader)
    if countries:
        _field(card, reader, t("Countries"), countries)
    if meeting.source:
        _field(card, reader, t("Source"), meeting.source)


def countries_line(meeting: Meeting, reader: Reader) -> str:
    """Say how many countries took part, as the record tells it; empty where it does not."""
    if meeting.countries is not None:
        return reader.say(nt("{count} country", "{count} countries", meeting.countries))
    if meeting.countries_more_than is not None:
        count = meeting.countries_more_than
        return reader.say(nt("more than {count} country", "more than {count} countries", count))
    return ""


def _registration(
    card: discord.Embed, meeting: Meeting, delegations: Delegations, reader: Reader, now: datetime, sight: Sight
) -> None:
    closes = registration_closes(meeting)
    if closes > now:
        # The day beside the stamp: around the world a deadline at midnight falls on two of them.
        last = closes if meeting.register_by is not None else closes - timedelta(seconds=1)
        stamp = f"<t:{int(last.timestamp())}:F> ({reader.moment(last, meeting.timezone)})"
        _field(card, reader, t("Register by"), stamp)
    else:
        _field(card, reader, t("Registration"), reader.say(t("Closed: the secretariat still takes answers.")))
    if sight.code is not None:
        line = answer_line(sight.registration, reader)
        if sight.registration is not None:
            line = with_who(line, sight.registration)
        named = t("{name}: {value}", name=delegations.with_flag(sight.code, reader.language), value=Markdown(line))
        _field(card, reader, t("Your delegation"), reader.say(named))


@dataclass(frozen=True, slots=True)
class AgendaPage:
    """Some of one day's sessions, as many as fit a card."""

    day: date
    text: str


def agenda_pages(meeting: Meeting, sessions: Sequence[Session], reader: Reader, sight: Sight) -> list[AgendaPage]:
    """Cut an agenda into pages, a day never sharing one with another."""
    pages: list[AgendaPage] = []
    for session in sessions:
        day = day_of(session, meeting)
        block = session_block(session, meeting, reader, sight)
        if pages and pages[-1].day == day and len(pages[-1].text) + len(block) < _PAGE:
            pages[-1] = AgendaPage(day, f"{pages[-1].text}\n\n{block}")
        else:
            pages.append(AgendaPage(day, block))
    return pages


def agenda_card(meeting: Meeting, pages: Sequence[AgendaPage], number: int, reader: Reader) -> discord.Embed:
    """Show page ``number`` (from 0) of an agenda; without sessions, say so."""
    name = f"{words.heading(meeting, reader)} · {words.city(meeting, reader)}"
    card = discord.Embed(title=escaped(name)[:256], colour=BLUE)
    if meeting.cancelled_at is not None:
        card.colour = RED
        _field(card, reader, t("Cancelled"), reader.say(t("This meeting does not take place.")))
    if not pages:
        card.description = reader.say(t("The agenda has no sessions yet."))
        return card
    page = pages[number]
    heading = reader.day(page.day, weekday=True)
    card.description = f"### {heading[:1].upper()}{heading[1:]}\n{page.text}"
    place = reader.place(meeting.timezone)
    footer = reader.label(t("Times are those of {place}, in brackets yours.", place=place))
    if len(pages) > 1:
        count = reader.label(t("Page {number} of {count}", number=number + 1, count=len(pages)))
        footer = f"{footer} {count}"
    card.set_footer(text=footer)
    return card


def session_block(session: Session, meeting: Meeting, reader: Reader, sight: Sight) -> str:
    """Write a session: times, title, format and level, speakers, and for members its links."""
    lines = [
        f"**{session_times(session, meeting)}** (<t:{int(session.starts_at.timestamp())}:t>) · {kind(session, reader)}"
    ]
    lines.append(f"**{escaped(session.title)}**")
    if session.speakers:
        lines.append(escaped(session.speakers))
    if sight.is_member:
        lines += [escaped(link) for link in session.links]
    return "\n".join(lines)


def session_times(session: Session, meeting: Meeting) -> str:
    """Write from when to when a session lasts, in the meeting's zone: "09:30–11:00"."""
    zone = ZoneInfo(meeting.timezone)
    return f"{session.starts_at.astimezone(zone):%H:%M}–{session.ends_at.astimezone(zone):%H:%M}"


def kind(session: Session, reader: Reader) -> str:
    """Name a session's format and, where it has one, its level."""
    said = reader.say(FORMATS[session.format])
    return f"{said} · {reader.say(LEVELS[session.level])}" if session.level is not None else said


def history_lines(meetings: Sequence[Meeting], delegations: Delegations, reader: Reader) -> list[str]:
    """Write each meeting in two lines: which, when and where; who hosted, how many came."""
    return [_history_line(meeting, delegations, reader) for meeting in meetings]


def _history_line(meeting: Meeting, delegations: Delegations, reader: Reader) -> str:
    first = [f"**{escaped(words.heading(meeting, reader))}**", words.days(meeting, reader)]
    first.append(escaped(words.place(meeting, delegations, reader)))
    second = [hosts(meeting, delegations, reader)] if meeting.hosts or meeting.partners else []
    countries = countries_line(meeting, reader)
    second += [countries] if countries else []
    second += [reader.say(t("cancelled"))] if meeting.cancelled_at is not None else []
    if meeting.source:
        second.append(f"[{reader.say(t('source'))}](<{meeting.source}>)")
    return " · ".join(first) + ("\n" + " · ".join(second) if second else "")


def no_record(numbers: Sequence[int], reader: Reader) -> str:
    """Say plainly of which meetings no record was found."""
    named = [words.ordinal(number, reader.language) for number in numbers]
    return reader.say(
        nt(
            "No record of the {named} annual meeting was found.",
            "No record of these annual meetings was found: {named}.",
            len(numbers),
            named=Markdown(reader.listing(named)),
        )
    )
