"""Typed words to an IANA time zone, and the zones that a few letters may mean.

The zones are those that tzdata lists for the countries (``zone.tab``), and UTC: every name in it is a place.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo, available_timezones

from babel import Locale
from rapidfuzz import fuzz, process

from bot.errors import UserError
from bot.languages import DEFINITIONS, LANGUAGES, Language
from bot.names import resolve
from bot.search.folding import normalise, spellings
from bot.texts import Reader, t
from bot.timeparse.cities import AROUND_THE_WORLD, MORE_CITIES, MORE_COUNTRIES
from bot.timeparse.typed_text import LONGEST, folded, quotable

MOST_CHOICES: Final = 25
"""Discord shows no more autocomplete choices."""

_EXAMPLES: Final = ("Europe/Brussels", "Africa/Accra", "America/New_York")
_SURE: Final = 85
_CLEARLY_AHEAD: Final = 6
_WORTH_A_MENTION: Final = 65
_PATHS_LAST: Final = 10
_SHORTEST_GUESSED: Final = 4
_SHORTEST_INSIDE: Final = 3
_UNIVERSAL: Final = frozenset(
    (
        *("utc", "gmt", "z", "zulu", "uct", "universal", "greenwich", "gmt0", "greenwich mean time"),
        *("etc utc", "etc gmt", "etc zulu", "etc uct", "etc universal", "etc greenwich", "etc gmt0"),
    )
)
_AMERICAN: Final = {"et": "est", "ct": "cst", "mt": "mst", "pt": "pst"}
_REGIONS: Final = frozenset(("Africa", "America", "Asia", "Atlantic", "Europe", "Indian", "Pacific"))
_OFFSET: Final = re.compile(r"(?P<etc>etc/)?(?:utc|gmt)? ?(?P<sign>[+-])(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?")
_POSIX: Final = re.compile(r"([a-z]{3})\d[a-z]{3}")
_WITH_COUNTRY: Final = re.compile(r"(?P<city>[^,()]+?) ?[,(] ?(?P<country>[^,()]+)\)?")
_ABOUT: Final = re.compile("|".join(said for defined in DEFINITIONS.values() for said in defined.places.time_in))
# Summer and winter; the rules of these years tell zones apart.
_SAMPLES: Final = tuple(datetime(year, month, 1, tzinfo=UTC) for year in (2026, 2027) for month in range(1, 13))


def parse_zone(typed: str, language: Language) -> str:
    """Return the IANA zone that ``typed`` means: a city, a country with one time, or a zone's own name.

    Names are those of every working language; a slip of the finger is forgiven where only one zone is near.
    Raises UserError, asking for a city and naming some, for offsets ("GMT+1"), abbreviations ("CET"),
    countries with several times, and what is no place.
    """
    zone = exact_zone(typed, language)
    if zone is not None:
        return zone
    if not normalise(typed):
        raise UserError(
            t("Type a large city in your time zone, such as {cities}.", cities=_cities(_EXAMPLES, language))
        )
    near = _near(normalise(typed)) if len(typed) <= LONGEST else []
    if near and near[0][1] >= _SURE and (len(near) == 1 or near[0][1] - near[1][1] >= _CLEARLY_AHEAD):
        return near[0][0]
    if near:
        raise UserError(
            t(
                "“{typed}” is not a place that the bot knows (did you mean {cities}?); type a large city nearby.",
                typed=quotable(typed),
                cities=_cities([zone for zone, _ in near[:3]], language),
            )
        )
    raise UserError(
        t(
            "“{typed}” is not a place that the bot knows; type a large city nearby, such as {cities}.",
            typed=quotable(typed),
            cities=_cities(_EXAMPLES, language),
        )
    )


def is_place(zone: str) -> bool:
    """Tell whether an IANA zone's name is that of a place or UTC: not EST or Etc/GMT+5, which know no summer time."""
    # What every place is called is read only for older names, such as Asia/Calcutta.
    if zone == "UTC" or zone in _zones():
        return True
    try:
        return zone in available_timezones() and exact_zone(zone, "en") is not None
    except UserError:
        return False


