"""What is typed about a session, read into the fields of its record."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from discord.app_commands import locale_str

from bot.errors import UserError
from bot.occasions.fields import EMPTY, OccasionField
from bot.texts import Reader, t
from bot.timeparse import parse_duration, parse_instant
from storage.meetings.models import Meeting, MeetingValue

SHORTEST: Final = timedelta(minutes=5)
LONGEST: Final = timedelta(hours=12)
MOST_LINKS: Final = 5
_LINK: Final = 400
_SCHEMES: Final = ("https://", "http://")

FIELDS: Final = (
    OccasionField("title", locale_str("What it is about"), t("Title"), required=True, max_length=200),
    OccasionField(
        "starts",
        locale_str("Day and time in the meeting's own time, such as 2027-05-12 09:30"),
        t("Start, in the meeting's own time"),
        t("Such as 2027-05-12 09:30"),
        required=True,
        max_length=100,
    ),
    OccasionField("length", locale_str("Such as 1h 30"), t("Length"), t("Such as 1h 30"), required=True, max_length=40),
    OccasionField(
        "speakers",
        locale_str("Names and titles, as they are to be announced"),
        t("Speakers"),
        long=True,
        max_length=600,
    ),
    OccasionField(
        "links",
        locale_str("To join or to read, for members only"),
        t("Links for members, one a line"),
        long=True,
        max_length=1000,
    ),
)
NEEDED: Final = frozenset(field.option for field in FIELDS if field.required)


def session_fields(
    values: Mapping[str, str], meeting: Meeting, now: datetime, reader: Reader
) -> dict[str, MeetingValue]:
    """Read what was typed of a session into the fields to write. ``-`` empties one. Raises UserError."""
    given = {key: value.strip() for key, value in values.items() if value.strip()}
    fields: dict[str, MeetingValue] = {}
    if "title" in given:
        fields["title"] = " ".join(given["title"].split())
    if "starts" in given:
        # Spreadsheets write 2027-05-01 anew as 01/05/2027 or 5/1/2027: the meeting's own days say which day that is.
        own_days = (meeting.starts_on, meeting.ends_on)
        starts = parse_instant(given["starts"], meeting.timezone, now=now, language=reader.language, among=own_days)
        fields["starts_at"] = starts.astimezone(UTC)
    if "length" in given:
        length = parse_duration(given["length"], least=SHORTEST, most=LONGEST)
        fields["minutes"] = int(length.total_seconds()) // 60
    if "speakers" in given:
        fields["speakers"] = "" if given["speakers"] == EMPTY else given["speakers"]
    if "links" in given:
        fields["links"] = () if given["links"] == EMPTY else _links(given["links"])
    for key in ("format", "level"):
        if key in given:
            fields[key] = None if given[key] == EMPTY else given[key]
    return fields


def _links(typed: str) -> tuple[str, ...]:
    links = tuple(dict.fromkeys(typed.split()))
    if len(links) > MOST_LINKS:
        raise UserError(t("A session takes {count} links at most: add the others to the library.", count=MOST_LINKS))
    for link in links:
        if not link.startswith(_SCHEMES) or len(link) > _LINK:
            raise UserError(t("“{link}” is not a link: a link begins with https:// and has no spaces.", link=link[:80]))
    return links
