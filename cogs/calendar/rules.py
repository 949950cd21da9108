"""The days that a network prepares for: the bot's own, those that were added, and when each comes next. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bot.languages import LANGUAGES
from bot.search.folding import normalise
from bot.texts import Reader, Text, t
from storage.calendar_entries.models import CalendarEntry

STRUCK_OUT_FOR: Final = timedelta(days=30)
"""How long after its date a removed day stays in the file, for calendars that hold it to strike it out."""
_LEAP_DAY: Final = (2, 29)


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day of the bot's own calendar, which every network begins with. It comes each year from ``first`` on."""

    key: str
    title: Text
    first: date
    link: str
    description: Text


OWN_DAYS: Final = (
    OwnDay(
        key="genocide_prevention",
        title=t(
            "International Day of Commemoration and Dignity of the Victims of the Crime of Genocide and of the"
            " Prevention of this Crime"
        ),
        first=date(2026, 12, 9),
        link="https://undocs.org/A/RES/69/323",
        description=t("General Assembly resolution 69/323"),
    ),
)


@dataclass(frozen=True, slots=True)
class Day:
    """A day to prepare for, as its reader sees it (typed text).

    ``value`` stands for it in lists to choose from, ``uid`` names it for ever in calendars. ``first`` is the only day,
    or the first one where it comes each year.
    """

    value: str
    uid: str
    title: str
    first: date
    is_yearly: bool
    link: str
    description: str
    sequence: int = 0
    is_removed: bool = False


def days_of(guild_id: int, entries: Iterable[CalendarEntry], removed: Collection[str], reader: Reader) -> list[Day]:
    """Return the network's days, removed ones too: the bot's own, of which some may be ``removed``, and ``entries``."""
    own = [
        Day(
            value=day.key,
            uid=f"day-{guild_id}-{day.key}",
            title=reader.label(day.title),
            first=day.first,
            is_yearly=True,
            link=day.link,
            description=reader.label(day.description),
            sequence=int(day.key in removed),
            is_removed=day.key in removed,
        )
        for day in OWN_DAYS
    ]
    added = [
        Day(
            value=f"#{entry.id}",
            uid=f"day-{guild_id}-{entry.id}",
            title=entry.title,
            first=entry.day,
            is_yearly=entry.is_yearly,
            link=entry.link,
            description=entry.description,
            sequence=entry.sequence,
            is_removed=entry.removed_at is not None,
        )
        for entry in entries
    ]
    return [*own, *added]


def next_on(first: date, today: date, *, is_yearly: bool) -> date | None:
    """Return when a day comes next, today at the earliest; None where it is over.

    A yearly day is never 29 February (:func:`cannot_be`).
    """
    if first >= today:
        return first
    if not is_yearly:
        return None
    this_year = first.replace(year=today.year)
    return this_year if this_year >= today else first.replace(year=today.year + 1)


def cannot_be(day: date, today: date, *, is_yearly: bool) -> Text | None:
    """Say why a day cannot be added; None where it can."""
    if is_yearly and (day.month, day.day) == _LEAP_DAY:
        return t("29 February comes only in leap years: choose 28 February or 1 March for what comes each year.")
    if not is_yearly and day < today:
        return t("{day} has passed: choose a day from today on, or say that it comes each year.", day=day)
    return None


def is_same(title: str, first: date, other: Day, names: Collection[str], *, is_yearly: bool) -> bool:
    """Tell whether a day to be added is the ``other`` one: that title, on a day on which both are.

    ``names`` are the titles of the other one, in whatever language.
    """
    titles = {normalise(name) for name in names}
    if is_yearly or other.is_yearly:
        on_one_day = (first.month, first.day) == (other.first.month, other.first.day)
    else:
        on_one_day = first == other.first
    return on_one_day and normalise(title) in titles and not other.is_removed


def titles_of(day: Day) -> list[str]:
    """Return what a day is called: one of the bot's own has a title in each language."""
    own = next((one for one in OWN_DAYS if one.key == day.value), None)
    return [Reader(language, "UTC").label(own.title) for language in LANGUAGES] if own is not None else [day.title]
