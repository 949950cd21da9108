"""On which days the demo's examples lie: working days of its secretariat, and hours at which an office is open."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from bot.demo.world import NEW_YORK
from bot.working_days import is_working_day, next_working_day
from bot.workplaces import workplace_of_secretariat

OFFICE: Final = workplace_of_secretariat(NEW_YORK, None)
CLOSING: Final = time(17)
"""The hour at which a poll and a statement close."""
_SOON: Final = 10
"""Days ahead, of what a hint schedules."""
_WEDNESDAY: Final = 2


def working_day(today: date, days: int) -> date:
    """Return the day that is ``days`` after ``today`` (before it, where negative), else the next working day."""
    return next_working_day(today + timedelta(days=days), OFFICE)


def soon(now: datetime) -> date:
    """Return the day that a hint puts in at ``now``."""
    return working_day(now.astimezone(ZoneInfo(NEW_YORK)).date(), _SOON)


def wednesday_and_thursday(day: date) -> tuple[date, date]:
    """Return the first Wednesday and Thursday from ``day`` on that are both working days."""
    first = day + timedelta(days=(_WEDNESDAY - day.weekday()) % 7)
    pairs = ((first + timedelta(weeks=weeks), first + timedelta(weeks=weeks, days=1)) for weeks in count())
    return next(pair for pair in pairs if all(is_working_day(one, OFFICE) for one in pair))


def in_new_york(day: date, hour: time) -> datetime:
    """Return the ``hour`` of the ``day`` in New York, with its zone."""
    return datetime.combine(day, hour, ZoneInfo(NEW_YORK))
