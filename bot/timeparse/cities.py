"""Names that people type and that neither tzdata nor CLDR has for a zone."""

from collections.abc import Mapping
from typing import Final

from bot.languages import DEFINITIONS, LANGUAGES, Language
from bot.names import capitals

_CITIES: Final = (
    ("America/Los_Angeles", "San Francisco"),
    ("America/New_York", "New York City"),
    ("America/New_York", "Boston"),
    ("America/Port_of_Spain", "Trinidad"),
    ("America/Sao_Paulo", "Rio de Janeiro"),
    ("America/Toronto", "Montreal"),
    ("Asia/Kolkata", "Delhi"),
    ("Asia/Kolkata", "Mumbai"),
    ("Europe/Berlin", "Bonn"),
    ("Europe/Berlin", "Frankfurt"),
    ("Europe/London", "Edinburgh"),
    ("Europe/Paris", "Strasbourg"),
    ("Europe/Rome", "Milan"),
)

MORE_CITIES: Final[tuple[tuple[str, dict[Language, str]], ...]] = (
    *((city.zone, dict(city.names)) for city in capitals()),
    *((zone, {code: DEFINITIONS[code].places.cities.get(city, city) for code in LANGUAGES}) for zone, city in _CITIES),
)
"""Every capital and each such city: the IANA zone it keeps, and its name in each language."""

MORE_COUNTRIES: Final[Mapping[str, tuple[str, ...]]] = {
    name: codes for defined in DEFINITIONS.values() for name, codes in defined.places.countries.items()
}
"""What people call countries beside CLDR's names, folded, with ISO 3166-1 alpha-2 codes."""

AROUND_THE_WORLD: Final = (
    "UTC",
    "Pacific/Honolulu",
    "America/Los_Angeles",
    "America/Mexico_City",
    "America/Guatemala",
    "America/Bogota",
    "America/New_York",
    "America/Santiago",
    "America/Sao_Paulo",
    "America/Argentina/Buenos_Aires",
    "Africa/Accra",
    "Europe/London",
    "Africa/Lagos",
    "Europe/Brussels",
    "Africa/Johannesburg",
    "Europe/Helsinki",
    "Africa/Nairobi",
    "Europe/Istanbul",
    "Asia/Dubai",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Pacific/Auckland",
)
"""A first choice of 25 zones for a network of every region, from UTC and then from west to east."""
