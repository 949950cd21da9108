"""Whose day and whose night an hour is, which hours are the fairest, and whose night the last webinar was."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cogs.webinars.slots import rules
from cogs.webinars.slots.rules import Hours, Office, Region, Slot
from storage.members.models import Appointment, Delegation, Holder, Person, Seat
from storage.webinars.models import Webinar

HOUR = timedelta(hours=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ASLEEP, AWAKE, WORKING = Hours.ASLEEP, Hours.AWAKE, Hours.WORKING
GHANA = Office("GH", "african", "Africa/Accra")
KENYA = Office("KE", "african", "Africa/Nairobi")
JAPAN = Office("JP", "asia_pacific", "Asia/Tokyo")
NEPAL = Office("NP", "asia_pacific", "Asia/Kathmandu")
CHILE = Office("CL", "latin_american_caribbean", "America/Santiago")
DENMARK = Office("DK", "western_european_and_others", "Europe/Copenhagen")
ZEALAND = Office("NZ", "western_european_and_others", "Pacific/Auckland")
STATES = Office("US", None, "America/New_York")


def utc(hour: int, minute: int = 0, day: date = date(2026, 6, 10)) -> datetime:
    """Return a moment, on a Wednesday in summer unless another day is said."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("starts", "minutes", "zone", "hours"),
    [
        ("2026-06-10T09:00", 60, "Europe/Copenhagen", WORKING),
        ("2026-06-10T08:59", 60, "Europe/Copenhagen", AWAKE),
        ("2026-06-10T09:00", 540, "Europe/Copenhagen", WORKING),
        ("2026-06-10T17:00", 60, "Europe/Copenhagen", WORKING),
        ("2026-06-10T17:01", 60, "Europe/Copenhagen", AWAKE),
        ("2026-06-10T18:00", 60, "Europe/Copenhagen", AWAKE),
        ("2026-06-10T07:00", 60, "Europe/Copenhagen", AWAKE),
        ("2026-06-10T06:59", 60, "Europe/Copenhagen", ASLEEP),
        ("2026-06-10T22:00", 60, "Europe/Copenhagen", AWAKE),
        ("2026-06-10T22:01", 60, "Europe/Copenhagen", ASLEEP),
        ("2026-06-10T23:00", 15, "Europe/Copenhagen", ASLEEP),
        # Both ends are by day, and the night is between them.
        ("2026-06-10T21:00", 720, "Europe/Copenhagen", ASLEEP),
        ("2026-06-10T12:00", 45, "Asia/Kathmandu", WORKING),
        # Saturday in Copenhagen; Friday and Saturday are Bangladesh's weekend.
        ("2026-06-13T10:00", 60, "Europe/Copenhagen", AWAKE),
        ("2026-06-12T10:00", 60, "Asia/Dhaka", AWAKE),
        ("2026-06-14T10:00", 60, "Asia/Dhaka", WORKING),
        # Labour Day is a Friday in Paris.
        ("2026-05-01T10:00", 60, "Europe/Paris", AWAKE),
        # Monday morning in Auckland is Sunday in Greenwich.
        ("2026-06-15T09:00", 60, "Pacific/Auckland", WORKING),
        # Brussels' clocks skip an hour in the night to 29 March: from 22:30 it is 8 hours until 07:30.
        ("2026-03-28T22:30", 480, "Europe/Brussels", ASLEEP),
    ],
)
def test_a_webinar_suits_as_its_worst_part_does(starts: str, minutes: int, zone: str, hours: Hours) -> None:
    local = datetime.fromisoformat(starts).replace(tzinfo=ZoneInfo(zone))
    assert rules.suits(local.astimezone(UTC), timedelta(minutes=minutes), zone) is hours


def holder(role: Any, zone: str | None) -> Holder:
    return Holder(Person(1, 1, "Ama", timezone=zone), Appointment(1, 1, 1, 1, role, "", "", date(2020, 1, 1)))


def seat(code: str, *posts: tuple[str, str | None]) -> Seat:
    return Seat(Delegation(1, 1, code, "state"), tuple(holder(role, zone) for role, zone in posts))


