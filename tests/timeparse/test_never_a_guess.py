"""Whatever is typed is read, or asked back in a sentence; nothing else comes out."""

import re
from collections.abc import Callable
from datetime import UTC, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserError
from bot.timeparse import (
    parse_day,
    parse_deadline,
    parse_duration,
    parse_instant,
    parse_leads,
    parse_zone,
    written_leads,
    zone_choices,
)
from tests.timeparse.asking import BRUSSELS, NOW

T = TypeVar("T")
WORDS = re.split(
    " ",
    "at a las à 3 12 31 15:00 3pm 15h 15h30 2027 2027-03-12 03/04/2027 march mars marzo mar 1er tomorrow demain "
    "mañana de la tarde tonight next prochain tuesday mardi in dans en hours 2 days semaines 99999 -5 +02:00 utc z "
    "cet - , ( paris midnight noon 24:00 <t:1800000000> 7d 24h none aucun ½ ٣ \uff11\uff12 \u200b 😀 que viene an hour "
    "and a half past quarter to y menos media cuarto et demie moins le quart heures una tres midi mediodía",
)
typed_texts = st.one_of(st.text(max_size=40), st.lists(st.sampled_from(WORDS), max_size=9).map(" ".join))


def attempt(read: Callable[[], T]) -> T | None:
    """Return what is read, or None where it is asked back; any other error fails the test."""
    try:
        return read()
    except UserError:
        return None


@given(typed_texts)
def test_instants_and_days(typed):
    instant = attempt(lambda: parse_instant(typed, BRUSSELS, now=NOW, language="es"))
    deadline = attempt(lambda: parse_deadline(typed, BRUSSELS, now=NOW, language="fr"))
    day = attempt(lambda: parse_day(typed, now=NOW, zone=BRUSSELS, language="en"))
    if instant is not None:
        assert instant.tzinfo is UTC
        assert abs(instant.year - NOW.year) <= 11
        assert deadline is None or deadline.instant == instant
    if day is not None:
        assert deadline is not None
        assert deadline.date_only
        assert deadline.instant.astimezone(ZoneInfo(BRUSSELS)).date() == day


@given(typed_texts)
def test_durations_and_leads(typed):
    length = attempt(lambda: parse_duration(typed))
    assert length is None or timedelta(minutes=1) <= length <= timedelta(hours=24)
    leads = attempt(lambda: parse_leads(typed))
    assert leads is None or parse_leads(written_leads(leads)) == leads


@given(typed_texts)
def test_zones(typed):
    choices = zone_choices(typed, "fr", NOW)
    assert len(choices) <= 25
    assert len({zone for _, zone in choices}) == len(choices)
    assert all(len(label) <= 100 for label, _ in choices)
    zone = attempt(lambda: parse_zone(typed, "es"))
    assert zone is None or attempt(lambda: parse_zone(zone, "fr")) == zone
