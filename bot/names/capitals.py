"""Capitals and seats of government, as people type them and as they are called in the reader's language."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.languages import LANGUAGES, Language
from bot.search.folding import normalise


@dataclass(frozen=True, slots=True)
class City:
    """A city of a country (ISO 3166-1 alpha-2), its names by language, and the IANA zone that it keeps."""

    code: str
    names: Mapping[Language, str]
    zone: str


@cache
def capitals() -> tuple[City, ...]:
    """Return the capitals by country; a country's further ones, and their other names, follow the first."""
    table = (files("bot.names") / "data" / "capitals.csv").read_text(encoding="utf-8")
    return tuple(
        City(row["code"], {language: row.get(language) or row["en"] for language in LANGUAGES}, row["zone"])
        for row in csv.DictReader(table.splitlines())
    )


def city_names(typed: str, country: str | None) -> Mapping[Language, str]:
    """Return what a city of ``country`` (its code) is called in each language; ``typed`` itself where unknown.

    Only the cities of the table have several names. Without a country it is not certain which city is meant.
    """
    known = _by_name().get((country or "", normalise(typed)))
    return known.names if known else dict.fromkeys(LANGUAGES, typed)


def city_name(typed: str, country: str | None, language: Language) -> str:
    """Return what a city is called in ``language``, as :func:`city_names` knows it."""
    return city_names(typed, country)[language]


@cache
def _by_name() -> Mapping[tuple[str, str], City]:
    found: dict[tuple[str, str], City] = {}
    for city in capitals():
        for name in city.names.values():
            found.setdefault((city.code, normalise(name)), city)
    return found
