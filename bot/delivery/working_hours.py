"""When a person may be written to: 08:00-20:00 on a working day where they work."""

from datetime import datetime, time, timedelta
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from bot.working_days import is_working_day
from bot.workplaces import Workplace

_OPENS: Final = time(8)
_CLOSES: Final = time(20)


def next_working_moment(now: datetime, place: Workplace) -> datetime:
    """Return ``now`` where it is within working hours at the ``place``, else when they next begin."""
    here = ZoneInfo(place.zone)
    today = now.astimezone(here).date()
    days = (today + timedelta(days=ahead) for ahead in count())
    day = next(day for day in days if is_working_day(day, place) and now < datetime.combine(day, _CLOSES, here))
    return max(now, datetime.combine(day, _OPENS, here).astimezone(now.tzinfo))