def exact_zone(typed: str, language: Language, quoted: str | None = None) -> str | None:
    """Return the zone that ``typed`` names without a slip, or None.

    Raises UserError where it names several, with ``quoted`` (None: ``typed`` itself) as what was typed.
    """
    quoted = typed if quoted is None else quoted
    if len(typed) > LONGEST:
        return None
    text = _ABOUT.sub("", folded(typed))
    key = normalise(text)
    if not key:
        return None
    if key in _UNIVERSAL and not _OFFSET.fullmatch(text):
        return "UTC"
    zones = _named(text, language) or _city_and_country(text, language)
    if zones:
        different = _different(zones)
        if len(different) == 1:
            return different[0]
        raise _several(quoted, different, language)
    offset = _OFFSET.fullmatch(text)
    if offset:
        raise _bare_offset(quoted, _length(offset), language)
    abbreviated = _abbreviated(key)
    if abbreviated:
        raise _several(quoted, _different(abbreviated), language)
    return None


def _named(text: str, language: Language) -> tuple[str, ...]:
    """Return the zones of the city, else the country, else the zone that is called so; none where none is."""
    for key in map(_place_key, spellings(text)):
        capital = _capitals_called_as_countries(language).get(key)
        zones = capital or _places().get(key) or _countries().get(key) or _paths().get(key)
        if zones:
            return zones
    return ()


def _city_and_country(text: str, language: Language) -> tuple[str, ...]:
    """Return the zones of what is typed as "San José, Costa Rica" or "Georgetown (Guyana)"."""
    match = _WITH_COUNTRY.fullmatch(text)
    if match is None:
        return ()
    country = resolve(match["country"], exactly=True)
    return tuple(zone for zone in _named(match["city"], language) if country and _zones().get(zone) == country)


def _abbreviated(key: str) -> tuple[str, ...]:
    """Return the zones that "est", "et" or "est5edt" may mean."""
    posix = _POSIX.fullmatch(key)
    return _abbreviations().get(posix[1] if posix else _AMERICAN.get(key, key), ())


def zone_choices(typed: str, language: Language, now: datetime) -> list[tuple[str, str]]:
    """Return up to 25 zones that ``typed`` may become, best first, as (label, IANA name).

    A label is like "Bruxelles (UTC+01:00, 14:32)", in ``language``, with the offset and time at ``now``
    (aware). Nothing typed gives 25 zones around the world.
    """
    key = _place_key(normalise(typed[:LONGEST]))
    offset = _OFFSET.fullmatch(folded(typed[:LONGEST]))
    if offset:
        length = _length(offset)
        same = (zone for zone in ("UTC", *_zones()) if now.astimezone(ZoneInfo(zone)).utcoffset() == length)
        found = dict.fromkeys(islice(same, MOST_CHOICES), "")
    elif key:
        found = _matching(key, language)
    else:
        found = dict.fromkeys(AROUND_THE_WORLD, "")
    return [(_label(zone, name, language, now), zone) for zone, name in list(found.items())[:MOST_CHOICES]]


def _matching(key: str, language: Language) -> dict[str, str]:
    """Return zones, best first, each with the name that it was found by where the zone is named otherwise."""
    known = {zone: order for order, zone in enumerate(AROUND_THE_WORLD)}
    ranked: list[tuple[int, int, str, str]] = []
    if key in _UNIVERSAL or "utc".startswith(key):
        ranked.append((0, 0, "", "UTC"))
    for behind, names in enumerate((_places(), _countries(), _paths())):
        for name, zones in names.items():
            rank = _rank(key, name)
            if rank is not None:
                order = rank + (_PATHS_LAST if names is _paths() else behind)
                ranked += ((order, known.get(zone, len(known)), name, zone) for zone in _different(zones))
    abbreviated = _abbreviated(key)
    ranked += ((_PATHS_LAST, known.get(zone, len(known)), "", zone) for zone in abbreviated)
    found: dict[str, str] = {}
    for _, _, name, zone in sorted(ranked):
        found.setdefault(zone, _names_of_more_cities(language).get(name, ""))
    return found or {zone: "" for zone, _ in _near(key)}


