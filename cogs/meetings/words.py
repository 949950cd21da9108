"""What the values of this room are called, and how meetings and their days are named for one reader."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

from bot import names
from bot.languages import Language
from bot.naming import called, with_flag
from bot.texts import Reader, Text, t
from storage.meeting_models import Attendance, Meeting, Representative
from storage.models import Delegation

ATTENDANCE: Final[dict[Attendance, Text]] = {
    "in_person": t("In person"),
    "online": t("Online"),
    "not_attending": t("Not attending"),
}
REPRESENTATIVE: Final[dict[Representative, Text]] = {
    "capital": t("From the capital"),
    "mission": t("From the mission"),
}

_TEENS: Final = range(11, 14)


class Delegations:
    """What delegations are called, with or without a seat in the network, found by code."""

    def __init__(self, seated: Iterable[Delegation]) -> None:
        self._seated: Mapping[str, Delegation] = {delegation.code: delegation for delegation in seated}

    def of(self, code: str) -> Delegation:
        """Return the delegation; one without a seat (a host, a state on record) is made up of its code, id 0."""
        seated = self._seated.get(code)
        if seated is not None:
            return seated
        return Delegation(0, 0, code, names.kind_of(code) or "state")

    def called(self, code: str, language: Language) -> str:
        """Return the delegation's name, as typed text."""
        return called(self.of(code), language)

    def with_flag(self, code: str, language: Language) -> str:
        """Return the delegation's name with its flag, as typed text."""
        return with_flag(self.of(code), language)

    def in_order(self, codes: Iterable[str], language: Language) -> list[str]:
        """Return the codes in the alphabet of ``language``, organisations after states."""
        return sorted(codes, key=lambda code: names.order_key(code, self.called(code, language), language))


def ordinal(number: int, language: Language) -> str:
    """Write the number of a meeting (a feminine noun in French and Spanish): "12th", "12e", "12.ª"."""
    match language:
        case "fr":
            return "1re" if number == 1 else f"{number}e"
        case "es":
            return f"{number}.ª"
        case "en":
            endings = {1: "st", 2: "nd", 3: "rd"}
            return f"{number}{'th' if number % 100 in _TEENS else endings.get(number % 10, 'th')}"


def heading(meeting: Meeting, reader: Reader) -> str:
    """Name a meeting as a heading, as typed text."""
    name = title(meeting, reader)
    return f"{name[:1].upper()}{name[1:]}"


def title(meeting: Meeting, reader: Reader) -> str:
    """Name a meeting without its place within a sentence, as typed text: "12th annual meeting"."""
    if meeting.number is None:
        return reader.label(t("annual meeting {year}", year=str(meeting.starts_on.year)))
    return reader.label(t("{ordinal} annual meeting", ordinal=ordinal(meeting.number, reader.language)))


def days(meeting: Meeting, reader: Reader) -> str:
    """Write a meeting's days: "12–13 May 2027"."""
    return span(meeting.starts_on, meeting.ends_on, reader)


def span(first: date, last: date, reader: Reader) -> str:
    """Write the days from ``first`` to ``last``: "12–13 May 2027", "30 May 2027 – 2 June 2027"."""
    if first == last:
        return reader.day(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{'1er' if reader.language == 'fr' and first.day == 1 else first.day}–{reader.day(last)}"
    return f"{reader.day(first)} – {reader.day(last)}"


def city(meeting: Meeting, reader: Reader) -> str:
    """Return the city of a meeting in the reader's language where it is known in it, as typed text."""
    return names.city_name(meeting.city, meeting.country, reader.language)


def place(meeting: Meeting, delegations: Delegations, reader: Reader) -> str:
    """Write where a meeting is, as typed text: "Accra, Ghana"; a city named like its country stands alone."""
    where = city(meeting, reader)
    if meeting.country is None:
        return where
    country = delegations.called(meeting.country, reader.language)
    return where if country == where else f"{where}, {country}"


def choice_name(meeting: Meeting, reader: Reader) -> str:
    """Write a meeting as one line of a list to choose from."""
    name = f"{heading(meeting, reader)} · {city(meeting, reader)}, {days(meeting, reader)}"
    if meeting.cancelled_at is not None:
        name = reader.label(t("{meeting} (cancelled)", meeting=name))
    return name[:100]
