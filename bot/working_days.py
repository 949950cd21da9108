"""Which days are working days: neither weekend nor public holiday, as the library holidays knows them by country."""

import asyncio
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from importlib import import_module
from itertools import count
from typing import TYPE_CHECKING, Final

from bot.workplaces import Workplace

if TYPE_CHECKING:
    from holidays import HolidayBase

_WEEKEND: Final = frozenset({5, 6})
"""Saturday and Sunday, where nothing better is known."""


async def load() -> None:
    """Read the library if nobody has yet, beside the event loop: after it, :func:`is_working_day` answers at once."""
    if not _library.cache_info().currsize:
        await asyncio.to_thread(_library)


def is_working_day(day: date, place: Workplace) -> bool:
    """Tell whether people work on the ``day`` at the ``place``. The first time the library is read, which is slow."""
    calendar = _calendar(place.country, place.region) if place.country is not None else None
    return calendar.is_working_day(day) if calendar is not None else day.weekday() not in _WEEKEND


def next_working_day(day: date, place: Workplace) -> date:
    """Return the ``day`` where people work on it at the ``place``, else the next one on which they do."""
    return next(one for one in (day + timedelta(days=ahead) for ahead in count()) if is_working_day(one, place))


@cache
def _calendar(country: str, region: str | None) -> "HolidayBase | None":
    try:
        return _library()(country, subdiv=region)
    except NotImplementedError:
        return None


@cache
def _library() -> "Callable[..., HolidayBase]":
    # Half a second and 11 MiB for all countries at once: only where somebody is written to.
    import_module("holidays.countries")
    return import_module("holidays").country_holidays
