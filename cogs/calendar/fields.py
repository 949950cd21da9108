"""What is asked for of a day to prepare for, and how it is read. Pure."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from bot.errors import UserError
from bot.shelf.addresses import normalised
from bot.texts import Reader, t
from bot.timeparse import parse_day
from bot.ui import Field, Values
from cogs.calendar.rules import cannot_be, next_on

LONGEST_TITLE: Final = 200
LONGEST_DESCRIPTION: Final = 500
_YEARS: Final = 4
"""Among so many years is a leap year, nearly always: 29 February is read, and refused for what it is."""
LINES: Final = (
    Field("title", t("Title"), max_length=LONGEST_TITLE),
    Field("day", t("Day"), max_length=100, placeholder=t("Such as 9 December 2027; without the year if it is yearly")),
    Field(
        "yearly",
        t("Does it come each year?"),
        required=False,
        choices=(("no", t("No, only once")), ("yes", t("Yes, each year"))),
    ),
    Field("link", t("Link"), required=False, max_length=512),
    Field("description", t("What it is about"), required=False, long=True, max_length=LONGEST_DESCRIPTION),
)
"""The lines of the form."""


@dataclass(frozen=True, slots=True)
class NewDay:
    """A day to be added, as it was read: ``first`` is the only one, or the first that comes."""

    title: str
    first: date
    is_yearly: bool
    link: str
    description: str


def read(values: Values, reader: Reader, now: datetime, zone: str) -> NewDay:
    """Read what was typed; days are those of the IANA ``zone``. Raises UserError."""
    title = " ".join(values["title"].split())
    if not title:
        raise UserError(t("The entry has no title: type what the day is called."))
    is_yearly = values["yearly"] == "yes"
    today = now.astimezone(ZoneInfo(zone)).date()
    day = _day(values["day"], reader, now, zone, is_yearly=is_yearly)
    problem = cannot_be(day, today, is_yearly=is_yearly)
    if problem is not None:
        raise UserError(problem)
    link = normalised(values["link"]) if values["link"].strip() else ""
    return NewDay(
        title=title,
        first=next_on(day, today, is_yearly=is_yearly) or day,
        is_yearly=is_yearly,
        link=link,
        description=values["description"].strip(),
    )


def _day(typed: str, reader: Reader, now: datetime, zone: str, *, is_yearly: bool) -> date:
    """Return the day that was typed; of what comes each year, the year may be left out. Raises UserError."""
    try:
        return parse_day(typed, now=now, zone=zone, language=reader.language)
    except UserError:
        for year in range(now.year, now.year + _YEARS) if is_yearly else ():
            try:
                return parse_day(f"{typed} {year}", now=now, zone=zone, language=reader.language)
            except UserError:
                continue
        raise
