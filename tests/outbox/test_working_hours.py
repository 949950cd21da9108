"""When people may be written to, and where they work: decided without Discord."""

import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.delivery.working_hours import next_working_moment
from bot.names import delegations
from bot.working_days import is_working_day, load, next_working_day
from bot.workplaces import Workplace, capital_of, workplace_in, workplace_of, workplace_of_secretariat
from storage.members.models import Appointment, Place, Role

NOW = datetime(2026, 3, 11, 12, tzinfo=UTC)
"""A Wednesday."""


def post(role: Role = "focal_point", place: Place | None = None, since: int = 2020, until: int = 2030) -> Appointment:
    return Appointment(1, 7, 1, 1, role, "", "", date(since, 1, 1), date(until, 1, 1), place)


@pytest.mark.parametrize(
    ("now", "zone", "moment"),
    [
        ("2026-03-11T07:59:59+00:00", "UTC", "2026-03-11T08:00:00+00:00"),
        ("2026-03-11T08:00:00+00:00", "UTC", "2026-03-11T08:00:00+00:00"),
        ("2026-03-11T19:59:59+00:00", "UTC", "2026-03-11T19:59:59+00:00"),
        ("2026-03-11T20:00:00+00:00", "UTC", "2026-03-12T08:00:00+00:00"),
        ("2026-03-13T20:00:00+00:00", "UTC", "2026-03-16T08:00:00+00:00"),
        ("2026-03-14T12:00:00+00:00", "UTC", "2026-03-16T08:00:00+00:00"),
        # Friday and Saturday are Bangladesh's weekend and Saudi Arabia's: Sunday is a working day.
        ("2026-03-13T06:00:00+00:00", "Asia/Dhaka", "2026-03-15T02:00:00+00:00"),
        ("2026-03-15T06:00:00+00:00", "Asia/Dhaka", "2026-03-15T06:00:00+00:00"),
        ("2026-03-12T17:00:00+00:00", "Asia/Riyadh", "2026-03-15T05:00:00+00:00"),
        ("2026-03-15T06:00:00+00:00", "Asia/Riyadh", "2026-03-15T06:00:00+00:00"),
        ("2026-03-13T12:00:00+00:00", "Asia/Dubai", "2026-03-13T12:00:00+00:00"),
        # Those who were once written to at 00:02 and 04:02.
        ("2026-03-10T15:02:00+00:00", "Asia/Tokyo", "2026-03-10T23:00:00+00:00"),
        ("2026-03-10T15:02:00+00:00", "Pacific/Auckland", "2026-03-10T19:00:00+00:00"),
        # In the evening it is tomorrow already in UTC.
        ("2026-03-11T01:00:00+00:00", "America/Los_Angeles", "2026-03-11T01:00:00+00:00"),
        # Labour Day is a Friday, and before it and after it people work.
        ("2026-04-30T17:59:59+00:00", "Europe/Paris", "2026-04-30T17:59:59+00:00"),
        ("2026-05-01T09:00:00+00:00", "Europe/Paris", "2026-05-04T06:00:00+00:00"),
        # Copenhagen's clocks go forward on Sunday 29 March and back on Sunday 25 October.
        ("2026-03-27T20:00:00+00:00", "Europe/Copenhagen", "2026-03-30T06:00:00+00:00"),
        ("2026-10-24T12:00:00+00:00", "Europe/Copenhagen", "2026-10-26T07:00:00+00:00"),
        # Twelve days without a working day: the longest that the library knows.
        ("2025-03-20T09:00:00+00:00", "Asia/Baku", "2025-04-01T04:00:00+00:00"),
    ],
)
def test_people_are_written_to_from_eight_to_twenty_on_working_days(now: str, zone: str, moment: str) -> None:
    found = next_working_moment(datetime.fromisoformat(now), workplace_in(zone))
    assert found == datetime.fromisoformat(moment)
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    ("day", "place", "works"),
    [
        # Easter Monday is a public holiday in England and not in Scotland; Geneva has a day of its own.
        (date(2026, 4, 6), Workplace("Europe/London", "GB", "ENG"), False),
        (date(2026, 4, 6), Workplace("Europe/London", "GB", "SCT"), True),
        (date(2026, 9, 10), Workplace("Europe/Zurich", "CH", "GE"), False),
        (date(2026, 9, 10), Workplace("Europe/Zurich", "CH", "BE"), True),
        # Where no country is known, and where the library knows none, only Saturday and Sunday are free.
        (date(2026, 1, 1), Workplace("UTC"), True),
        (date(2026, 1, 3), Workplace("UTC"), False),
        (date(2026, 1, 4), Workplace("UTC"), False),
        (date(2026, 1, 5), Workplace("UTC"), True),
        (date(2026, 1, 1), Workplace("UTC", "ZZ"), True),
        (date(2026, 1, 4), Workplace("UTC", "ZZ"), False),
    ],
)
def test_days_of_rest_are_those_of_the_country_and_of_its_region(day: date, place: Workplace, *, works: bool) -> None:
    assert is_working_day(day, place) is works


