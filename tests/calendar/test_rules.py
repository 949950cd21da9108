"""Which days a network prepares for, and when each comes next."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.texts import Reader
from cogs.calendar import rules
from storage.calendar_entries.models import CalendarEntry

READER = Reader("en", "UTC")
KEY = "genocide_prevention"


def entry(number: int = 7, *, removed: bool = False, yearly: bool = False) -> CalendarEntry:
    return CalendarEntry(
        id=number,
        guild_id=1,
        title="World Day",
        day=date(2027, 3, 9),
        is_yearly=yearly,
        link="https://example.org",
        description="Why",
        sequence=3,
        removed_at=datetime(2027, 1, 1, tzinfo=UTC) if removed else None,
    )


def test_the_days_are_the_bots_own_and_those_that_were_added() -> None:
    own, added = rules.days_of(1, [entry()], (), READER)
    assert (own.value, own.uid, own.first, own.is_yearly) == (KEY, f"day-1-{KEY}", date(2026, 12, 9), True)
    assert (own.link, own.sequence, own.is_removed) == ("https://undocs.org/A/RES/69/323", 0, False)
    assert (own.title, own.description) == (
        READER.label(rules.OWN_DAYS[0].title),
        READER.label(rules.OWN_DAYS[0].description),
    )
    assert (added.value, added.uid, added.title, added.first) == ("#7", "day-1-7", "World Day", date(2027, 3, 9))
    assert (added.is_yearly, added.link, added.description) == (False, "https://example.org", "Why")
    assert (added.sequence, added.is_removed) == (3, False)


def test_what_was_removed_says_so() -> None:
    own, added, other = rules.days_of(1, [entry(removed=True), entry(8, yearly=True)], {KEY, "another"}, READER)
    assert (own.sequence, own.is_removed, added.is_removed) == (1, True, True)
    assert (other.is_yearly, other.is_removed) == (True, False)


@pytest.mark.parametrize(
    ("first", "today", "is_yearly", "comes"),
    [
        (date(2027, 3, 9), date(2027, 3, 8), False, date(2027, 3, 9)),
        (date(2027, 3, 9), date(2027, 3, 9), False, date(2027, 3, 9)),
        (date(2027, 3, 9), date(2027, 3, 10), False, None),
        (date(2030, 3, 9), date(2027, 5, 1), True, date(2030, 3, 9)),
        (date(2020, 3, 9), date(2027, 3, 8), True, date(2027, 3, 9)),
        (date(2020, 3, 9), date(2027, 3, 9), True, date(2027, 3, 9)),
        (date(2020, 3, 9), date(2027, 3, 10), True, date(2028, 3, 9)),
    ],
)
def test_when_a_day_comes_next(first: date, today: date, is_yearly: bool, comes: date | None) -> None:
    assert rules.next_on(first, today, is_yearly=is_yearly) == comes


@pytest.mark.parametrize(
    ("day", "is_yearly", "refused"),
    [
        (date(2028, 2, 29), True, True),
        (date(2028, 2, 29), False, False),
        (date(2028, 2, 28), True, False),
        (date(2028, 3, 29), True, False),
        (date(2027, 1, 1), False, False),
        (date(2026, 12, 31), False, True),
        (date(2026, 12, 31), True, False),
    ],
)
def test_which_days_cannot_be_added(day: date, is_yearly: bool, refused: bool) -> None:
    assert (rules.cannot_be(day, date(2027, 1, 1), is_yearly=is_yearly) is not None) is refused


@pytest.mark.parametrize(
    ("title", "first", "yearly", "other_yearly", "removed", "same"),
    [
        ("WORLD  day", date(2027, 3, 9), False, False, False, True),
        ("World Day", date(2028, 3, 9), False, False, False, False),
        ("World Day", date(2028, 3, 9), True, False, False, True),
        ("World Day", date(2028, 3, 9), False, True, False, True),
        ("World Day", date(2028, 3, 10), True, True, False, False),
        ("World Day", date(2028, 4, 9), True, True, False, False),
        ("Another", date(2027, 3, 9), False, False, False, False),
        ("World Day", date(2027, 3, 9), False, False, True, False),
    ],
)
def test_which_day_is_there_already(
    title: str, first: date, yearly: bool, other_yearly: bool, removed: bool, same: bool
) -> None:
    *_, other = rules.days_of(1, [entry(removed=removed, yearly=other_yearly)], (), READER)
    assert rules.is_same(title, first, other, rules.titles_of(other), is_yearly=yearly) is same


def test_a_day_of_the_bots_own_has_a_title_in_each_language() -> None:
    own, added = rules.days_of(1, [entry()], (), READER)
    titles = rules.titles_of(own)
    assert titles == [Reader(language, "UTC").label(rules.OWN_DAYS[0].title) for language in ("en", "fr", "es")]
    assert len(set(titles)) == 3
    assert rules.titles_of(added) == ["World Day"]


def test_a_removed_day_is_struck_out_for_thirty_days() -> None:
    assert timedelta(days=30) == rules.STRUCK_OUT_FOR