def _rank(key: str, name: str) -> int | None:
    if name == key:
        return 0
    if name.startswith(key):
        return 1
    if f" {key}" in name:
        return 2
    return 3 if len(key) >= _SHORTEST_INSIDE and key in name else None


def _near(key: str) -> list[tuple[str, float]]:
    """Return zones whose names are like ``key``, nearest first, with the likeness from 0 to 100."""
    if len(key) < _SHORTEST_GUESSED:
        return []
    best: dict[str, float] = {}
    for names in (_places(), _countries()):
        for name, score, _ in process.extract(
            key, names.keys(), scorer=fuzz.ratio, score_cutoff=_WORTH_A_MENTION, limit=8
        ):
            for zone in _different(names[name]):
                best[zone] = max(best.get(zone, 0), score)
    return sorted(best.items(), key=lambda item: -item[1])


def _label(zone: str, name: str, language: Language, now: datetime) -> str:
    local = now.astimezone(ZoneInfo(zone))
    if zone == "UTC":
        return f"UTC ({local:%H:%M})"
    city = _city(zone, language)
    place = f"{name}, {city}" if name and name != city else city
    return f"{place} (UTC{_written(local.utcoffset() or timedelta())}, {local:%H:%M})"


def _written(offset: timedelta) -> str:
    hours, minutes = divmod(int(abs(offset).total_seconds()) // 60, 60)
    return f"{'-' if offset < timedelta() else '+'}{hours:02}:{minutes:02}"


def _several(typed: str, zones: tuple[str, ...], language: Language) -> UserError:
    return UserError(
        t(
            "“{typed}” can mean several time zones; type a city in yours, such as {cities}.",
            typed=quotable(typed),
            cities=_cities(zones[:4], language),
        )
    )


def _bare_offset(typed: str, offset: timedelta, language: Language) -> UserError:
    zones = [
        zone
        for zone in _zones()
        if any(sample.astimezone(ZoneInfo(zone)).utcoffset() == offset for sample in _SAMPLES[:12:6])
    ]
    return UserError(
        t(
            "“{typed}” says nothing about summer time; type a city in your time zone, such as {cities}.",
            typed=quotable(typed),
            cities=_cities(list(dict.fromkeys(zones))[:3] or _EXAMPLES, language),
        )
    )


def _cities(zones: list[str] | tuple[str, ...], language: Language) -> str:
    return ", ".join(_city(zone, language) for zone in zones)


def _city(zone: str, language: Language) -> str:
    # CLDR has "Argentina/Ushuaia" for some.
    return Reader(language, zone).place(zone).split("/")[-1]


def _length(offset: re.Match[str]) -> timedelta:
    length = timedelta(hours=int(offset["hours"]), minutes=int(offset["minutes"] or 0))
    # Etc/GMT+5 is five hours behind: POSIX counts westward.
    return -length if (offset["sign"] == "-") is not bool(offset["etc"]) else length


@cache
def _different(zones: tuple[str, ...]) -> tuple[str, ...]:
    """Return ``zones`` without those whose clocks always agree with an earlier one's."""
    if len(zones) == 1:
        return zones
    kept: dict[tuple[timedelta | None, ...], str] = {}
    for zone in zones:
        kept.setdefault(tuple(sample.astimezone(ZoneInfo(zone)).utcoffset() for sample in _SAMPLES), zone)
    return tuple(kept.values())


@cache
def _zones() -> dict[str, str]:
    """Return every zone that is a place with its country's ISO 3166-1 alpha-2 code, the best known first."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))
    countries = {row[2].strip(): row[0] for row in rows}
    return {zone: countries[zone] for zone in (*AROUND_THE_WORLD[1:], *countries)}


def _older_names() -> Iterator[tuple[str, str]]:
    """Yield (zone, older name of it), such as Asia/Kolkata and Asia/Calcutta."""
    for line in (files("tzdata") / "zoneinfo" / "tzdata.zi").read_text("utf-8").splitlines():
        match line.split():
            case ["L", zone, older] if zone in _zones() and older not in _zones() and "/" in older:
                yield zone, older
            case _:
                pass


def _place_key(key: str) -> str:
    """Return the folded name with "saint" written out: "St. John's" is "Saint John's"."""
    return " ".join("saint" if word == "st" else word for word in key.split())


@cache
def _places() -> dict[str, tuple[str, ...]]:
    """Return each city's key with its zone, or its zones; present names go before former ones."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for zone in _zones():
        for key in _own_keys(zone):
            if not _is_another_country(key, zone):
                found[key][zone] = None
    for zone, names in MORE_CITIES:
        for key in {_place_key(spelling) for name in names.values() for spelling in spellings(name)}:
            if not _is_another_country(key, zone):
                found[key][zone] = None
    for zone, older in _older_names():
        region, city = older.split("/", maxsplit=1)
        if region in _REGIONS and _place_key(normalise(city)) not in found:
            found[_place_key(normalise(city))][zone] = None
    return {name: tuple(zones) for name, zones in found.items()}


def _own_keys(zone: str) -> dict[str, None]:
    """Return the keys of the city that a zone is named after, in every language."""
    names = (zone.rsplit("/", maxsplit=1)[-1], *(_city(zone, language) for language in LANGUAGES))
    return dict.fromkeys(_place_key(normalise(name)) for name in names)


def _is_another_country(key: str, zone: str) -> bool:
    """Whether a city's name is also that of a country whose clocks are not only the city's."""
    zones = _countries().get(key)
    return zones is not None and len(_different((zone, *zones))) > 1


@cache
def _capitals_called_as_countries(language: Language) -> dict[str, tuple[str, ...]]:
    """Return capitals that only in this language are called as their country is in others: Mexico, in French."""
    countries = {_place_key(normalise(Locale(language).territories[country])) for country in _zones().values()}
    keys = {_place_key(normalise(names[language])): zone for zone, names in MORE_CITIES}
    return {key: (zone,) for key, zone in keys.items() if _is_another_country(key, zone) and key not in countries}


@cache
def _paths() -> dict[str, tuple[str, ...]]:
    """Return each zone's own name and its older ones, as keys."""
    return {_place_key(normalise(zone)): (zone,) for zone in _zones()} | {
        _place_key(normalise(older)): (zone,) for zone, older in _older_names()
    }


@cache
def _countries() -> dict[str, tuple[str, ...]]:
    """Return each country's key, in every language, with all its zones."""
    zones_of: dict[str, list[str]] = defaultdict(list)
    for zone, country in _zones().items():
        zones_of[country].append(zone)
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for language in LANGUAGES:
        for country, zones in zones_of.items():
            found[_place_key(normalise(Locale(language).territories[country]))] |= dict.fromkeys(zones)
    for name, codes in MORE_COUNTRIES.items():
        found[name] |= dict.fromkeys(zone for code in codes for zone in zones_of[code])
    return {name: tuple(zones) for name, zones in found.items()}


@cache
def _names_of_more_cities(language: Language) -> dict[str, str]:
    """Return the names, in ``language``, of the cities that no zone is named after, by each of their keys."""
    named: dict[str, str] = {}
    for zone, names in MORE_CITIES:
        keys = {_place_key(normalise(name)) for name in names.values()}
        if keys.isdisjoint(_own_keys(zone)) and all(len(_different(_places().get(key, ()))) == 1 for key in keys):
            named |= dict.fromkeys(keys, names[language])
    return named


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    """Return what times are called for short ("cet", "est") with the zones that keep them."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for zone in _zones():
        for sample in _SAMPLES[:12:6]:
            name = sample.astimezone(ZoneInfo(zone)).tzname() or ""
            if name.isalpha():
                found[name.casefold()][zone] = None
    return {name: tuple(zones) for name, zones in found.items()}
