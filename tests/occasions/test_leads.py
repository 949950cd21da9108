"""Counting back from a start: instants, how long each reminder makes sense, and what a lead is called."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.occasions.leads import DueLead, at, before, lead_named, mark_named, series
from bot.timeparse import Lead, parse_leads

# The summer time of Brussels begins on 29 March 2026.
START = datetime(2026, 3, 29, 16, tzinfo=UTC)
BRUSSELS = "Europe/Brussels"


def test_a_wall_clock_is_an_instant_in_utc() -> None:
    found = at(date(2026, 3, 28), time(9, 30), BRUSSELS)
    assert found == datetime(2026, 3, 28, 8, 30, tzinfo=UTC)
    assert found.tzinfo is UTC


def test_a_day_is_a_calendar_day_and_an_hour_is_an_hour() -> None:
    assert before(START, Lead(1, "d"), BRUSSELS) == datetime(2026, 3, 28, 17, tzinfo=UTC)
    assert before(START, Lead(24, "h"), BRUSSELS) == datetime(2026, 3, 28, 16, tzinfo=UTC)
    local = START.astimezone(None)
    assert before(local, Lead(24, "h"), BRUSSELS).tzinfo is UTC
    far = before(datetime(2026, 4, 1, 20, tzinfo=UTC), Lead(1, "d"), "Pacific/Auckland")
    assert far == datetime(2026, 3, 31, 20, tzinfo=UTC)


def test_each_reminder_makes_sense_until_the_next_or_the_end() -> None:
    leads = parse_leads("20h 1d 7d")
    week, day, hours = (datetime(2026, 3, d, h, tzinfo=UTC) for d, h in ((22, 17), (28, 17), (28, 20)))
    due = [DueLead(Lead(7, "d"), week, day), DueLead(Lead(1, "d"), day, hours), DueLead(Lead(20, "h"), hours, START)]
    assert series(leads, START, BRUSSELS) == due
    assert series(reversed(leads), START, BRUSSELS) == due
    ends = day + timedelta(hours=1)
    assert series(leads, START, BRUSSELS, ends) == [due[0], DueLead(Lead(1, "d"), day, ends)]


def test_of_two_at_one_instant_one_is_left_and_without_leads_none() -> None:
    june = datetime(2026, 6, 10, 16, tzinfo=UTC)
    [one] = series((Lead(24, "h"), Lead(1, "d")), june, BRUSSELS)
    assert (one.at, one.until) == (june - timedelta(days=1), june)
    assert series((), june, BRUSSELS) == []


@pytest.mark.parametrize(("mark", "count"), [("1h", 1), ("48h", 48), ("1d", 1), ("90d", 90)])
def test_a_mark_is_named_by_its_number_and_unit(mark: str, count: int) -> None:
    named = mark_named(mark)
    assert named.count == count
    assert ("hour" in named.singular) is mark.endswith("h")
    assert ("day" in named.singular) is mark.endswith("d")
    assert named == lead_named(parse_leads(mark)[0])
