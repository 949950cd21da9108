"""What a meeting looks like: pure, a model in, a card out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import discord

from bot.meeting_names import full_name
from bot.texts import Markdown, Reader, escaped, nt, t
from bot.ui import colours
from bot.ui.embed_limits import add_field
from cogs.meetings import sentences
from cogs.meetings.rules import registration_closes
from cogs.meetings.sentences import Delegations, answer_line, with_who
from storage.meetings.models import Meeting, Registration
from storage.resources.models import Resource


@dataclass(frozen=True, slots=True)
class Viewer:
    """What a reader sees beside the public card: links, and the answer of their own delegation (None: no answer).

    ``is_member``: the reader speaks for a delegation that takes part, or belongs to the secretariat.
    """

    is_member: bool = False
    code: str | None = None
    registration: Registration | None = None


PUBLIC: Final = Viewer()
_LONGEST_FIELD: Final = 1024


def meeting_card(
    meeting: Meeting, delegations: Delegations, reader: Reader, now: datetime, viewer: Viewer = PUBLIC
) -> discord.Embed:
    """Show a meeting: when, where, who hosts, until when to register, and one's own answer."""
    card = discord.Embed(
        title=escaped(full_name(meeting, reader))[:256],
        description=f"*{escaped(meeting.theme)}*" if meeting.theme else None,
        colour=colours.PAST if meeting.is_recorded else colours.EVENT,
    )
    if meeting.cancelled_at is not None:
        card.colour = colours.CANCELLED
        reason = escaped(meeting.cancel_reason) if meeting.cancel_reason else reader.say(t("No reason was given."))
        add_field(card, reader, t("Cancelled"), reason)
    add_field(card, reader, t("When"), when(meeting, reader))
    add_field(card, reader, t("Where"), escaped(sentences.place(meeting, delegations, reader)))
    if meeting.hosts or meeting.partners:
        add_field(card, reader, t("Hosted by"), hosts(meeting, delegations, reader))
    if meeting.is_recorded:
        _record(card, meeting, reader)
    elif meeting.cancelled_at is None:
        _registration(card, meeting, delegations, reader, now, viewer)
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
        add_field(card, reader, t("In the library"), value)


def when(meeting: Meeting, reader: Reader) -> str:
    """Write the days with their weekdays, and whose zone they are days of; a year where the record tells no more."""
    if meeting.tells_year_only:
        return str(meeting.starts_on.year)
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


def _record(card: discord.Embed, meeting: Meeting, reader: Reader) -> None:
    countries = countries_line(meeting, reader)
    if countries:
        add_field(card, reader, t("Countries"), countries)
    if meeting.source:
        add_field(card, reader, t("Source"), meeting.source)


def countries_line(meeting: Meeting, reader: Reader) -> str:
    """Say how many countries took part, as the record tells it; empty where it does not."""
    if meeting.countries is not None:
        return reader.say(nt("{count} country", "{count} countries", meeting.countries))
    if meeting.countries_more_than is not None:
        count = meeting.countries_more_than
        return reader.say(nt("more than {count} country", "more than {count} countries", count))
    return ""


def _registration(
    card: discord.Embed, meeting: Meeting, delegations: Delegations, reader: Reader, now: datetime, viewer: Viewer
) -> None:
    closes = registration_closes(meeting)
    if closes > now:
        # The day beside the stamp: around the world a deadline at midnight falls on two of them.
        last = closes if meeting.register_by is not None else closes - timedelta(seconds=1)
        stamp = f"<t:{int(last.timestamp())}:F> ({reader.moment(last, meeting.timezone)})"
        seen = reader.say(t("The host's delegation can see who registers.")) if meeting.hosts else ""
        add_field(card, reader, t("Register by"), f"{stamp}\n{seen}".strip())
    else:
        add_field(card, reader, t("Registration"), reader.say(t("Closed: the secretariat still takes answers.")))
    if viewer.code is not None:
        line = answer_line(viewer.registration, reader)
        if viewer.registration is not None:
            line = with_who(line, viewer.registration)
        named = t("{name}: {value}", name=delegations.with_flag(viewer.code, reader.language), value=Markdown(line))
        add_field(card, reader, t("Your delegation"), reader.say(named))
