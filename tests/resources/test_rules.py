from datetime import UTC, date, datetime

import pytest

from cogs.resources.monthly_note.rules import first_working_day, month_after, months_ahead, note_due


@pytest.mark.parametrize(
    ("month", "zone", "first"),
    [
        (date(2026, 5, 20), "Europe/Brussels", date(2026, 5, 4)),
        (date(2026, 8, 31), "Europe/Brussels", date(2026, 8, 3)),
        (date(2026, 11, 1), "Europe/Brussels", date(2026, 11, 2)),
        (date(2026, 5, 1), "Africa/Cairo", date(2026, 5, 3)),
    ],
)
def test_the_first_working_day_of_a_month(month: date, zone: str, first: date) -> None:
    assert first_working_day(month, zone) == first


def test_the_note_falls_due_at_nine_there() -> None:
    due = note_due(date(2026, 8, 15), "Europe/Brussels")
    assert due == datetime(2026, 8, 3, 7, tzinfo=UTC)
    assert due.tzinfo is UTC
    assert note_due(date(2026, 5, 1), "Africa/Cairo") == datetime(2026, 5, 3, 6, tzinfo=UTC)


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


def test_a_year_of_notes_is_ahead() -> None:
    before, after = datetime(2026, 5, 4, 6, 59, tzinfo=UTC), datetime(2026, 5, 4, 7, tzinfo=UTC)
    months = [month_after(date(2026, 5, 1), n) for n in range(13)]
    assert months_ahead(before, "Europe/Brussels") == months
    assert months_ahead(after, "Europe/Brussels") == months[1:]
    assert months_ahead(datetime(2026, 4, 30, 22, 30, tzinfo=UTC), "Europe/Brussels") == months, "it is May there"
