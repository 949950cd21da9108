"""Every name of a state as UNTERM writes it, and every code, means that state and no neighbour of it.

``unterm_names.csv`` beside this file has the names with their articles: "Bénin (le)", "Korea (the Republic of)",
"the Republic of Zambia". From the extract of the United Nations Terminology Database (UNTERM) in
datasets/country-codes, without its footnote marks.
"""

import csv
import re
import unicodedata
from pathlib import Path

import pytest

from bot.names import delegations, find_seat, resolve, terms
from bot.search.entries import Entry

_FILE = Path(__file__).with_name("unterm_names.csv")
UNTERM = {row["code"]: row for row in csv.DictReader(_FILE.read_text("utf-8").splitlines())}
WORLD = {code: Entry(code, terms(code)) for code in delegations()}


def as_people_turn_them(name):
    """Yield "Korea (the Republic of)" and what else is made of it."""
    yield name
    if inverted := re.fullmatch(r"(.+) \((.+)\)", name):
        first, last = inverted.groups()
        yield first
        yield f"{first}, {last}"
        yield f"{last}{first}" if last.endswith("'") else f"{last} {first}"


def names_of(code):
    row = UNTERM[code]
    columns = (row[column] for column in row if column != "code")
    return list(dict.fromkeys((code, *(turned for name in columns for turned in as_people_turn_them(name)))))


def without_accents(name):
    return "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))


def test_the_file_has_every_state_of_the_table():
    assert UNTERM.keys() == {code for code, delegation in delegations().items() if delegation.kind == "state"}


@pytest.mark.parametrize("code", UNTERM)
def test_every_code_and_name_of_a_state_means_it_however_it_is_written(code):
    for name in names_of(code):
        for written in (name, name.upper(), name.lower(), without_accents(name), name.replace("'", "’")):
            assert resolve(written, exactly=True) == code, written


@pytest.mark.parametrize("code", UNTERM)
def test_no_name_of_a_state_shows_another_whether_it_has_a_seat_or_not(code):
    others = {other: entry for other, entry in WORLD.items() if other != code}
    for name in names_of(code):
        seated = find_seat(WORLD.values(), name, WORLD)
        assert ([hit.key for hit in seated.matches], seated.without_seat) == ([code], None), name
        vacant = find_seat(others.values(), name, others)
        assert ([hit.key for hit in vacant.matches], vacant.without_seat) == ([], code), name


@pytest.mark.parametrize(
    "typed", ["CK", "COK", "Cook Islands (the)", "les Îles Cook", "Kosovo", "Groenland (le)", "the Faroe Islands"]
)
def test_a_place_that_is_no_delegation_shows_none(typed):
    found = find_seat(WORLD.values(), typed, WORLD)
    assert (found.matches, found.without_seat) == ((), None)
