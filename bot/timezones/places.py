"""Which clocks hold in a city."""

from babel.core import get_global

from bot import names
from bot.errors import UserError
from bot.languages import Language
from bot.timeparse import parse_zone


def zone_of_place(city: str, country: str | None, language: Language) -> str | None:
    """Return the IANA zone of a city, else that of its country (a code) where the country has one time.

    None where it is not certain: then it is to be asked, never guessed.
    """
    zone = _read_zone(city, language)
    if zone is not None and (country is None or country_of_zone(zone) == country):
        return zone
    return _read_zone(names.name(country, language), language) if country is not None else None


def country_of_zone(zone: str) -> str | None:
    """Return the code of the country that an IANA zone is of; None for UTC and the like."""
    found: str | None = get_global("zone_territories").get(zone)
    return found


def _read_zone(typed: str, language: Language) -> str | None:
    try:
        return parse_zone(typed, language)
    except UserError:
        return None
