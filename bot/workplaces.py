"""Where people work: whose clocks they go by, and whose days of rest they keep. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo

from bot.names.capitals import capitals
from bot.timezones.places import country_of_zone
from storage.members.models import Appointment, Place

_IN_WHICH_ORDER: Final = ("mission", "focal_point", "alternate", "adviser")
"""Of several posts of a person, the first says where they are: at a mission one is there, whatever else one is."""
_SEAT_OF: Final = {"EU": "BE", "OAS": "US"}
"""The country in whose capital an organisation has its seat."""
_REGION: Final = {
    "AU": "ACT",
    "BA": "BIH",
    "BR": "DF",
    "CA": "ON",
    "CH": "BE",
    "DE": "BE",
    "ES": "MD",
    "FM": "PNI",
    "GB": "ENG",
    "MY": "14",
    "NZ": "WGN",
    "PT": "11",
    "US": "DC",
}
"""Where public holidays differ from region to region: that of the capital, by the codes of the library holidays."""


@dataclass(frozen=True, slots=True)
class Workplace:
    """The clocks of an IANA ``zone``, and the days of rest of a ``country`` (ISO 3166-1 alpha-2) and its ``region``.

    Without a country, or without a region, nothing is known of its holidays.
    """

    zone: str
    country: str | None = None
    region: str | None = None


_MISSIONS: Final[Mapping[Place, Workplace]] = {
    "new_york": Workplace("America/New_York", "US", "NY"),
    "geneva": Workplace("Europe/Zurich", "CH", "GE"),
}


def workplace_in(zone: str) -> Workplace:
    """Return where somebody works of whom only an IANA ``zone`` is known."""
    country = country_of_zone(zone)
    return Workplace(zone, country, _REGION.get(country or ""))


def workplace_of_secretariat(zone: str, country: str | None) -> Workplace:
    """Return where a network's secretariat works: by its IANA ``zone``, with the days of rest of its ``country``.

    Without a country (a code) they are those of the country that the zone is of.
    """
    place = workplace_in(zone)
    return place if country in (None, place.country) else Workplace(zone, country, _REGION.get(country or ""))


@cache
def capital_of(code: str) -> Workplace | None:
    """Return the capital of a state or the seat of an organisation, by its code; None where it is not known here."""
    country = _SEAT_OF.get(code, code)
    city = next((city for city in capitals() if city.code == country), None)
    return Workplace(city.zone, country, _REGION.get(country)) if city is not None else None


def workplace_of(posts: Sequence[tuple[str, Appointment]], typed: str | None, now: datetime) -> Workplace | None:
    """Return where a person with these ``posts``, each with its delegation's code, works at ``now``.

    ``posts`` come with the latest first: where none is held now, that one counts, which ended or is to come.
    ``typed`` is the IANA zone that they or the secretariat have typed (None: nobody). It says where the clocks are;
    where they show another time than the post's, the days of rest are those of its country too. None: not known.
    """
    held = [one for one in posts if one[1].is_current(now.date())] or posts[:1]
    in_order = sorted(held, key=lambda one: _IN_WHICH_ORDER.index(one[1].role))
    places = (_of_post(code, post) for code, post in in_order)
    place = next((place for place in places if place is not None), None)
    if typed is None:
        return place
    elsewhere = workplace_in(typed)
    if place is None or (elsewhere.country is not None and _offset(place.zone, now) != _offset(typed, now)):
        return elsewhere
    return replace(place, zone=typed)


def _of_post(code: str, post: Appointment) -> Workplace | None:
    return _MISSIONS[post.place or "new_york"] if post.role == "mission" else capital_of(code)


def _offset(zone: str, now: datetime) -> object:
    return now.astimezone(ZoneInfo(zone)).utcoffset()
