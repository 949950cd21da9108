from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.ahead import News, Section, Upcoming
from bot.texts import Reader, t
from bot.workplaces import workplace_of_secretariat
from cogs.digests.emails import text_of
from cogs.digests.rules import (
    MONTHLY_KEEPS,
    WEEKLY_KEEPS,
    Monthly,
    Weekly,
    month_of,
    months,
    soon,
    weeks,
    within_horizon,
)

NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)


def test_the_weekly_digests_around_now_are_due_on_mondays_at_half_past_eight() -> None:
    found = weeks(NOW, "Europe/Brussels")
    assert found[0] == ("weekly:2026-03-09", datetime(2026, 3, 9, 7, 30, tzinfo=UTC)), "before the clocks change"
    assert ("weekly:2026-05-04", datetime(2026, 5, 4, 6, 30, tzinfo=UTC)) in found
    assert found[-1] == ("weekly:2026-06-01", datetime(2026, 6, 1, 6, 30, tzinfo=UTC))
    assert len(found) == 13


def test_the_week_is_that_of_the_network() -> None:
    late = datetime(2026, 5, 10, 23, tzinfo=UTC)
    assert weeks(late, "Asia/Tokyo")[8][0] == "weekly:2026-05-11"
    assert weeks(late, "America/New_York")[8][0] == "weekly:2026-05-04"


def test_the_monthly_digests_around_now_are_due_on_first_working_days_at_nine() -> None:
    found = months(NOW, workplace_of_secretariat("Europe/Brussels", None))
    assert [kind for kind, _ in found] == [f"monthly:2026-{month:02}" for month in range(2, 9)]
    assert found[3] == ("monthly:2026-05", datetime(2026, 5, 4, 7, tzinfo=UTC))


def test_the_month_is_that_of_the_secretariat() -> None:
    late = datetime(2026, 4, 30, 22, 30, tzinfo=UTC)
    assert months(late, workplace_of_secretariat("Europe/Brussels", None))[3][0] == "monthly:2026-05"
    assert months(late, workplace_of_secretariat("America/New_York", None))[3][0] == "monthly:2026-04"


def test_a_kind_says_its_month() -> None:
    assert month_of("monthly:2026-11") == date(2026, 11, 1)


@pytest.mark.parametrize(
    ("begins", "is_soon"),
    [
        (NOW - timedelta(days=1), False),
        (NOW - timedelta(hours=23), True),
        (NOW + timedelta(days=14), True),
        (NOW + timedelta(days=14, seconds=1), False),
        (date(2026, 5, 6), True),
        (date(2026, 5, 20), True),
        (date(2026, 5, 21), False),
    ],
)
def test_the_weekly_digest_looks_two_weeks_ahead(begins: datetime | date, is_soon: bool) -> None:
    item = Upcoming("x", begins, "UTC")
    assert soon([item], NOW) == ([item] if is_soon else [])


def test_the_monthly_digest_shows_days_of_two_months_and_all_else() -> None:
    near, far = Upcoming("x", NOW + timedelta(days=62), "UTC"), Upcoming("y", NOW + timedelta(days=63), "UTC")
    shown = within_horizon({Section.MEETINGS: [near, far], Section.DAYS: [near, far]}, NOW)
    assert shown == {Section.MEETINGS: [near, far], Section.DAYS: [near]}
    assert within_horizon({Section.DAYS: [far]}, NOW) == {}


def test_a_digest_without_anything_in_it_is_none() -> None:
    item: Any = object()
    assert [bool(one) for one in (Weekly([], []), Weekly([item], []), Weekly([], [item]))] == [False, True, True]
    shown = {Section.DAYS: [item]}
    assert [bool(one) for one in (Monthly({}, []), Monthly(shown, []), Monthly({}, [item]))] == [False, True, True]


def test_when_a_weekly_digest_is_due_is_said_in_universal_time() -> None:
    assert {due.tzinfo for _, due in weeks(NOW, "Europe/Brussels")} == {UTC}


def test_a_digest_that_is_late_still_makes_sense_for_some_days() -> None:
    assert (timedelta(days=3), timedelta(days=7)) == (WEEKLY_KEEPS, MONTHLY_KEEPS)


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("[Okapi handbook](https://example.org/a) · norm", "Okapi handbook · norm"),
        (r"[Okapi \[draft\] handbook](https://example.org/a_(b) · norm", "Okapi [draft] handbook · norm"),
        ("[one](https://example.org/1), [two](https://example.org/2)", "one, two"),
        ("without a link", "without a link"),
    ],
)
def test_the_monthly_email_has_titles_and_no_links(line: str, written: str) -> None:
    monthly = Monthly({}, [News(t("New"), [line])])
    text = text_of(monthly, date(2026, 12, 1), Reader("en", "UTC"))
    body = "\n".join(Reader("en", "UTC").label(one) for one in text.paragraphs)
    assert f"• {written}" in body
    assert "example.org" not in body
