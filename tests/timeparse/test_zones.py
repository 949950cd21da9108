from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.languages import LANGUAGES
from bot.timeparse import parse_zone, zone_choices
from bot.timeparse.cities import AROUND_THE_WORLD, MORE_CITIES
from tests.timeparse.asking import NOW, sentence

READ = {
    "Accra": "Africa/Accra",
    "Acra": "Africa/Accra",
    "Brussels": "Europe/Brussels",
    "Bruxelles": "Europe/Brussels",
    "bruselas": "Europe/Brussels",
    "bruxeles": "Europe/Brussels",
    "Londn": "Europe/London",
    "new york": "America/New_York",
    "Nueva York": "America/New_York",
    "América/Bogotá": "America/Bogota",
    "America/Argentina/Buenos_Aires": "America/Argentina/Buenos_Aires",
    "Geneva": "Europe/Zurich",
    "Genève": "Europe/Zurich",
    "Ginebra": "Europe/Zurich",
    "La Haye": "Europe/Amsterdam",
    "Belgium": "Europe/Brussels",
    "Belgique": "Europe/Brussels",
    "Bélgica": "Europe/Brussels",
    "Allemagne": "Europe/Berlin",
    "Argentina": "America/Argentina/Buenos_Aires",
    "Côte d\u2019Ivoire": "Africa/Abidjan",
    "UK": "Europe/London",
    "Niger": "Africa/Niamey",
    "Nigeria": "Africa/Lagos",
    "Europe/Kiev": "Europe/Kyiv",
    "Asia/Calcutta": "Asia/Kolkata",
    "US/Eastern": "America/New_York",
    "heure de Paris": "Europe/Paris",
    "UTC": "UTC",
    "gmt": "UTC",
}

ASKED_BACK = {
    " ": "Type a large city in your time zone, such as Brussels, Accra, New York.",
    "GMT+1": "“GMT+1” says nothing of summer time; type a city in your time zone, such as London, Lagos, Brussels.",
    "CET": "“CET” can mean several time zones; type a city in yours, such as Brussels, Algiers.",
    "IST": "“IST” can mean several time zones; type a city in yours, such as Kolkata, Dublin, Jerusalem.",
    "España": "“España” can mean several time zones; type a city in yours, such as Madrid, Canary.",
    "Congo": "“Congo” can mean several time zones; type a city in yours, such as Brazzaville, Lubumbashi.",
    "Nigera": "“Nigera” is no place known here (did you mean Lagos, Niamey?); type a large city nearby.",
    "xyzzy": "“xyzzy” is no place known here; type a large city nearby, such as Brussels, Accra, New York.",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("typed", READ)
def test_places_are_known_in_every_language(typed, language):
    assert parse_zone(typed, language) == READ[typed]


@pytest.mark.parametrize("typed", ASKED_BACK)
def test_doubt_is_asked_back_in_a_sentence(typed):
    assert sentence(lambda: parse_zone(typed, "en")) == ASKED_BACK[typed]


def test_every_choice_is_read_back_as_itself():
    for language in LANGUAGES:
        for letter in "abcdefghijklmnopqrstuvwxyz":
            for label, zone in zone_choices(letter, language, NOW):
                assert parse_zone(zone, language) == zone
                assert parse_zone(label.split(" (")[0].split(", ")[0], language) == zone


def test_every_city_of_the_tables_is_read_as_its_zone():
    for zone, names in MORE_CITIES:
        assert zone in available_timezones()
        assert [parse_zone(name, language) for language, name in names.items()] == [zone] * 3
    for zone in AROUND_THE_WORLD:
        assert parse_zone(zone, "en") == zone


def test_no_letters_give_zones_all_around_the_world():
    choices = zone_choices("", "en", NOW)
    assert len(choices) == 25
    offsets = {NOW.astimezone(ZoneInfo(zone)).utcoffset() for _, zone in choices}
    assert len(offsets) >= 15


def test_a_label_has_the_place_in_the_readers_language_with_its_offset_and_time():
    assert zone_choices("brux", "fr", NOW) == [("Bruxelles (UTC+01:00, 11:00)", "Europe/Brussels")]
    assert zone_choices("bruxeles", "es", NOW) == [("Bruselas (UTC+01:00, 11:00)", "Europe/Brussels")]
    assert zone_choices("ginebra", "fr", NOW)[0] == ("Genève, Zurich (UTC+01:00, 11:00)", "Europe/Zurich")
    assert zone_choices("kathm", "en", NOW) == [("Kathmandu (UTC+05:45, 15:45)", "Asia/Kathmandu")]
    assert zone_choices("utc", "en", NOW)[0] == ("UTC (10:00)", "UTC")


def test_a_country_leads_to_its_zones_and_an_offset_to_those_that_have_it_now():
    assert zone_choices("brésil", "fr", NOW)[0][1] == "America/Sao_Paulo"
    assert {zone for _, zone in zone_choices("Spain", "en", NOW)[:2]} == {"Europe/Madrid", "Atlantic/Canary"}
    assert all("UTC+05:30" in label for label, _ in zone_choices("GMT+5:30", "en", NOW))
    assert zone_choices("xyzzy", "en", NOW) == []
