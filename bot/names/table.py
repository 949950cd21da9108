"""The tables: delegations with their United Nations short names, and what else they are called."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal, cast

from babel import Locale

from bot.languages import LANGUAGES, Language

Kind = Literal["state", "organisation"]
"""What sits in a seat: a state (two letters), or a regional organisation (EU, or three letters and more)."""

_ALPHA2_LENGTH: Final = 2
_NO_PLACE: Final = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Codes of the CLDR for no place: euro area, outlying Oceania, United Nations, pseudo-locales, unknown."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """A delegation that the reviewed table knows: its code, its kind, its short names by language."""

    code: str
    kind: Kind
    alpha3: str | None
    names: Mapping[Language, str]


@cache
def delegations() -> Mapping[str, Delegation]:
    """Return the reviewed table by code: 193 member states, two observer states, EU and OAS."""
    return {
        row["code"]: Delegation(
            row["code"],
            cast(Kind, row["kind"]),
            row["alpha3"] or None,
            {language: _short_name(row, language) for language in LANGUAGES},
        )
        for row in _rows("delegations.csv")
    }


@cache
def aliases() -> Mapping[str, tuple[str, ...]]:
    """Return what people also call the delegations, by code: common and former names, abbreviations."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in _rows("aliases.csv"):
        found[row["code"]].append(row["alias"])
    return {code: tuple(names) for code, names in found.items()}


def _short_name(row: Mapping[str, str], language: Language) -> str:
    # A language without a column of its own yet: CLDR's name, else the English one.
    return row.get(language) or cldr_name(row["code"], language) or row["en"]


def formal_names(code: str) -> frozenset[str]:
    """Return the United Nations formal names in every language; empty where the short name is formal."""
    return _formal_names().get(code, frozenset())


def alpha3(code: str) -> str | None:
    """Return the ISO 3166-1 alpha-3 code; None for organisations and for codes the table does not have."""
    delegation = delegations().get(code)
    return delegation.alpha3 if delegation else None


def kind_of(code: str) -> Kind | None:
    """Return the kind of a delegation of the table; None for a code that it does not have."""
    delegation = delegations().get(code)
    return delegation.kind if delegation else None


def name(code: str, language: Language) -> str:
    """Return the United Nations short name; the code itself where the table does not have it."""
    delegation = delegations().get(code)
    return delegation.names[language] if delegation else code


def cldr_name(code: str, language: Language) -> str | None:
    """Return the name in Babel's copy of the CLDR; None where it has none (OAS)."""
    return territories(language).get(code)


@cache
def search_names(code: str) -> frozenset[str]:
    """Return all that a delegation may be called, as written: codes, short, formal, CLDR names, aliases."""
    delegation = delegations().get(code)
    found = {code, alpha3(code), *formal_names(code), *aliases().get(code, ())}
    if delegation:
        found.update(delegation.names.values())
        found.update(cldr_name(code, language) for language in LANGUAGES)
    return frozenset(text for text in found if text)


@cache
def territories(language: Language) -> Mapping[str, str]:
    """Return the territories of the CLDR by code, in a language."""
    return cast(Mapping[str, str], Locale(language).territories)


@cache
def places() -> frozenset[str]:
    """Return the two-letter codes of the CLDR that stand for a place (or the EU), of the table or not."""
    return frozenset(code for code in territories("en") if len(code) == _ALPHA2_LENGTH and code.isalpha()) - _NO_PLACE


@cache
def _formal_names() -> Mapping[str, frozenset[str]]:
    return {
        row["code"]: frozenset(row[language] for language in LANGUAGES if language in row)
        for row in _rows("formal_names.csv")
    }


def _rows(name: str) -> Iterator[dict[str, str]]:
    table = (files("bot.names") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(table.splitlines())