@pytest.mark.parametrize(
    ("found", "office"),
    [
        (seat("GH"), GHANA),
        (seat("GH", ("focal_point", None)), GHANA),
        (
            seat("GH", ("mission", "America/New_York"), ("focal_point", "Europe/Paris")),
            Office("GH", "african", "Europe/Paris"),
        ),
        (
            seat("GH", ("mission", "America/New_York"), ("adviser", "Asia/Tokyo"), ("alternate", "Europe/Paris")),
            Office("GH", "african", "Europe/Paris"),
        ),
        (
            seat("GH", ("focal_point", None), ("mission", "America/New_York"), ("adviser", "Asia/Tokyo")),
            Office("GH", "african", "Asia/Tokyo"),
        ),
        (seat("GH", ("mission", "America/New_York")), Office("GH", "african", "America/New_York")),
        (seat("US"), STATES),
        (seat("ASEAN", ("focal_point", "Asia/Jakarta")), Office("ASEAN", None, "Asia/Jakarta")),
    ],
)
def test_people_are_where_the_focal_point_is_or_a_colleague_or_the_capital(found: Seat, office: Office) -> None:
    assert rules.offices_of([found]) == ([office], [])


def test_seats_whose_hours_are_not_known_are_kept_apart() -> None:
    unknown = seat("ASEAN", ("focal_point", None))
    assert rules.offices_of([seat("GH"), unknown, seat("JP")]) == ([GHANA, JAPAN], [unknown])


@pytest.mark.parametrize(
    ("day", "zone", "first", "last", "count"),
    [
        ("2026-06-10", "UTC", "2026-06-10T00:00", "2026-06-10T23:00", 24),
        ("2026-06-10", "Asia/Kathmandu", "2026-06-09T18:15", "2026-06-10T17:15", 24),
        ("2026-03-29", "Europe/Brussels", "2026-03-28T23:00", "2026-03-29T21:00", 23),
        ("2026-10-25", "Europe/Brussels", "2026-10-24T22:00", "2026-10-25T22:00", 25),
    ],
)
def test_a_day_has_its_full_hours_by_its_own_clocks(day: str, zone: str, first: str, last: str, count: int) -> None:
    slots = rules.slots_of(date.fromisoformat(day), zone, HOUR, [GHANA], LONG_AGO)
    starts = [slot.starts_at for slot in slots]
    assert starts == [starts[0] + HOUR * number for number in range(count)]
    assert starts[0] == datetime.fromisoformat(first).replace(tzinfo=UTC)
    assert starts[-1] == datetime.fromisoformat(last).replace(tzinfo=UTC)
    assert all(start.tzinfo is UTC for start in starts)


def test_each_hour_after_now_says_whom_it_suits() -> None:
    offices = [GHANA, DENMARK, Office("SE", None, "Europe/Copenhagen"), JAPAN]
    slots = rules.slots_of(date(2026, 6, 10), "UTC", HOUR, offices, utc(12))
    assert [slot.starts_at for slot in slots] == [utc(hour) for hour in range(13, 24)]
    assert slots[0].hours == {"GH": WORKING, "DK": WORKING, "SE": WORKING, "JP": AWAKE}
    assert slots[3].hours == {"GH": WORKING, "DK": AWAKE, "SE": AWAKE, "JP": ASLEEP}
    assert [slots[3].count(hours) for hours in (ASLEEP, AWAKE, WORKING)] == [1, 2, 1]
    assert slots[3].asleep(offices) == 1
    assert slots[3].asleep([GHANA, DENMARK]) == 0
    assert rules.asleep(slots[3].starts_at, HOUR, offices) == [JAPAN]
    # Three hours from 13:00 are until one in the morning in Tokyo.
    [long, *_] = rules.slots_of(date(2026, 6, 10), "UTC", 3 * HOUR, offices, utc(12))
    assert long.hours == {"GH": WORKING, "DK": WORKING, "SE": WORKING, "JP": ASLEEP}


def slot(hour: int, ghana: Hours, denmark: Hours, japan: Hours) -> Slot:
    return Slot(utc(hour), {"GH": ghana, "DK": denmark, "JP": japan})


