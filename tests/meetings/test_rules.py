"""What must hold of any meeting, wherever its clocks stand."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.languages import LANGUAGES, Language
from bot.occasions.record import packed, unpacked
from bot.texts import Reader
from cogs.meetings import rules
from cogs.meetings.planning.fields import hosts_typed
from cogs.meetings.rules import Kind
from storage.meetings.models import Meeting

ZONES = st.sampled_from(
    ["Europe/Brussels", "America/New_York", "Pacific/Auckland", "Asia/Kathmandu", "Africa/Casablanca", "UTC"]
)
DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))


@st.composite
def meetings(draw: st.DrawFn) -> Meeting:
    starts_on, zone = draw(DAYS), draw(ZONES)
    deadline = datetime.combine(starts_on - timedelta(days=draw(st.integers(1, 60))), time(23, 59, 59), ZoneInfo(zone))
    leads = draw(st.sets(st.integers(1, 366), max_size=6))
    return Meeting(
        id=1,
        guild_id=1,
        uid="",
        number=draw(st.none() | st.integers(1, 200)),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=draw(st.integers(0, 6))),
        city="Accra",
        country="GH",
        timezone=zone,
        register_by=draw(st.none() | st.just(deadline)),
        reminders=draw(st.none() | st.just(" ".join(f"{lead}d" for lead in leads) or "none")),
    )


@given(meetings())
def test_reminders_come_at_nine_and_days_at_eight_by_the_clocks_of_the_meeting(meeting: Meeting) -> None:
    for due in rules.reminders(meeting):
        wall = due.due_at.astimezone(ZoneInfo(meeting.timezone))
        assert wall.time() == time(8 if due.series is Kind.DAY else 9)
        assert due.due_at < due.until


@given(meetings())
def test_no_two_reminders_of_a_series_make_sense_at_once(meeting: Meeting) -> None:
    for series in (Kind.COUNTDOWN, Kind.DAY, Kind.DEADLINE, Kind.COUNTS):
        owed = [due for due in rules.reminders(meeting) if due.series is series]
        assert len({due.kind for due in owed}) == len(owed)
        for earlier, later in pairwise(owed):
            assert earlier.due_at < later.due_at
            assert earlier.until <= later.due_at


def test_two_leads_at_one_instant_make_one_reminder() -> None:
    meeting = Meeting(1, 1, "", None, date(2026, 7, 1), date(2026, 7, 1), "Accra", "GH", "UTC", reminders="24h 1d 2h")
    assert [due.kind for due in rules.reminders(meeting)] == ["countdown:24h", "countdown:2h", "day:1"]


@given(meetings())
def test_what_is_kept_until_it_is_confirmed_comes_back_as_it_was(meeting: Meeting) -> None:
    fields = {"starts_on": meeting.starts_on, "number": meeting.number, "hosts": ("DK", "GH"), "country": None}
    if meeting.register_by is not None:
        fields["register_by"] = meeting.register_by.astimezone(UTC)
    assert unpacked(Meeting, packed(Meeting, fields)) == fields


@pytest.mark.parametrize(
    ("typed", "hosts", "partners"),
    [
        ("Denmark and Ghana", ("DK", "GH"), ()),
        ("Bosnia and Herzegovina", ("BA",), ()),
        ("Costa Rica, Denmark and Ghana", ("CR", "DK", "GH"), ()),
        ("Danemark et Ghana; UE", ("DK", "GH", "EU"), ()),
        (
            "EU; Global Centre for the Responsibility to Protect",
            ("EU",),
            ("Global Centre for the Responsibility to Protect",),
        ),
        ("Ghana; Ghana", ("GH",), ()),
        ("Niger", ("NE",), ()),
        ("", (), ()),
    ],
)
def test_hosts_keep_the_order_typed(typed: str, hosts: tuple[str, ...], partners: tuple[str, ...]) -> None:
    assert hosts_typed(typed) == (hosts, partners)


@pytest.mark.parametrize("language", LANGUAGES)
def test_ordinals_are_written_as_each_language_does(language: Language) -> None:
    written = {
        "en": ["1st", "2nd", "3rd", "11th", "12th", "21st", "112th"],
        "fr": ["1re", "2e", "3e", "11e", "12e", "21e", "112e"],
        "es": ["1.ª", "2.ª", "3.ª", "11.ª", "12.ª", "21.ª", "112.ª"],
    }
    assert [Reader(language, "UTC").ordinal(number) for number in (1, 2, 3, 11, 12, 21, 112)] == written[language]


def test_days_are_written_short_within_a_month_and_in_full_across_one() -> None:
    reader = Reader("fr", "UTC")
    assert reader.days(date(2027, 5, 1), date(2027, 5, 3)) == "1er–3 mai 2027"
    assert reader.days(date(2027, 5, 30), date(2027, 6, 1)) == "30 mai 2027 – 1er juin 2027"
    assert reader.days(date(2027, 5, 1), date(2027, 5, 1)) == "1er mai 2027"


def test_what_is_shown_before_it_is_written_has_all_that_was_given() -> None:
    days = {"starts_on": date(2026, 6, 1), "ends_on": date(2026, 6, 2), "city": "Accra", "timezone": "Africa/Accra"}
    shown = Meeting(0, 7, "", None, date(2026, 6, 1), date(2026, 6, 2), "Accra", None, "Africa/Accra")
    assert rules.unsaved(7, days) == shown
    assert rules.unsaved(7, {**days, "number": 15, "country": "GH"}) == replace(shown, number=15, country="GH")
