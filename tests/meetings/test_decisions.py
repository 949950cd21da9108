"""The counts of a meeting, its days, and when each of its reminders is owed and until when."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.audience import unanswered
from cogs.meetings import rules
from cogs.meetings.report.rules import report
from cogs.meetings.rules import Kind, Reminder
from storage.meetings.models import Meeting, Registration, Session

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DEADLINE = datetime(2026, 3, 31, 21, 59, 59, tzinfo=UTC)
"""The end of 31 March in Brussels, two days after its summer time began."""


def meeting(**fields: Any) -> Meeting:
    values: dict[str, Any] = {
        "starts_on": date(2026, 4, 15),
        "ends_on": date(2026, 4, 16),
        "timezone": "Europe/Brussels",
    }
    return Meeting(1, 1, "", **{"number": None, "city": "Brussels", "country": "BE", **values, **fields})


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def answer(code: str, attendance: Any = "in_person", representative: Any = "capital") -> Registration:
    came = representative if attendance != "not_attending" else None
    return Registration(1, 1, code, attendance, came, "", "delegation", NOW)


def session(starts_at: datetime, minutes: int = 60) -> Session:
    return Session(1, 1, 1, "", starts_at, minutes, "plenary", "Opening")


# Counts

ANSWERS = [
    answer("GH"),
    answer("RW", representative="mission"),
    answer("DK", "online"),
    answer("KR", "online", "mission"),
    answer("US"),
    answer("EU", representative="mission"),
    answer("OAS"),
    answer("SE", "not_attending"),
]


def test_a_report_counts_countries_organisations_and_how_they_came() -> None:
    found = report(meeting(panelists=4, observers=2, countries=99), ANSWERS)
    assert (found.countries, found.at_least, found.organisations) == (5, False, 2)
    assert (found.from_capital, found.from_mission, found.in_person, found.online) == (4, 3, 5, 2)
    assert (found.panelists, found.observers) == (4, 2)
    assert found.by_region == [
        ("african", 1, 1),
        ("asia_pacific", 0, 1),
        ("western_european_and_others", 1, 0),
        ("EU", 0, 1),
        ("OAS", 1, 0),
        ("US", 1, 0),
    ]


def test_a_region_counts_all_who_came_in_the_same_way() -> None:
    found = report(meeting(), [answer("GH"), answer("NG"), answer("RW", representative="mission"), answer("SN")])
    assert found.by_region == [("african", 3, 1)]


def test_a_meeting_ahead_without_answers_counts_none() -> None:
    found = report(meeting(), [answer("SE", "not_attending")])
    assert (found.countries, found.organisations, found.from_capital, found.online) == (0, 0, 0, 0)
    assert (found.from_mission, found.in_person, found.at_least, found.by_region) == (0, 0, False, [])


@pytest.mark.parametrize(
    ("fields", "countries", "at_least"),
    [
        ({"countries": 39}, 39, False),
        ({"countries_more_than": 50}, 50, True),
        ({"countries": 39, "countries_more_than": 50}, 39, False),
        ({}, None, False),
    ],
)
def test_a_recorded_meeting_without_answers_has_the_counts_of_the_record(
    fields: dict[str, int], countries: int | None, at_least: bool
) -> None:
    found = report(meeting(is_recorded=True, **fields), [])
    assert (found.countries, found.at_least) == (countries, at_least)
    assert (found.from_capital, found.from_mission, found.in_person, found.online) == (None, None, None, None)


def test_a_recorded_meeting_with_answers_counts_them() -> None:
    found = report(meeting(is_recorded=True, countries_more_than=50), ANSWERS)
    assert (found.countries, found.at_least, found.from_capital) == (5, False, 4)


def test_whoever_gave_no_answer_is_unanswered() -> None:
    assert unanswered(["GH", "SE", "MX"], ANSWERS) == {"MX"}


def test_the_last_day_of_registering_is_a_day_where_the_meeting_is() -> None:
    # 20:00 UTC on 30 March is 9:00 on 31 March in Auckland.
    closes = datetime(2026, 3, 30, 20, tzinfo=UTC)
    due = rules.reminder(meeting(timezone="Pacific/Auckland", register_by=closes), f"{Kind.DEADLINE.value}:1d")
    assert due is not None
    assert due.due_at == utc(3, 29, 20)


def test_missing_numbers_are_those_below_the_highest() -> None:
    assert rules.missing_numbers([meeting(number=n) for n in (2, 5, None)]) == [1, 3, 4]
    assert rules.missing_numbers([meeting(number=1)]) == rules.missing_numbers([]) == []
    assert rules.missing_numbers([meeting()]) == []


# Days


def test_a_session_is_on_the_day_that_it_is_there() -> None:
    assert rules.day_of(session(utc(4, 15, 21, 59)), meeting()) == date(2026, 4, 15)
    assert rules.day_of(session(utc(4, 15, 22)), meeting()) == date(2026, 4, 16)


def test_a_session_moves_with_its_meeting_at_the_same_time_of_day() -> None:
    old = meeting(starts_on=date(2026, 3, 27), ends_on=date(2026, 3, 28))
    later = meeting(starts_on=date(2026, 3, 30), ends_on=date(2026, 3, 31))
    assert rules.moved(session(utc(3, 27, 9)), old, later) == utc(3, 30, 8)
    elsewhere = meeting(starts_on=date(2026, 3, 27), ends_on=date(2026, 3, 28), timezone="Africa/Accra")
    assert rules.moved(session(utc(3, 27, 9)), old, elsewhere) == utc(3, 27, 10)


def test_sessions_outside_the_days_are_found() -> None:
    days = [session(utc(4, day, 10)) for day in (14, 15, 16, 17)]
    assert rules.left_outside(days, meeting()) == [days[0], days[3]]


def test_a_meeting_is_on_from_its_first_session_to_its_last() -> None:
    assert rules.opens_and_closes(meeting(), []) == (utc(4, 15, 7), utc(4, 16, 16))
    first, second = session(utc(4, 15, 8)), session(utc(4, 15, 12))
    early, last = session(utc(4, 16, 9)), session(utc(4, 16, 10), 300)
    assert rules.opens_and_closes(meeting(), [second, first, last, early]) == (utc(4, 15, 8), utc(4, 16, 15))
    assert rules.opens_and_closes(meeting(), [first]) == (utc(4, 15, 8), utc(4, 16, 16))
    assert rules.opens_and_closes(meeting(), [early]) == (utc(4, 15, 7), utc(4, 16, 10))


# Reminders


def dues(one: Meeting, series: Kind) -> list[Reminder]:
    return [due for due in rules.reminders(one) if due.series is series]


def test_a_meeting_counts_down_at_nine_until_it_opens() -> None:
    opens = utc(4, 15, 6)
    ninety, thirty, day = utc(1, 15, 8), utc(3, 16, 8), utc(4, 14, 7)
    assert dues(meeting(reminders="90d 30d 1d"), Kind.COUNTDOWN) == [
        Reminder(Kind.COUNTDOWN, "90d", ninety, thirty, timedelta(days=90)),
        Reminder(Kind.COUNTDOWN, "30d", thirty, day, timedelta(days=30)),
        Reminder(Kind.COUNTDOWN, "1d", day, opens, timedelta(days=1)),
    ]


def test_by_itself_it_is_90_60_30_14_7_and_1_day_ahead() -> None:
    marks = [due.mark for due in dues(meeting(), Kind.COUNTDOWN)]
    assert marks == ["90d", "60d", "30d", "14d", "7d", "1d"]
    assert [str(lead) for lead in rules.leads_of(meeting())] == marks
    assert dues(meeting(reminders="none"), Kind.COUNTDOWN) == []


def test_a_lead_in_hours_is_that_many_hours_before_nine_on_the_first_day() -> None:
    over_the_change = meeting(starts_on=date(2026, 3, 29), ends_on=date(2026, 3, 29), reminders="24h 2h")
    assert [due.due_at for due in dues(over_the_change, Kind.COUNTDOWN)] == [utc(3, 28, 7), utc(3, 29, 5)]
    (one,) = dues(meeting(reminders="2h"), Kind.COUNTDOWN)
    assert (one.due_at, one.until) == (utc(4, 15, 5), utc(4, 15, 6))


def test_what_would_come_when_it_has_opened_is_not_owed() -> None:
    assert [due.mark for due in dues(meeting(reminders="1d 1h"), Kind.COUNTDOWN)] == ["1d"]
    (day,) = dues(meeting(reminders="1d 1h"), Kind.COUNTDOWN)
    assert day.until == utc(4, 15, 6), "not until one that is not owed"


def test_each_day_opens_at_eight_until_its_midnight() -> None:
    assert dues(meeting(), Kind.DAY) == [
        Reminder(Kind.DAY, "1", utc(4, 15, 6), utc(4, 15, 22), timedelta(days=1)),
        Reminder(Kind.DAY, "2", utc(4, 16, 6), utc(4, 16, 22), timedelta(days=1)),
    ]


@pytest.mark.parametrize("series", [Kind.DEADLINE, Kind.COUNTS])
def test_the_deadline_is_reminded_of_14_3_and_1_day_ahead(series: Kind) -> None:
    fourteen, three, one = utc(3, 17, 8), utc(3, 28, 8), utc(3, 30, 7)
    assert dues(meeting(register_by=DEADLINE), series) == [
        Reminder(series, "14d", fourteen, three, timedelta(days=14)),
        Reminder(series, "3d", three, one, timedelta(days=3)),
        Reminder(series, "1d", one, DEADLINE, timedelta(days=1)),
    ]
    assert dues(meeting(), series) == []


def test_nothing_is_owed_of_a_cancelled_or_recorded_meeting() -> None:
    assert rules.reminders(meeting(cancelled_at=NOW)) == []
    assert rules.reminders(meeting(is_recorded=True)) == []


def test_a_reminder_is_found_by_its_kind() -> None:
    one = meeting(register_by=DEADLINE)
    for due in rules.reminders(one):
        assert rules.reminder(one, due.kind) == due
    assert len({due.kind for due in rules.reminders(one)}) == 6 + 2 + 3 + 3
    assert rules.reminder(one, "countdown:45d") is None


def test_registration_closes_at_the_deadline_else_when_the_first_day_begins() -> None:
    assert rules.registration_closes(meeting(register_by=DEADLINE)) == DEADLINE
    assert rules.registration_closes(meeting()) == rules.first_instant(meeting()) == utc(4, 14, 22)
    assert rules.last_instant(meeting()) == utc(4, 16, 22)


@pytest.mark.parametrize(
    ("register_by", "ends"),
    [
        (utc(3, 31, 22), date(2026, 3, 31)),
        (utc(3, 31, 22) - timedelta(seconds=59), date(2026, 3, 31)),
        (utc(3, 31, 22) + timedelta(seconds=1), utc(3, 31, 22) + timedelta(seconds=1)),
        (utc(3, 31, 21, 59), utc(3, 31, 21, 59)),
        (utc(3, 31, 15), utc(3, 31, 15)),
        (utc(3, 31, 14, 0), utc(3, 31, 14, 0)),
        (None, date(2026, 4, 14)),
    ],
)
def test_registration_ends_with_a_day_where_the_deadline_is_its_end_in_brussels(
    register_by: datetime | None, ends: datetime | date
) -> None:
    assert rules.registration_ends(meeting(register_by=register_by)) == ends


def test_annual_meetings_300_days_apart_are_two() -> None:
    planned, day = meeting(kind="annual"), timedelta(days=1)
    found = [
        rules.too_near(planned, [replace(planned, id=2, starts_on=planned.starts_on + apart)])
        for apart in (299 * day, -299 * day, 300 * day, -300 * day)
    ]
    assert [one is not None for one in found] == [True, True, False, False]