@pytest.mark.parametrize(
    ("fairer", "other", "spared"),
    [
        # Fewest asleep, though fewer are at work and it is later.
        (slot(9, AWAKE, AWAKE, AWAKE), slot(8, WORKING, WORKING, ASLEEP), [JAPAN]),
        # Then most at work.
        (slot(9, WORKING, WORKING, ASLEEP), slot(8, WORKING, AWAKE, ASLEEP), []),
        (slot(9, WORKING, WORKING, ASLEEP), slot(8, ASLEEP, WORKING, AWAKE), [JAPAN]),
        # Then those who slept last time.
        (slot(9, WORKING, ASLEEP, WORKING), slot(8, WORKING, WORKING, ASLEEP), [JAPAN]),
        (slot(9, WORKING, ASLEEP, WORKING), slot(8, ASLEEP, WORKING, WORKING), [GHANA, JAPAN]),
        # Then the earlier.
        (slot(8, WORKING, WORKING, ASLEEP), slot(9, WORKING, ASLEEP, WORKING), []),
        (slot(8, WORKING, WORKING, ASLEEP), slot(9, ASLEEP, WORKING, WORKING), [GHANA, JAPAN]),
    ],
)
def test_of_two_slots_the_fairer_comes_first(fairer: Slot, other: Slot, spared: list[Office]) -> None:
    assert rules.ranked([fairer, other], spared) == [fairer, other]
    assert rules.ranked([other, fairer], spared) == [fairer, other]


def test_regions_come_in_the_order_of_the_united_nations_and_none_is_empty() -> None:
    assert rules.regions_of([STATES, ZEALAND, JAPAN, GHANA, DENMARK]) == [
        Region("african", (GHANA,)),
        Region("asia_pacific", (JAPAN,)),
        Region("western_european_and_others", (ZEALAND, DENMARK)),
        Region(None, (STATES,)),
    ]
    assert rules.regions_of(iter([JAPAN, GHANA])) == [Region("african", (GHANA,)), Region("asia_pacific", (JAPAN,))]


@pytest.mark.parametrize(
    ("hour", "offices", "night"),
    [
        (14, [GHANA, DENMARK, STATES], None),
        (14, [], None),
        (16, [GHANA, JAPAN], Region("asia_pacific", (JAPAN,))),
        # One of one bears more than one of two, or two of three.
        (16, [DENMARK, ZEALAND, JAPAN], Region("asia_pacific", (JAPAN,))),
        (3, [GHANA, DENMARK, ZEALAND], Region("african", (GHANA,))),
        (2, [JAPAN, NEPAL, DENMARK], Region("western_european_and_others", (DENMARK,))),
        (4, [GHANA, KENYA, Office("ML", "african", "Africa/Bamako"), STATES], Region(None, (STATES,))),
        # Of equal parts, the first in the order of the United Nations.
        (3, [STATES, CHILE, GHANA], Region("african", (GHANA,))),
        (16, [ZEALAND, JAPAN], Region("asia_pacific", (JAPAN,))),
    ],
)
def test_the_night_is_of_the_region_with_the_largest_part_asleep(
    hour: int, offices: list[Office], night: Region | None
) -> None:
    assert rules.bore_the_night(utc(hour), HOUR, offices) == night


def test_the_night_counts_the_whole_of_the_webinar() -> None:
    assert rules.bore_the_night(utc(13), HOUR, [JAPAN]) is None
    assert rules.bore_the_night(utc(13), 2 * HOUR, [JAPAN]) == Region("asia_pacific", (JAPAN,))


# In June no two of these have the same clocks.
NINE = [
    "America/Anchorage",  # -8
    "America/Denver",  # -6
    "America/New_York",  # -4
    "Atlantic/Azores",  # 0
    "Europe/Paris",  # +2
    "Asia/Dubai",  # +4
    "Asia/Dhaka",  # +6
    "Asia/Tokyo",  # +9
    "Pacific/Auckland",  # +12
]


