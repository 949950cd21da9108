"""Days as spreadsheets write them. No role of its own: a part of the fields.

They are read where only one day can be meant, else refused with what was made of them.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from bot.csvfiles import shortened
from bot.errors import UserError
from bot.languages import LANGUAGES
from bot.texts import Text, t
from bot.timeparse import parse_day

FIRST_YEAR, LAST_YEAR = 1945, 2199

_YEAR_FIRST: Final = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]00:00(?::00(?:\.0+)?)?)?")
_YEAR_LAST: Final = re.compile(r"(\d{1,2})([/.\- ])(\d{1,2})\2(\d{4})(?: 00:00(?::00)?)?")
_SHORT_YEAR: Final = re.compile(r"\d{1,2}([/.\- ])(?:\d{1,2}|[^\W\d_]+\.?)\1'?\d{2}")
_YEAR_IN_WORDS: Final = re.compile(r"(?<!\d)(\d{4})(?!\d)")
_SERIAL: Final = re.compile(r"\d{5}(?:[.,]0+)?")
# Day 0 of the spreadsheets' own count, in which 1900 is a leap year.
_DAY_ZERO: Final = date(1899, 12, 30)


class DayError(Exception):
    """A cell names no day, or not one alone; the text says what to type instead."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.singular)
        self.text = text


def day_in(cell: str) -> date:
    """Return the one day that a cell names. Raises DayError."""
    day = _year_first(cell) or _in_words(cell) or _year_last(cell)
    if day is None:
        raise DayError(_refusal(cell))
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise DayError(t("{typed} cannot be right: correct the year.", typed=shortened(cell)))
    return day


def _year_first(cell: str) -> date | None:
    found = _YEAR_FIRST.fullmatch(cell)
    if found is None:
        return None
    day = _day(int(found[1]), int(found[3]), int(found[4]))
    if day is None:
        raise DayError(_no_such_day(cell))
    return day


def _in_words(cell: str) -> date | None:
    """Return the day that is written with its month in a word, such as "12 mars 2027"."""
    year = _YEAR_IN_WORDS.search(cell)
    if year is None or not re.search(r"[^\W\d_]", cell) or not 1 <= int(year[1]) <= LAST_YEAR:
        return None
    read: set[date] = set()
    for language in LANGUAGES:
        try:
            day = parse_day(cell, now=datetime(int(year[1]), 1, 1, tzinfo=UTC), zone="UTC", language=language)
        except UserError:
            continue
        # "In 2027 days" counts from a day that the file does not have.
        read |= {day} if day.year == int(year[1]) else set()
    return read.pop() if len(read) == 1 else None


def _year_last(cell: str) -> date | None:
    """Return the day of a cell such as "17/05/2011", in which no month can be mistaken for a day."""
    found = _YEAR_LAST.fullmatch(cell)
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    days = {day for day in (_day(year, second, first), _day(year, first, second)) if day is not None}
    if not days:
        raise DayError(_no_such_day(cell))
    if len(days) > 1:
        raise DayError(_ambiguous(cell, year, first, second))
    return days.pop()


def _refusal(cell: str) -> Text:
    if _SHORT_YEAR.fullmatch(cell):
        return t(
            "The year of {typed} has two digits only: format the column as text and type year-month-day, such as"
            " 2027-03-12.",
            typed=shortened(cell),
        )
    if _SERIAL.fullmatch(cell):
        return t(
            "The spreadsheet has turned this date into the number {typed}: format the column as text and type it"
            " again; {day} is probably meant.",
            typed=shortened(cell),
            day=(_DAY_ZERO + timedelta(days=int(cell[:5]))).isoformat(),
        )
    return t("{typed} is not a date: type year-month-day, such as 2027-03-12.", typed=shortened(cell))


def _ambiguous(typed: str, year: int, first: int, second: int) -> Text:
    one, other = date(year, second, first), date(year, first, second)
    return t(
        "{typed} can be read in two ways: type {one} or {other}.",
        typed=typed,
        one=one.isoformat(),
        other=other.isoformat(),
    )


def _no_such_day(typed: str) -> Text:
    return t("There is no day {typed} in the calendar: correct it.", typed=typed)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
