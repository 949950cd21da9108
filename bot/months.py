"""The months of a network: when each begins to be worked in. Pure, but that the holidays are read the first time."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.working_days import is_working_day
from bot.workplaces import Workplace

_HOUR: Final = time(9)


def first_working_day(month: date, place: Workplace) -> date:
    """Return the first day of the month of ``month`` on which people work at the ``place``."""
    day = month.replace(day=1)
    while not is_working_day(day, place):
        day += timedelta(days=1)
    return day


def work_begins(month: date, place: Workplace) -> datetime:
    """Return when a month's work begins: 09:00 on its first working day at the ``place``, in UTC."""
    return datetime.combine(first_working_day(month, place), _HOUR, ZoneInfo(place.zone)).astimezone(UTC)


def month_after(month: date, months: int = 1) -> date:
    """Return the first day of the month that is ``months`` later (earlier, when negative)."""
    years, index = divmod(month.month - 1 + months, 12)
    return date(month.year + years, index + 1, 1)
