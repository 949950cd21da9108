import unicodedata
from functools import partial
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.languages import LANGUAGES, Language
from bot.names import capitals, delegations
from bot.timeparse import exact_zone, is_place, parse_zone, zone_choices
from bot.timeparse.cities import AROUND_THE_WORLD, MORE_CITIES
from bot.timeparse.zones import _zones
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
    "San José": "America/Costa_Rica",
    "San José, Costa Rica": "America/Costa_Rica",
    "Georgetown (Guyana)": "America/Guyana",
    "St. John's, Antigua and Barbuda": "America/Antigua",
    "Saint-Georges": "America/Grenada",
    "Sana'a": "Asia/Aden",
    "Washington, D.C.": "America/New_York",
    "Etc/GMT": "UTC",
    "Etc/GMT0": "UTC",
    "UTC": "UTC",
    "gmt": "UTC",
}

ASKED_BACK = {
    " ": "Type a large city in your time zone, such as Brussels, Accra, New York.",
    "GMT+1": "“GMT+1” says nothing about summer time; type a city in your time zone, such as London, Lagos, Brussels.",
    "EST": "“EST” can mean several time zones; type a city in yours, such as New York, Atikokan.",
    "EST5EDT": "“EST5EDT” can mean several time zones; type a city in yours, such as New York, Atikokan.",
    "Etc/GMT+5": "“Etc/GMT+5” says nothing about summer time; "
    "type a city in your time zone, such as Bogota, New York, Eirunepe.",
    "Etc/GMT-3": "“Etc/GMT-3” says nothing about summer time; "
    "type a city in your time zone, such as Helsinki, Nairobi, Istanbul.",
    "CET": "“CET” can mean several time zones; type a city in yours, such as Brussels, Algiers.",
    "IST": "“IST” can mean several time zones; type a city in yours, such as Kolkata, Dublin, Jerusalem.",
    "España": "“España” can mean several time zones; type a city in yours, such as Madrid, Canary.",
    "Congo": "“Congo” can mean several time zones; type a city in yours, such as Brazzaville, Lubumbashi.",
    "Nigera": "“Nigera” is not a place that the bot knows (did you mean Lagos, Niamey?); type a large city nearby.",
    "xyzzy": "“xyzzy” is not a place that the bot knows; type a large city nearby, such as Brussels, Accra, New York.",
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
                city = label.split(" (")[0].split(", ")[0]
                # Two cities bear that name: one is chosen from the list, never guessed.
                assert city.startswith("St. John") or parse_zone(city, language) == zone


@pytest.mark.parametrize(("zone", "names"), MORE_CITIES)
def test_every_city_of_the_tables_is_read_as_its_zone(zone, names):
    assert zone in available_timezones()
    if zone == "America/Antigua":
        for name in names.values():
            assert sentence(lambda name=name: parse_zone(name, "en")).endswith("such as St. John’s, Antigua.")
        return
    for language, name in names.items():
        assert parse_zone(name, language) == zone
        for written in (name.upper(), name.lower(), without_accents(name)):
            assert parse_zone(written, language) == zone


def test_every_state_has_a_capital_whose_zone_is_its_own():
    states = {code for code, delegation in delegations().items() if delegation.kind == "state"}
    assert {city.code for city in capitals()} == states | {"CK"}
    assert {city.code for city in capitals() if _zones()[city.zone] != city.code} == set()


def test_a_capital_called_as_its_country_is_one_only_where_the_country_is_called_otherwise():
    assert parse_zone("Mexico", "fr") == "America/Mexico_City"
    countries: dict[Language, str] = {"en": "Mexico", "es": "México", "fr": "Mexique"}
    for language, typed in countries.items():
        assert "several time zones" in sentence(partial(parse_zone, typed, language))


def without_accents(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def test_a_zone_is_a_place_with_its_capital_beside_it():
    assert zone_choices("doha", "es", NOW) == [("Doha, Catar (UTC+03:00, 13:00)", "Asia/Qatar")]
    assert zone_choices("valet", "es", NOW)[0] == ("La Valeta, Malta (UTC+01:00, 11:00)", "Europe/Malta")
    assert "not a place that the bot knows" in sentence(lambda: parse_zone("London, Canada", "en"))
    both = [zone for _, zone in zone_choices("St. John's", "en", NOW)]
    assert both == ["America/Antigua", "America/St_Johns"]


def test_places_around_the_world_are_read_as_themselves():
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


def test_a_place_is_known_by_its_zone_alone_as_by_all_that_it_is_called() -> None:
    assert [zone for zone in _zones() if not is_place(zone) or exact_zone(zone, "en") is None] == []
    assert [zone for zone in ("UTC", "Etc/UTC", "Asia/Calcutta", "US/Eastern") if not is_place(zone)] == []
    assert [zone for zone in ("EST", "EST5EDT", "Etc/GMT+5", "Brussels", "Mars", "") if is_place(zone)] == []
