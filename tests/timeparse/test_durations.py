from datetime import timedelta

import pytest

from bot.timeparse import parse_duration
from tests.timeparse.asking import sentence

MINUTES = {
    "90": 90,
    "90m": 90,
    "90 min": 90,
    "90 minutos": 90,
    "1h30": 90,
    "1 h 30": 90,
    "1h30m": 90,
    "1:30": 90,
    "1.5h": 90,
    "1,5 h": 90,
    "1 hour 30 minutes": 90,
    "1 hour and 30 minutes": 90,
    "an hour and a half": 90,
    "une heure et demie": 90,
    "1 hora y media": 90,
    "hora y media": 90,
    "2 heures": 120,
    "two and a half hours": 150,
    "half an hour": 30,
    "une demi-heure": 30,
    "media hora": 30,
    "24h": 1440,
    "1 day": 1440,
}

ASKED_BACK = {
    "": "Type how long it lasts, such as 90 min or 1h30.",
    "a while": "“a while” was not understood; type how long it lasts, such as 90 min or 1h30.",
    "2": "“2” can mean hours or minutes; type 2h or 2 min.",
    "0": "“0” is too short; type at least 1 min.",
    "0h": "“0h” is too short; type at least 1 min.",
    "-30 min": "“-30 min” is too short; type at least 1 min.",
    "25h": "“25h” is too long; type at most 24 h.",
    "1 week": "“1 week” is too long; type at most 24 h.",
    "1h90": "“1h90” was not understood; type how long it lasts, such as 90 min or 1h30.",
    "1h 1h": "“1h 1h” was not understood; type how long it lasts, such as 90 min or 1h30.",
}


@pytest.mark.parametrize("typed", MINUTES)
def test_lengths_are_read_in_three_languages(typed):
    assert parse_duration(typed) == timedelta(minutes=MINUTES[typed])


@pytest.mark.parametrize("typed", ASKED_BACK)
def test_doubt_is_asked_back_in_a_sentence(typed):
    assert sentence(lambda: parse_duration(typed)) == ASKED_BACK[typed]


def test_limits_are_the_callers():
    assert parse_duration("3 jours", most=timedelta(days=7)) == timedelta(days=3)
    asked = sentence(lambda: parse_duration("10 min", least=timedelta(minutes=15)))
    assert asked == "“10 min” is too short; type at least 15 min."
