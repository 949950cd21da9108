"""Typed local times against zoneinfo, over every zone it has."""

from datetime import UTC, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.timeparse import parse_instant, with_offset

ZONES = sorted(available_timezones() - {"localtime", "Factory"})
zones = st.sampled_from(ZONES)
instants = st.integers(0, 90 * 366 * 24 * 60).map(
    lambda minutes: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
formats = st.sampled_from(["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M:%S", "%d %B %Y %I:%M %p"])


@cache
def changes(name: str) -> list[datetime]:
    """Return, in UTC, the changes of clocks in a zone from 1990 to 2037, found by halving months."""
    zone = ZoneInfo(name)
    found: list[datetime] = []
    low = datetime(1990, 1, 1, tzinfo=UTC)
    while low.year < 2038:
        high = low + timedelta(days=10)
        left, right = low, high
        if left.astimezone(zone).utcoffset() != right.astimezone(zone).utcoffset():
            while right - left > timedelta(minutes=1):
                middle = left + (right - left) / 2
                same = middle.astimezone(zone).utcoffset() == low.astimezone(zone).utcoffset()
                left, right = (middle, right) if same else (left, middle)
            found.append(right.replace(second=0, microsecond=0))
        low = high
    return found


def showing(wall: datetime, name: str) -> list[datetime]:
    """Return every instant at which clocks in the zone show ``wall``, without asking zoneinfo about wall times."""
    zone = ZoneInfo(name)
    around = [wall.replace(tzinfo=UTC) + timedelta(minutes=30 * step) for step in range(-60, 61)]
    offsets = {instant.astimezone(zone).utcoffset() for instant in around}
    candidates = {wall.replace(tzinfo=UTC) - offset for offset in offsets if offset is not None}
    return sorted(c for c in candidates if c.astimezone(zone).replace(tzinfo=None) == wall)


def check(wall: datetime, zone: str, pattern: str) -> None:
    expected = showing(wall, zone)
    now = wall.replace(tzinfo=UTC)
    typed = wall.strftime(pattern)
    if len(expected) == 1:
        assert parse_instant(typed, zone, now=now, language="en") == expected[0]
        return
    with pytest.raises(UserError) as caught:
        parse_instant(typed, zone, now=now, language="en")
    values = caught.value.text.values
    if expected:
        ways_out = [str(values["first"]), str(values["second"])]
        assert [parse_instant(way, zone, now=now, language="en") for way in ways_out] == expected
    else:
        ways_out = [str(values["earlier"]), str(values["later"])]
        before, after = (parse_instant(way, zone, now=now, language="en") for way in ways_out)
        assert before < after


@given(instants, zones, formats)
def test_a_local_time_is_the_instant_it_was_written_from(instant, zone, pattern):
    check(instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone, pattern)


@given(zones, st.integers(0), st.integers(-95, 95), st.booleans(), formats)
def test_around_a_clock_change_only_real_single_times_are_read(zone, which, minutes, after, pattern):
    found = changes(zone)
    if not found:
        return
    change = found[which % len(found)]
    offset = (change + timedelta(minutes=5 if after else -5)).astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None
    check(change.replace(tzinfo=None) + offset + timedelta(minutes=minutes), zone, pattern)


@given(instants, zones)
def test_a_time_with_its_offset_is_never_in_doubt(instant, zone):
    typed = with_offset(instant.astimezone(ZoneInfo(zone)))
    assert parse_instant(typed, "Pacific/Apia", now=instant, language="fr") == instant
