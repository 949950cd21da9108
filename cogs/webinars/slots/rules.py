"""Whose day and whose night an hour is: working, awake or asleep, by delegation. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import IntEnum
from typing import Final
from zoneinfo import ZoneInfo

from bot import names
from bot.names import REGIONAL_GROUPS, RegionalGroup
from bot.working_days import is_working_day
from bot.workplaces import capital_of, workplace_in
from storage.members.models import Seat
from storage.webinars.models import Webinar

WORK: Final = (time(9), time(18))
AWAKE: Final = (time(7), time(23))
_STEP: Final = timedelta(minutes=30)
_SHOWN_ZONES: Final = 5
_BEST: Final = 5
_ROLES: Final = ("focal_point", "alternate", "adviser", "mission")


class Hours(IntEnum):
    """How an hour suits somebody; the lower, the worse."""

    ASLEEP = 0
    AWAKE = 1
    WORKING = 2


@dataclass(frozen=True, slots=True)
class Office:
    """Where a delegation's people are: its code, its regional group (None: none), and an IANA zone."""

    code: str
    group: RegionalGroup | None
    zone: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A possible start, with how the whole of the webinar suits each office."""

    starts_at: datetime
    hours: Mapping[str, Hours]

    def count(self, hours: Hours) -> int:
        """Return how many offices have such hours."""
        return sum(one == hours for one in self.hours.values())

    def asleep(self, offices: Iterable[Office]) -> int:
        """Return how many of these offices sleep."""
        return sum(self.hours[office.code] == Hours.ASLEEP for office in offices)


def offices_of(seats: Iterable[Seat]) -> tuple[list[Office], list[Seat]]:
    """Return where each delegation's people are, and the seats of which that is not known.

    The zone of the focal point, else of a colleague, else of the capital.
    """
    offices: list[Office] = []
    unknown: list[Seat] = []
    for seat in seats:
        zone = _zone_of(seat)
        if zone is None:
            unknown.append(seat)
        else:
            offices.append(Office(seat.delegation.code, names.regional_group(seat.delegation.code), zone))
    return offices, unknown


def _zone_of(seat: Seat) -> str | None:
    for role in _ROLES:
        for holder in seat.holders:
            if holder.appointment.role == role and holder.person.timezone is not None:
                return holder.person.timezone
    capital = capital_of(seat.delegation.code)
    return capital.zone if capital is not None else None


def suits(starts_at: datetime, length: timedelta, zone: str) -> Hours:
    """Return how a webinar suits somebody in the IANA ``zone``: as its worst half hour does."""
    instant, worst = starts_at, Hours.WORKING
    while instant < starts_at + length:
        worst = min(worst, _at(instant, zone))
        instant += _STEP
    return min(worst, _at(starts_at + length - timedelta(minutes=1), zone))


def _at(instant: datetime, zone: str) -> Hours:
    local = instant.astimezone(ZoneInfo(zone))
    if WORK[0] <= local.time() < WORK[1] and is_working_day(local.date(), workplace_in(zone)):
        return Hours.WORKING
    return Hours.AWAKE if AWAKE[0] <= local.time() < AWAKE[1] else Hours.ASLEEP


def slots_of(day: date, zone: str, length: timedelta, offices: Sequence[Office], after: datetime) -> list[Slot]:
    """Return the full hours of a day in the IANA ``zone`` that are after ``after``, each with whom it suits."""
    midnight = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    next_day = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
    starts = [midnight + timedelta(hours=hour) for hour in range(int((next_day - midnight).total_seconds()) // 3600)]
    zones = {office.zone for office in offices}
    found: list[Slot] = []
    for starts_at in starts:
        if starts_at > after:
            in_zone = {name: suits(starts_at, length, name) for name in zones}
            found.append(Slot(starts_at, {office.code: in_zone[office.zone] for office in offices}))
    return found


def ranked(slots: Iterable[Slot], spared: Sequence[Office]) -> list[Slot]:
    """Return the slots, the fairest first: fewest asleep, then most at work, then fewest asleep of the ``spared``.

    The ``spared`` are those who bore the night last time; the earlier of equal slots goes first.
    """
    return sorted(
        slots,
        key=lambda slot: (
            slot.count(Hours.ASLEEP),
            -slot.count(Hours.WORKING),
            slot.asleep(spared),
            slot.starts_at,
        ),
    )


@dataclass(frozen=True, slots=True)
class Region:
    """Offices of one regional group (None: organisations, and the United States)."""

    group: RegionalGroup | None
    offices: tuple[Office, ...]


def regions_of(offices: Iterable[Office]) -> list[Region]:
    """Return the offices by regional group, in the order of the United Nations; those without a group last."""
    found = list(offices)
    groups: list[RegionalGroup | None] = [*REGIONAL_GROUPS, None]
    regions = [Region(group, tuple(o for o in found if o.group == group)) for group in groups]
    return [region for region in regions if region.offices]


def bore_the_night(starts_at: datetime, length: timedelta, offices: Iterable[Office]) -> Region | None:
    """Return the region with the largest part of its offices asleep at a webinar; None where nobody was."""
    worst: tuple[float, Region] | None = None
    for region in regions_of(offices):
        asleep = sum(suits(starts_at, length, office.zone) == Hours.ASLEEP for office in region.offices)
        part = asleep / len(region.offices)
        if asleep and (worst is None or part > worst[0]):
            worst = (part, region)
    return worst[1] if worst is not None else None


def across(instant: datetime, zones: Iterable[str], own: str) -> list[str]:
    """Return five zones across the network, from west to east: the ends, the middle, and the webinar's ``own``."""
    by_offset: dict[timedelta, str] = {}
    counted = Counter(zones)
    for zone in sorted(counted, key=lambda name: (-counted[name], name)):
        by_offset.setdefault(_offset(instant, zone), zone)
    by_offset[_offset(instant, own)] = own
    spread = [by_offset[offset] for offset in sorted(by_offset)]
    if len(spread) <= _SHOWN_ZONES:
        return spread
    last = len(spread) - 1
    chosen = {round(last * step / (_SHOWN_ZONES - 1)) for step in range(_SHOWN_ZONES)}
    if spread.index(own) not in chosen:
        nearest = min(chosen - {0, last}, key=lambda index: abs(index - spread.index(own)))
        chosen = chosen - {nearest} | {spread.index(own)}
    return [spread[index] for index in sorted(chosen)]


