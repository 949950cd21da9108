from datetime import UTC, datetime, timedelta

from bot.occasions.leads import DueLead, before
from bot.timeparse import Lead
from cogs.webinars.rules import is_over, reminders, unsaved
from storage.webinars.models import Webinar

# The summer time of Brussels begins on 29 March 2026.
START = datetime(2026, 3, 29, 16, tzinfo=UTC)
WEBINAR = Webinar(1, 1, "Prevention", START, timedelta(hours=1), "Europe/Brussels", "", reminders="7d 1d 20h")


def test_a_day_is_a_calendar_day_and_an_hour_is_an_hour() -> None:
    assert before(WEBINAR.starts_at, Lead(1, "d"), WEBINAR.timezone) == datetime(2026, 3, 28, 17, tzinfo=UTC)
    assert before(WEBINAR.starts_at, Lead(24, "h"), WEBINAR.timezone) == datetime(2026, 3, 28, 16, tzinfo=UTC)
    assert before(WEBINAR.starts_at, Lead(1, "d"), WEBINAR.timezone).tzinfo is UTC


def test_each_reminder_makes_sense_until_the_next_or_the_start() -> None:
    week, day, hours = (
        datetime(2026, 3, 22, 17, tzinfo=UTC),
        datetime(2026, 3, 28, 17, tzinfo=UTC),
        datetime(2026, 3, 28, 20, tzinfo=UTC),
    )
    assert reminders(WEBINAR) == [
        DueLead(Lead(7, "d"), week, day),
        DueLead(Lead(1, "d"), day, hours),
        DueLead(Lead(20, "h"), hours, START),
    ]


def test_it_is_over_when_it_ends() -> None:
    assert not is_over(WEBINAR, START + timedelta(minutes=59))
    assert is_over(WEBINAR, START + timedelta(hours=1))


def test_what_is_shown_before_it_is_written_has_all_that_was_given() -> None:
    given = {"title": "Prevention", "starts_at": START, "length": timedelta(hours=1), "timezone": "UTC", "link": "l"}
    assert unsaved(7, given) == Webinar(0, 7, "Prevention", START, timedelta(hours=1), "UTC", "l")