@pytest.mark.parametrize(
    ("zones", "own", "shown"),
    [
        ([], "UTC", ["UTC"]),
        (["Asia/Tokyo", "America/Denver"], "UTC", ["America/Denver", "UTC", "Asia/Tokyo"]),
        # Those with the same clocks: where most are, else by the alphabet; the webinar's own before any.
        (["Europe/Paris", "Europe/Berlin", "Europe/Paris"], "UTC", ["UTC", "Europe/Paris"]),
        (["Europe/Rome", "Europe/Paris", "Europe/Berlin"], "UTC", ["UTC", "Europe/Berlin"]),
        (["Europe/Rome", "Europe/Rome", "Asia/Tokyo"], "Europe/Berlin", ["Europe/Berlin", "Asia/Tokyo"]),
        (NINE[4::-1], NINE[1], NINE[:5]),
        (NINE[:6], NINE[0], [NINE[0], NINE[1], NINE[2], NINE[4], NINE[5]]),
        # Of nine, the ends, the middle and between them; the webinar's own in the place of the nearest of those.
        (NINE, NINE[4], NINE[::2]),
        (NINE, NINE[8], NINE[::2]),
        (NINE, NINE[1], [NINE[0], NINE[1], NINE[4], NINE[6], NINE[8]]),
        (NINE[::-1], NINE[7], [NINE[0], NINE[2], NINE[4], NINE[7], NINE[8]]),
        (NINE, NINE[5], [NINE[0], NINE[2], NINE[5], NINE[6], NINE[8]]),
    ],
)
def test_five_zones_from_west_to_east_with_the_webinars_own(zones: Sequence[str], own: str, shown: list[str]) -> None:
    assert rules.across(utc(12), zones, own) == shown


def test_whether_two_zones_have_the_same_clocks_depends_on_the_day() -> None:
    zones = ["Europe/London", "Africa/Lagos"]
    assert rules.across(utc(12), zones, "Asia/Tokyo") == ["Africa/Lagos", "Asia/Tokyo"]
    assert rules.across(utc(12, day=date(2026, 1, 7)), zones, "Asia/Tokyo") == [
        "Europe/London",
        "Africa/Lagos",
        "Asia/Tokyo",
    ]


def test_the_hours_are_compared_with_the_night_of_the_last_webinar() -> None:
    """No eight hours are by day in Chile and in Japan: who slept last time is spared."""
    length = 8 * HOUR
    unknown = seat("ASEAN")
    seats = [seat("CL"), seat("JP"), unknown]
    day, now = date(2026, 6, 10), utc(0)

    def compared(last: Webinar | None) -> rules.Comparison:
        return rules.compare(day, "Europe/Paris", length, seats, last, now)

    def at_hour(hour: int, lasts: timedelta = HOUR) -> Webinar:
        return Webinar(1, 1, "Prevention", utc(hour, day=date(2026, 5, 6)), lasts, "UTC", "")

    first = compared(None)
    assert (first.day, first.zone, first.length) == (day, "Europe/Paris", length)
    assert (first.offices, first.unknown) == ([CHILE, JAPAN], [unknown])
    assert first.slots == rules.slots_of(day, "Europe/Paris", length, [CHILE, JAPAN], now)
    assert first.slots[0].starts_at == utc(1)
    assert (first.last, first.last_night) == (None, None)
    assert first.best == rules.ranked(first.slots, [])[:5]

    night_in_japan = compared(at_hour(17))
    assert night_in_japan.last == at_hour(17)
    assert night_in_japan.last_night == Region("asia_pacific", (JAPAN,))
    assert night_in_japan.best == rules.ranked(first.slots, [JAPAN])[:5]
    night_in_chile = compared(at_hour(5))
    assert night_in_chile.last_night == Region("latin_american_caribbean", (CHILE,))
    assert night_in_chile.best == rules.ranked(first.slots, [CHILE])[:5]
    assert [found.best[0].starts_at.hour for found in (night_in_japan, night_in_chile)] == [1, 13]
    # Three hours from 12:00 reach into Japan's night, one hour does not.
    assert compared(at_hour(12)).last_night is None
    assert compared(at_hour(12, 3 * HOUR)).last_night == Region("asia_pacific", (JAPAN,))
