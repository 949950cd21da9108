"""When a person may be written to: 08:00-20:00 on a working day where they are. Pure."""

from datetime import datetime, time, timedelta
from functools import cache
from typing import Final, cast
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.core import get_global

_OPENS: Final = time(8)
_CLOSES: Final = time(20)
_LONGEST_REST: Final = 8
"""Days in which a working day comes, whatever the country's weekend."""


def next_working_moment(now: datetime, zone: str) -> datetime:
    """Return ``now`` where it is within working hours in the IANA ``zone``, else when they next begin."""
    here = ZoneInfo(zone)
    today = now.astimezone(here).date()
    for days in range(_LONGEST_REST):
        day = today + timedelta(days=days)
        if day.weekday() in weekend(zone) or now >= datetime.combine(day, _CLOSES, here):
            continue
        return max(now, datetime.combine(day, _OPENS, here).astimezone(now.tzinfo))
    return now


@cache
def weekend(zone: str) -> frozenset[int]:
    """Return the weekdays (Monday is 0) of rest in the country of an IANA ``zone``, from CLDR's week data."""
    territory = cast(dict[str, str], get_global("zone_territories")).get(zone, "001")
    try:
        country = Locale.parse(f"und_{territory}")
    except UnknownLocaleError:
        return frozenset({5, 6})
    first, last = country.weekend_start, country.weekend_end
    return frozenset((first + day) % 7 for day in range((last - first) % 7 + 1))
