"""Names that people type and that neither tzdata nor CLDR has for a zone."""

from typing import Final

from bot.languages import LANGUAGES, Language

_CITIES: Final = (
    # The zone, then the city in English, French and Spanish.
    ("Africa/Abidjan", "Yamoussoukro", "Yamoussoukro", "Yamusukro"),
    ("Africa/Casablanca", "Rabat", "Rabat", "Rabat"),
    ("Africa/Dar_es_Salaam", "Dodoma", "Dodoma", "Dodoma"),
    ("Africa/Douala", "Yaoundé", "Yaoundé", "Yaundé"),
    ("Africa/Johannesburg", "Pretoria", "Pretoria", "Pretoria"),
    ("Africa/Johannesburg", "Cape Town", "Le Cap", "Ciudad del Cabo"),
    ("Africa/Lagos", "Abuja", "Abuja", "Abuya"),
    ("Africa/Porto-Novo", "Cotonou", "Cotonou", "Cotonú"),
    ("America/Belize", "Belmopan", "Belmopan", "Belmopán"),
    ("America/Guayaquil", "Quito", "Quito", "Quito"),
    ("America/La_Paz", "Sucre", "Sucre", "Sucre"),
    ("America/Los_Angeles", "San Francisco", "San Francisco", "San Francisco"),
    ("America/New_York", "Washington", "Washington", "Washington"),
    ("America/New_York", "New York City", "New York City", "Ciudad de Nueva York"),
    ("America/New_York", "Washington DC", "Washington DC", "Washington DC"),
    ("America/New_York", "Boston", "Boston", "Boston"),
    ("America/Port_of_Spain", "Trinidad", "Trinité", "Trinidad"),
    ("America/Sao_Paulo", "Brasília", "Brasilia", "Brasilia"),
    ("America/Sao_Paulo", "Rio de Janeiro", "Rio de Janeiro", "Río de Janeiro"),
    ("America/Toronto", "Ottawa", "Ottawa", "Ottawa"),
    ("America/Toronto", "Montreal", "Montréal", "Montreal"),
    ("Asia/Almaty", "Astana", "Astana", "Astaná"),
    ("Asia/Dubai", "Abu Dhabi", "Abou Dabi", "Abu Dabi"),
    ("Asia/Ho_Chi_Minh", "Hanoi", "Hanoï", "Hanói"),
    ("Asia/Karachi", "Islamabad", "Islamabad", "Islamabad"),
    ("Asia/Kolkata", "New Delhi", "New Delhi", "Nueva Delhi"),
    ("Asia/Kolkata", "Delhi", "Delhi", "Delhi"),
    ("Asia/Kolkata", "Mumbai", "Mumbai", "Bombay"),
    ("Asia/Shanghai", "Beijing", "Pékin", "Pekín"),
    ("Asia/Yangon", "Naypyidaw", "Naypyidaw", "Naipyidó"),
    ("Australia/Sydney", "Canberra", "Canberra", "Canberra"),
    ("Europe/Amsterdam", "The Hague", "La Haye", "La Haya"),
    ("Europe/Berlin", "Bonn", "Bonn", "Bonn"),
    ("Europe/Berlin", "Frankfurt", "Francfort", "Fráncfort"),
    ("Europe/Istanbul", "Ankara", "Ankara", "Ankara"),
    ("Europe/London", "Edinburgh", "Édimbourg", "Edimburgo"),
    ("Europe/Paris", "Strasbourg", "Strasbourg", "Estrasburgo"),
    ("Europe/Rome", "Milan", "Milan", "Milán"),
    ("Europe/Zurich", "Geneva", "Genève", "Ginebra"),
    ("Europe/Zurich", "Bern", "Berne", "Berna"),
    ("Pacific/Auckland", "Wellington", "Wellington", "Wellington"),
    ("Pacific/Fiji", "Suva", "Suva", "Suva"),
    ("Pacific/Tongatapu", "Nuku'alofa", "Nuku'alofa", "Nukualofa"),
)

MORE_CITIES: Final[tuple[tuple[str, dict[Language, str]], ...]] = tuple(
    (zone, dict(zip(LANGUAGES, names, strict=True))) for zone, *names in _CITIES
)
"""Each such city: the IANA zone it keeps, and its name in each language."""

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