async def test_every_capital_has_days_of_rest_in_the_library() -> None:
    await load()
    year = [date(2027, 1, 1) + timedelta(days=n) for n in range(365)]
    for code in delegations():
        place = capital_of(code)
        assert place is not None, code
        works = [day for day in year if is_working_day(day, place)]
        assert 210 < len(works) < 313, code
        assert 5 <= len({day.weekday() for day in works}) <= 6, code


@pytest.mark.parametrize(
    ("posts", "typed", "place"),
    [
        ([("JP", post())], None, Workplace("Asia/Tokyo", "JP")),
        ([("EU", post())], None, Workplace("Europe/Brussels", "BE")),
        ([("OAS", post())], None, Workplace("America/New_York", "US", "DC")),
        ([("JP", post("mission"))], None, Workplace("America/New_York", "US", "NY")),
        ([("JP", post("mission", "new_york"))], None, Workplace("America/New_York", "US", "NY")),
        ([("JP", post("mission", "geneva"))], None, Workplace("Europe/Zurich", "CH", "GE")),
        # At a mission one is there, whatever else one is; else the first role counts.
        ([("JP", post()), ("JP", post("mission", "geneva"))], None, Workplace("Europe/Zurich", "CH", "GE")),
        ([("GH", post("adviser")), ("JP", post())], None, Workplace("Asia/Tokyo", "JP")),
        ([("GH", post("alternate")), ("JP", post("adviser"))], None, Workplace("Africa/Accra", "GH")),
        ([("GH", post("alternate")), ("JP", post())], None, Workplace("Asia/Tokyo", "JP")),
        # What is held now counts; else the latest.
        ([("JP", post(since=2027)), ("GH", post())], None, Workplace("Africa/Accra", "GH")),
        ([("JP", post(since=2027)), ("GH", post(until=2025))], None, Workplace("Asia/Tokyo", "JP")),
        ([("JP", post(until=2025)), ("GH", post("mission", until=2024))], None, Workplace("Asia/Tokyo", "JP")),
        # An organisation that no list has: nothing is known, unless somebody typed it.
        ([("ASEAN", post())], None, None),
        ([("ASEAN", post()), ("GH", post("adviser"))], None, Workplace("Africa/Accra", "GH")),
        ([("ASEAN", post())], "Asia/Jakarta", Workplace("Asia/Jakarta", "ID")),
        ([], None, None),
        ([], "Africa/Accra", Workplace("Africa/Accra", "GH")),
        # A typed zone is where the clocks are. Where they show the capital's time, the days of rest are the capital's.
        ([("DK", post())], "Europe/Berlin", Workplace("Europe/Berlin", "DK")),
        ([("DK", post())], "America/New_York", Workplace("America/New_York", "US", "DC")),
        ([("DK", post())], "UTC", Workplace("UTC", "DK")),
        ([("DK", post("mission"))], "America/New_York", Workplace("America/New_York", "US", "NY")),
    ],
)
def test_where_somebody_works(posts: list[tuple[str, Appointment]], typed: str | None, place: Workplace | None) -> None:
    assert workplace_of(posts, typed, NOW) == place


@pytest.mark.parametrize(
    ("zone", "country", "place"),
    [
        ("America/New_York", None, Workplace("America/New_York", "US", "DC")),
        ("America/New_York", "US", Workplace("America/New_York", "US", "DC")),
        ("Europe/Brussels", "DK", Workplace("Europe/Brussels", "DK")),
        ("Europe/Brussels", "GB", Workplace("Europe/Brussels", "GB", "ENG")),
        ("UTC", None, Workplace("UTC")),
        ("UTC", "GH", Workplace("UTC", "GH")),
    ],
)
def test_the_secretariat_keeps_the_days_of_its_country(zone: str, country: str | None, place: Workplace) -> None:
    assert workplace_of_secretariat(zone, country) == place


def test_the_next_working_day_is_the_day_itself_where_people_work_on_it() -> None:
    accra = Workplace("Africa/Accra", "GH")
    assert next_working_day(date(2026, 3, 5), accra) == date(2026, 3, 5)
    # Independence Day is a Friday.
    assert next_working_day(date(2026, 3, 6), accra) == date(2026, 3, 9)


def test_starting_does_not_read_the_library() -> None:
    code = "import sys, bot.app, cogs.members, bot.delivery.engine; print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_zone_of_the_machine_decides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    saturday_in_auckland = datetime(2026, 3, 13, 12, tzinfo=UTC)
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "Pacific/Niue")
        time.tzset()
        moment = next_working_moment(saturday_in_auckland, Workplace("Pacific/Auckland", "NZ"))
    time.tzset()
    assert moment == datetime(2026, 3, 15, 19, tzinfo=UTC)