def _offset(instant: datetime, zone: str) -> timedelta:
    return instant.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()


def asleep(starts_at: datetime, length: timedelta, offices: Iterable[Office]) -> list[Office]:
    """Return the offices whose night it is."""
    return [office for office in offices if suits(starts_at, length, office.zone) == Hours.ASLEEP]


def at_rest(starts_at: datetime, offices: Iterable[Office]) -> list[Office]:
    """Return the offices where nobody works on that day, whatever the hour. The library of holidays must be loaded."""
    return [
        office
        for office in offices
        if not is_working_day(starts_at.astimezone(ZoneInfo(office.zone)).date(), workplace_in(office.zone))
    ]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The full hours of a ``day`` in ``zone`` as starts of a webinar of some ``length``.

    ``best`` are the fairest, ``offices`` those whose hours are known, ``unknown`` the seats whose are not. ``last`` is
    the webinar before (None: the first one), ``last_night`` the region whose night that was.
    """

    day: date
    zone: str
    length: timedelta
    slots: Sequence[Slot]
    best: Sequence[Slot]
    offices: Sequence[Office]
    unknown: Sequence[Seat]
    last: Webinar | None
    last_night: Region | None


def compare(
    day: date, zone: str, length: timedelta, seats: Iterable[Seat], last: Webinar | None, now: datetime
) -> Comparison:
    """Compare the full hours of a day in the IANA ``zone`` that are after ``now``."""
    offices, unknown = offices_of(seats)
    slots = slots_of(day, zone, length, offices, now)
    night = bore_the_night(last.starts_at, last.length, offices) if last is not None else None
    best = ranked(slots, night.offices if night is not None else ())[:_BEST]
    return Comparison(day, zone, length, slots, best, offices, unknown, last, night)
