import pytest

from bot.timeparse import Lead, parse_leads, written_leads
from tests.timeparse.asking import sentence

WRITTEN = {
    "90d 7d 1d": "90d 7d 1d",
    "24h 1h": "24h 1h",
    "1d, 90d; 7d, 7d": "90d 7d 1d",
    "90 days, 7 days and 1 day": "90d 7d 1d",
    "90j 7 jours et 24 heures": "90d 7d 24h",
    "7 días y 1 hora": "7d 1h",
    "2 weeks": "14d",
    "two weeks, trois jours y una hora": "14d 3d 1h",
    "24h 1d 72h 3d 48h 2d 96h 4d 120h 5d": "5d 120h 4d 96h 3d 72h 2d 48h 1d 24h",
    "1d" + " " * 198: "1d",
    "366d": "366d",
    "none": "none",
    "Aucun": "none",
    "ninguno": "none",
}

ASKED_BACK = {
    "": "Type when to remind, such as 90d 7d 1d or 24h 1h, or “none”.",
    "often": "“often” was not understood; type days and hours ahead, such as 90d 7d 1d or 24h 1h, or “none”.",
    "7": "“7” was not understood; type days and hours ahead, such as 90d 7d 1d or 24h 1h, or “none”.",
    "7d 30m": "“7d 30m” was not understood; type days and hours ahead, such as 90d 7d 1d or 24h 1h, or “none”.",
    "0d": "“0d” has a reminder that is not 1 hour to 366 days ahead; correct that one.",
    "367d": "“367d” has a reminder that is not 1 hour to 366 days ahead; correct that one.",
    "1d 2d 3d 4d 5d 6d 7d 8d 9d 10d 11d": "“1d 2d 3d 4d 5d 6d 7d 8d 9d 10d 11d” has more than 10 reminders; "
    "type fewer.",
}


@pytest.mark.parametrize("typed", WRITTEN)
def test_leads_are_read_sorted_and_written_in_one_way(typed):
    leads = parse_leads(typed)
    assert written_leads(leads) == WRITTEN[typed]
    assert parse_leads(written_leads(leads)) == leads


def test_a_lead_is_calendar_days_or_hours():
    assert parse_leads("7d 24h") == (Lead(7, "d"), Lead(24, "h"))


def test_what_is_too_long_is_asked_back_as_what_is_not_understood():
    assert "was not understood" in sentence(lambda: parse_leads("1d" + " " * 199))
    assert "was not understood" in sentence(lambda: parse_leads(", ,"))


@pytest.mark.parametrize("typed", ASKED_BACK)
def test_doubt_is_asked_back_in_a_sentence(typed):
    assert sentence(lambda: parse_leads(typed)) == ASKED_BACK[typed]
