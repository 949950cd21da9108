"""When the digests fall due, how far ahead they look, and what they hold. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.ahead import News, Section, Upcoming
from bot.attention import Attention
from bot.months import month_after, work_begins
from bot.workplaces import Workplace

SUBJECT: Final = "digest"
WEEKLY: Final = "weekly"
MONTHLY: Final = "monthly"
WEEKS_AHEAD: Final = 4
"""Weekly digests that are owed at a time: each one owes the next when it falls due."""
MONTHS_AHEAD: Final = 3
_WEEKS_BACK: Final = 8
_MONTHS_BACK: Final = 3
"""What fell due while the bot was away is decided on all the same: sent if it still makes sense, else missed."""
_WEEKLY_AT: Final = time(8, 30)
WEEKLY_KEEPS: Final = timedelta(days=3)
MONTHLY_KEEPS: Final = timedelta(days=7)
"""How late a digest may be and still make sense."""
DEADLINES_WITHIN: Final = timedelta(days=14)
"""How far ahead the weekly digest looks."""
_HORIZON: Final[Mapping[Section, timedelta]] = {Section.DAYS: timedelta(days=62)}
"""How far ahead the monthly digest looks where it does not show all: a yearly day is always ahead."""


@dataclass(frozen=True, slots=True)
class Weekly:
    """What the secretariat should look at, and what falls within the next two weeks."""

    attention: Sequence[Attention]
    upcoming: Sequence[Upcoming]

    def __bool__(self) -> bool:
        return bool(self.attention or self.upcoming)


@dataclass(frozen=True, slots=True)
class Monthly:
    """What lies ahead by section, and what is new."""

    sections: Mapping[Section, Sequence[Upcoming]]
    news: Sequence[News]

    def __bool__(self) -> bool:
        return bool(self.sections or self.news)


def weeks(now: datetime, zone: str) -> list[tuple[str, datetime]]:
    """Return the kind and the due time of the weekly digests around ``now``: Mondays at 08:30 in the IANA ``zone``."""
    today = now.astimezone(ZoneInfo(zone)).date()
    this_week = today - timedelta(days=today.weekday())
    mondays = [this_week + timedelta(weeks=n) for n in range(-_WEEKS_BACK, WEEKS_AHEAD + 1)]
    at = [(day, datetime.combine(day, _WEEKLY_AT, ZoneInfo(zone)).astimezone(UTC)) for day in mondays]
    return [(f"{WEEKLY}:{day.isoformat()}", due) for day, due in at]


def months(now: datetime, place: Workplace) -> list[tuple[str, datetime]]:
    """Return the kind and the due time of the monthly digests around ``now``, where the secretariat works."""
    this_month = now.astimezone(ZoneInfo(place.zone)).date().replace(day=1)
    around = [month_after(this_month, n) for n in range(-_MONTHS_BACK, MONTHS_AHEAD + 1)]
    return [(f"{MONTHLY}:{month:%Y-%m}", work_begins(month, place)) for month in around]


def month_of(kind: str) -> date:
    """Return the month of a monthly digest's kind, by its first day."""
    return date.fromisoformat(f"{kind.partition(':')[2]}-01")


def soon(items: Sequence[Upcoming], now: datetime) -> list[Upcoming]:
    """Return what begins within the weekly digest's days, today's days too."""
    return [one for one in items if now - timedelta(days=1) < one.first_instant <= now + DEADLINES_WITHIN]


def within_horizon(sections: Mapping[Section, list[Upcoming]], now: datetime) -> dict[Section, list[Upcoming]]:
    """Return what the monthly digest shows of what lies ahead; sections without anything are left out."""
    kept = {
        section: [one for one in items if section not in _HORIZON or one.first_instant <= now + _HORIZON[section]]
        for section, items in sections.items()
    }
    return {section: items for section, items in kept.items() if items}
