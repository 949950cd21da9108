"""What a meeting is called: its kind, whose it is, its place and its year.

Within a sentence a meeting is "the 12th annual meeting" or "the regional meeting for Europe 2027"; in a heading or in a
list it is named with its place: "Regional meeting for Europe, Ljubljana, 2027".
"""

from collections.abc import Mapping
from typing import Final

from bot.labels import REGIONS
from bot.names import city_name, city_names
from bot.texts import NameIn, Reader, Text, t
from storage.meetings.models import Meeting, MeetingKind, MeetingRegion

KINDS: Final[Mapping[MeetingKind, Text]] = {
    "annual": t("Annual meeting"),
    "regional": t("Regional meeting"),
    "preparatory": t("Preparatory meeting"),
}
"""To choose from."""
MEETING_REGIONS: Final[Mapping[MeetingRegion, Text]] = {
    **REGIONS,
    "europe": t("Europe"),
    "americas": t("The Americas"),
}
"""To choose from."""
_NAMES: Final[Mapping[tuple[MeetingKind, MeetingRegion | None], Text]] = {
    ("annual", None): t("annual meeting"),
    ("regional", None): t("regional meeting"),
    ("regional", "african"): t("regional meeting for Africa"),
    ("regional", "asia_pacific"): t("regional meeting for Asia and the Pacific"),
    ("regional", "eastern_european"): t("regional meeting for Eastern Europe"),
    ("regional", "latin_american_caribbean"): t("regional meeting for Latin America and the Caribbean"),
    ("regional", "western_european_and_others"): t("regional meeting for Western European and other States"),
    ("regional", "europe"): t("regional meeting for Europe"),
    ("regional", "americas"): t("regional meeting for the Americas"),
    ("preparatory", None): t("preparatory meeting"),
    ("preparatory", "african"): t("preparatory meeting for Africa"),
    ("preparatory", "asia_pacific"): t("preparatory meeting for Asia and the Pacific"),
    ("preparatory", "eastern_european"): t("preparatory meeting for Eastern Europe"),
    ("preparatory", "latin_american_caribbean"): t("preparatory meeting for Latin America and the Caribbean"),
    ("preparatory", "western_european_and_others"): t("preparatory meeting for Western European and other States"),
    ("preparatory", "europe"): t("preparatory meeting for Europe"),
    ("preparatory", "americas"): t("preparatory meeting for the Americas"),
}


def kind_name(meeting: Meeting) -> Text:
    """Name the kind and the region of a meeting within a sentence: "regional meeting for Europe"."""
    return _NAMES[meeting.series]


def title(meeting: Meeting, reader: Reader) -> str:
    """Name a meeting without its place within a sentence, as typed text: "12th annual meeting"."""
    if meeting.number is None:
        year = str(meeting.starts_on.year)
        if meeting.kind == "annual":
            return reader.label(t("annual meeting {year}", year=year))
        return reader.label(t("{meeting} {year}", meeting=kind_name(meeting), year=year))
    return _numbered(meeting, reader)


def heading(meeting: Meeting, reader: Reader) -> str:
    """Name a meeting without its place as a heading, as typed text: "Annual meeting 2026"."""
    return _capitalised(title(meeting, reader))


def full_name(meeting: Meeting, reader: Reader) -> str:
    """Name a meeting with its place and year, as typed text: "Regional meeting for Europe, Ljubljana, 2027"."""
    return f"{_without_year(meeting, reader)}, {city(meeting, reader)}, {meeting.starts_on.year}"


def choice_name(meeting: Meeting, reader: Reader) -> str:
    """Write a meeting as one line of a list to choose from."""
    name = f"{_without_year(meeting, reader)} · {city(meeting, reader)}, {days(meeting, reader)}"
    if meeting.cancelled_at is not None:
        name = reader.label(t("{meeting} (cancelled)", meeting=name))
    return name[:100]


def days(meeting: Meeting, reader: Reader) -> str:
    """Write a meeting's days: "12–13 May 2027"; only the year where the record tells no more."""
    if meeting.tells_year_only:
        return str(meeting.starts_on.year)
    return reader.days(meeting.starts_on, meeting.ends_on)


def in_any_language(meeting: Meeting) -> Text:
    """Name a meeting with its place and year, in whatever language it is read."""
    return t(
        "{meeting} in {city}, {year}",
        meeting=kind_name(meeting),
        city=NameIn(city_names(meeting.city, meeting.country)),
        year=str(meeting.starts_on.year),
    )


def city(meeting: Meeting, reader: Reader) -> str:
    """Return the city of a meeting in the reader's language where it is known in it, as typed text."""
    return city_name(meeting.city, meeting.country, reader.language)


def _without_year(meeting: Meeting, reader: Reader) -> str:
    return _capitalised(reader.label(kind_name(meeting)) if meeting.number is None else _numbered(meeting, reader))


def _numbered(meeting: Meeting, reader: Reader) -> str:
    ordinal = reader.ordinal(meeting.number or 0)
    if meeting.kind == "annual":
        return reader.label(t("{ordinal} annual meeting", ordinal=ordinal))
    return reader.label(t("{ordinal} {meeting}", ordinal=ordinal, meeting=kind_name(meeting)))


def _capitalised(name: str) -> str:
    return f"{name[:1].upper()}{name[1:]}"
