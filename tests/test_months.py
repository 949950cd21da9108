from datetime import UTC, date, datetime

import pytest

from bot.months import first_working_day, month_after, work_begins
from bot.workplaces import workplace_of_secretariat


@pytest.mark.parametrize(
    ("month", "zone", "country", "first"),
    [
        (date(2026, 1, 15), "America/New_York", None, date(2026, 1, 1)),
        (date(2026, 2, 15), "America/New_York", None, date(2026, 2, 2)),
        (date(2026, 5, 20), "Europe/Brussels", None, date(2026, 5, 4)),
        (date(2026, 8, 31), "Europe/Brussels", None, date(2026, 8, 3)),
        (date(2026, 11, 1), "Europe/Brussels", None, date(2026, 11, 2)),
        (date(2026, 5, 1), "Africa/Cairo", None, date(2026, 5, 3)),
        (date(2026, 8, 15), "Asia/Riyadh", None, date(2026, 8, 2)),
        (date(2026, 8, 15), "Europe/Brussels", "SA", date(2026, 8, 2)),
    ],
)
def test_the_first_working_day_of_a_month(month: date, zone: str, country: str | None, first: date) -> None:
    assert first_working_day(month, workplace_of_secretariat(zone, country)) == first


def test_work_begins_at_nine_there_on_either_side_of_a_clock_change() -> None:
    brussels, cairo, new_york = (
        workplace_of_secretariat(zone, None) for zone in ("Europe/Brussels", "Africa/Cairo", "America/New_York")
    )
    due = work_begins(date(2026, 8, 15), brussels)
    assert due == datetime(2026, 8, 3, 7, tzinfo=UTC)
    assert due.tzinfo is UTC
    assert work_begins(date(2026, 5, 1), cairo) == datetime(2026, 5, 3, 6, tzinfo=UTC)
    assert work_begins(date(2026, 3, 1), new_york) == datetime(2026, 3, 2, 14, tzinfo=UTC)
    assert work_begins(date(2026, 4, 1), new_york) == datetime(2026, 4, 1, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("month", "months", "after"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 1)),
        (date(2026, 12, 5), 1, date(2027, 1, 1)),
        (date(2026, 1, 5), -1, date(2025, 12, 1)),
        (date(2026, 6, 5), 12, date(2027, 6, 1)),
        (date(2026, 6, 5), 0, date(2026, 6, 1)),
    ],
)
def test_months_are_counted_over_the_year(month: date, months: int, after: date) -> None:
    assert month_after(month, months) == after


def test_one_month_is_meant_where_none_is_said() -> None:
    assert month_after(date(2026, 3, 3)) == date(2026, 4, 1)
