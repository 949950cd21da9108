"""When the shelf's monthly note falls due. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.working_days import is_working_day
from bot.workplaces import workplace_in

MONTHS_AHEAD: Final = 12
_HOUR: Final = time(9)


def first_working_day(month: date, zone: str) -> date:
    """Return the first day of the month of ``month`` on which people work in the country of the IANA ``zone``."""
    day, place = month.replace(day=1), workplace_in(zone)
    while not is_working_day(day, place):
        day += timedelta(days=1)
    return day


def note_due(month: date, zone: str) -> datetime:
    """Return when the note of a month falls due: 09:00 on its first working day in the IANA ``zone``, in UTC."""
    return datetime.combine(first_working_day(month, zone), _HOUR, ZoneInfo(zone)).astimezone(UTC)


def month_after(month: date, months: int = 1) -> date:
    """Return the first day of the month that is ``months`` later (earlier, when negative)."""
    years, index = divmod(month.month - 1 + months, 12)
    return date(month.year + years, index + 1, 1)


def months_ahead(now: datetime, zone: str) -> list[date]:
    """Return the months whose notes are still to come within a year, by their first days."""
    this = now.astimezone(ZoneInfo(zone)).date().replace(day=1)
    months = [month_after(this, n) for n in range(MONTHS_AHEAD + 1)]
    return [month for month in months if note_due(month, zone) > now]
