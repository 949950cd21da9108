"""Capitals and seats of government, as people type them and as they are called in the reader's language."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bot.languages import LANGUAGES, Language


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
        City(row["code"], {language: row[language] for language in LANGUAGES}, row["zone"])
        for row in csv.DictReader(table.splitlines())
    )
