"""Calendar files (RFC 5545) that import cleanly: meetings, their sessions, webinars and days are built here.

Pure: the present instant is given. Escaping and folding at 75 octets are the icalendar library's, which takes long to
import: it is when a file is written.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event, Timezone

MEDIA_TYPE: Final = "text/calendar"
PRODUCT: Final = "-//focalbot//R2P Focal Points//EN"
_DOMAIN: Final = "focalbot"


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One entry of a calendar. All text is in the reader's language already.

    ``starts`` and ``ends`` are both aware instants, or both days, ``ends`` then being the last day; None: it is a
    moment, such as a deadline, or one day. ``key`` names the subject for ever; ``sequence`` is raised on every change
    of it, and a cancelled entry is kept with its key, so that calendars which hold it move it or strike it out.
    ``zone`` is the subject's IANA zone. ``is_yearly``: it comes again each year.
    """

    key: str
    sequence: int
    title: str
    starts: datetime | date
    zone: str
    ends: datetime | date | None = None
    description: str = ""
    location: str = ""
    url: str = ""
    cancelled: bool = False
    is_yearly: bool = False


def calendar_file(name: str, events: Iterable[CalendarEvent], *, now: datetime) -> bytes:
    """Return the .ics file of ``events``, with the time zones they need, made at the aware instant ``now``."""
    from icalendar import Calendar  # noqa: PLC0415 - only for who takes a file

    calendar = Calendar()
    # The library leaves the values it takes untyped.
    add = cast(Any, calendar).add
    add("prodid", PRODUCT)
    add("version", "2.0")
    add("calscale", "GREGORIAN")
    add("method", "PUBLISH")
    add("x-wr-calname", name)
    listed = list(events)
    for zone, first, last in _years_of(listed):
        calendar.add_component(_timezone(zone, first, last))
    for event in listed:
        calendar.add_component(_component(event, now))
    return calendar.to_ical()


def _component(event: CalendarEvent, now: datetime) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - as above

    component = Event()
    add = cast(Any, component).add
    add("uid", f"{event.key}@{_DOMAIN}")
    add("sequence", event.sequence)
    add("dtstamp", now)
    add("summary", event.title)
    add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    if isinstance(event.starts, datetime):
        add("dtstart", _local(event.starts, event.zone))
        # An end is later than the beginning, or absent (RFC 5545, 3.8.2.2).
        if isinstance(event.ends, datetime) and event.ends > event.starts:
            add("dtend", _local(event.ends, event.zone))
    else:
        # The end of an entry without times is the day it no longer covers (RFC 5545, 3.6.1).
        add("dtstart", event.starts)
        add("dtend", _day(event.ends or event.starts) + timedelta(days=1))
        add("transp", "TRANSPARENT")
    if event.is_yearly:
        add("rrule", {"freq": "yearly"})
    for key, value in (("description", event.description), ("location", event.location), ("url", event.url)):
        if value:
            add(key, value)
    return component


def _local(instant: datetime, zone: str) -> datetime:
    return instant.astimezone(ZoneInfo(zone))


def _day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _years_of(events: Iterable[CalendarEvent]) -> list[tuple[str, int, int]]:
    """Return each zone that entries with times need, with the first and the last year."""
    years: dict[str, set[int]] = {}
    for event in events:
        if isinstance(event.starts, datetime) and event.zone != "UTC":
            years.setdefault(event.zone, set()).update((event.starts.year, (event.ends or event.starts).year))
    return [(zone, min(found), max(found)) for zone, found in years.items()]


def _timezone(zone: str, first: int, last: int) -> "Timezone":
    """Describe a zone from a year before ``first`` to a year after ``last``: each change of its clocks by itself.

    The library's own description dates the beginning of summer time an hour late, and puts the years into RDATE,
    which some programs do not read.
    """
    from icalendar import Timezone  # noqa: PLC0415 - as above

    component = Timezone()
    cast(Any, component).add("tzid", zone)
    begins, ends = datetime(first - 1, 1, 1, tzinfo=UTC), datetime(last + 2, 1, 1, tzinfo=UTC)
    _observance(component, begins, zone, before=begins)
    for change in _changes(begins, ends, zone):
        _observance(component, change, zone, before=change - timedelta(seconds=1))
    return component


def _observance(component: "Timezone", onset: datetime, zone: str, *, before: datetime) -> None:
    from icalendar import TimezoneDaylight, TimezoneStandard  # noqa: PLC0415 - as above

    local = _local(onset, zone)
    offset = _local(before, zone).utcoffset() or timedelta()
    observance = TimezoneDaylight() if local.dst() else TimezoneStandard()
    add = cast(Any, observance).add
    # The wall clock as it was just before.
    add("dtstart", (onset + offset).replace(tzinfo=None))
    add("tzoffsetfrom", offset)
    add("tzoffsetto", local.utcoffset())
    add("tzname", local.tzname())
    component.add_component(observance)


def _changes(begins: datetime, ends: datetime, zone: str) -> list[datetime]:
    """Return the instants at which the zone's clocks are changed."""
    found: list[datetime] = []
    day = begins
    while day < ends:
        following = day + timedelta(days=1)
        if _local(day, zone).utcoffset() != _local(following, zone).utcoffset():
            early, late = day, following
            while late - early > timedelta(seconds=1):
                middle = early + timedelta(seconds=(late - early).total_seconds() // 2)
                same = _local(middle, zone).utcoffset() == _local(day, zone).utcoffset()
                early, late = (middle, late) if same else (early, middle)
            found.append(late)
        day = following
    return found
