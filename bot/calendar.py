"""Calendar files (RFC 5545) that import cleanly: meetings, their sessions and webinars are built here.

Pure: the present instant is given. Escaping and folding at 75 octets are the icalendar library's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

MEDIA_TYPE: Final = "text/calendar"
PRODUCT: Final = "-//focalbot//R2P Focal Points//EN"
_DOMAIN: Final = "focalbot"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One entry of a calendar. All text is in the reader's language already.

    ``starts`` and ``ends`` are both aware instants, or both days, ``ends`` then being the last day. ``key`` names
    the subject for ever; ``sequence`` is raised on every change of it, and a cancelled entry is kept with its key,
    so that calendars which hold it move it or strike it out. ``zone`` is the subject's IANA zone.
    """

    key: str
    sequence: int
    title: str
    starts: datetime | date
    ends: datetime | date
    zone: str
    description: str = ""
    location: str = ""
    url: str = ""
    cancelled: bool = False


def calendar_file(name: str, events: Iterable[CalendarEvent], *, now: datetime) -> bytes:
    """Return the .ics file of ``events``, with the time zones they need, made at the aware instant ``now``."""
    calendar = Calendar()
    # The library leaves the values it takes untyped.
    add = cast(Any, calendar).add
    add("prodid", PRODUCT)
    add("version", "2.0")
    add("calscale", "GREGORIAN")
    add("method", "PUBLISH")
    add("x-wr-calname", name)
    listed = list(events)
    for event in listed:
        calendar.add_component(_component(event, now))
    days = [_day(moment) for event in listed for moment in (event.starts, event.ends)]
    if days:
        # A zone's rules a year on either side are all that an importing program asks for.
        first, last = min(days), max(days)
        calendar.add_missing_timezones(first_date=date(first.year - 1, 1, 1), last_date=date(last.year + 1, 12, 31))
    return calendar.to_ical()


def _component(event: CalendarEvent, now: datetime) -> Event:
    component = Event()
    add = cast(Any, component).add
    add("uid", f"{event.key}@{_DOMAIN}")
    add("sequence", event.sequence)
    add("dtstamp", now)
    add("summary", event.title)
    add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    if isinstance(event.starts, datetime) and isinstance(event.ends, datetime):
        add("dtstart", _local(event.starts, event.zone))
        add("dtend", _local(event.ends, event.zone))
    else:
        # The end of an entry without times is the day it no longer covers (RFC 5545, 3.6.1).
        add("dtstart", _day(event.starts))
        add("dtend", _day(event.ends) + timedelta(days=1))
        add("transp", "TRANSPARENT")
    for key, value in (("description", event.description), ("location", event.location), ("url", event.url)):
        if value:
            add(key, value)
    return component


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
