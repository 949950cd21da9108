"""Names that people type and that neither tzdata nor CLDR has for a zone."""

from typing import Final

from bot.languages import LANGUAGES, Language
from bot.names import capitals

_CITIES: Final = (
    # The zone, then the city in English, French and Spanish.
    ("America/Los_Angeles", "San Francisco", "San Francisco", "San Francisco"),
    ("America/New_York", "New York City", "New York City", "Ciudad de Nueva York"),
    ("America/New_York", "Boston", "Boston", "Boston"),
    ("America/Port_of_Spain", "Trinidad", "Trinité", "Trinidad"),
    ("America/Sao_Paulo", "Rio de Janeiro", "Rio de Janeiro", "Río de Janeiro"),
    ("America/Toronto", "Montreal", "Montréal", "Montreal"),
    ("Asia/Kolkata", "Delhi", "Delhi", "Delhi"),
    ("Asia/Kolkata", "Mumbai", "Mumbai", "Bombay"),
    ("Europe/Berlin", "Bonn", "Bonn", "Bonn"),
    ("Europe/Berlin", "Frankfurt", "Francfort", "Fráncfort"),
    ("Europe/London", "Edinburgh", "Édimbourg", "Edimburgo"),
    ("Europe/Paris", "Strasbourg", "Strasbourg", "Estrasburgo"),
    ("Europe/Rome", "Milan", "Milan", "Milán"),
)

MORE_CITIES: Final[tuple[tuple[str, dict[Language, str]], ...]] = (
    *((city.zone, dict(city.names)) for city in capitals()),
    *((zone, dict(zip(LANGUAGES, names, strict=True))) for zone, *names in _CITIES),
)
"""Every capital and each such city: the IANA zone it keeps, and its name in each language."""

MORE_COUNTRIES: Final = {
    "uk": ("GB",),
    "great britain": ("GB",),
    "england": ("GB",),
    "usa": ("US",),
    "eeuu": ("US",),
    "ee uu": ("US",),
    "uae": ("AE",),
    "turkey": ("TR",),
    "ivory coast": ("CI",),
    "czech republic": ("CZ",),
    "holland": ("NL",),
    "hollande": ("NL",),
    "congo": ("CD", "CG"),
    "korea": ("KR", "KP"),
    "coree": ("KR", "KP"),
    "corea": ("KR", "KP"),
    "drc": ("CD",),
    "rdc": ("CD",),
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
