import csv
from collections import defaultdict
from importlib.resources import files

import pytest
from babel.core import get_global

from bot.languages import LANGUAGES
from bot.names import alpha3, delegations, kind_of, name, search_names, terms
from bot.names.table import aliases, cldr_name, formal_names
from bot.search.folding import normalise

DIFFERS_FROM_CLDR = {
    "en": "AG BA BN BO CD CG CV FM GB IR KN KP KR LA LC MD MM NL OAS PS RU ST SY TT TZ US VA VC VE VN",
    "fr": "BN BO BY CD CG CV FM GB IQ IR KG KN KP KR LA LR MD MM NG NL OAS PS RU SV SY TL TR TZ US VA VE VN",
    "es": (
        "BD BH BJ BN BO BT BW BY DJ FJ FM GB GW IQ IR KE KN KP KR KZ LA LS MD ML MM MW NL NZ OAS PG PS PW QA "
        "RO RU RW SA SR SY SZ TR TT TZ US VA VE VN ZW"
    ),
}


def test_the_table_has_193_members_two_observers_and_two_organisations():
    kinds = [kind_of(code) for code in delegations()]
    assert kinds.count("state") == 193 + 2
    assert [code for code in delegations() if kind_of(code) == "organisation"] == ["EU", "OAS"]


def test_every_delegation_has_a_name_of_its_own_in_each_language():
    for language in LANGUAGES:
        names = [delegation.names[language] for delegation in delegations().values()]
        assert all(text and text == text.strip() for text in names)
        assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_difference_from_the_cldr_was_reviewed(language):
    differing = [
        code
        for code, delegation in delegations().items()
        if (cldr_name(code, language) or "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
        != delegation.names[language]
    ]
    assert " ".join(differing) == DIFFERS_FROM_CLDR.get(language, "")


@pytest.mark.parametrize(
    ("code", "en", "fr", "es"),
    [
        ("TR", "Türkiye", "Türkiye", "Türkiye"),
        ("CZ", "Czechia", "Tchéquie", "Chequia"),
        ("CI", "Côte d'Ivoire", "Côte d'Ivoire", "Côte d'Ivoire"),
        ("KR", "Republic of Korea", "République de Corée", "República de Corea"),
        ("NL", "Netherlands (Kingdom of the)", "Pays-Bas (Royaume des)", "Países Bajos (Reino de los)"),
        ("VN", "Viet Nam", "Viet Nam", "Viet Nam"),
        (
            "OAS",
            "Organization of American States",
            "Organisation des États américains",
            "Organización de los Estados Americanos",
        ),
        ("XYZ", "XYZ", "XYZ", "XYZ"),
    ],
)
def test_protocol_names(code, en, fr, es):
    assert (name(code, "en"), name(code, "fr"), name(code, "es")) == (en, fr, es)


def test_a_code_outside_the_table_has_no_kind_and_only_itself_to_be_called_by():
    assert kind_of("XYZ") is None
    assert search_names("XYZ") == {"XYZ"}


def test_all_that_a_delegation_may_be_called():
    found = {
        *("CI", "CIV", "Côte d'Ivoire", "Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire"),
        *("Ivory Coast", "Costa de Marfil"),
        *("Republic of Côte d'Ivoire", "République de Côte d'Ivoire", "República de Côte d'Ivoire"),
    }
    # A language that is added calls it in its own way.
    assert found <= search_names("CI") <= found | set(delegations()["CI"].names.values())


def test_every_state_has_its_alpha_3_code():
    codes = {code: alpha3(code) for code in delegations() if kind_of(code) == "state"}
    assert {code: get_global("territory_aliases").get(longer or "") for code, longer in codes.items()} == {
        code: [code] for code in codes
    }
    withdrawn = {"BUR", "ZAR", "DDR", "FXX", "TMP", "YMD"}
    assert not withdrawn.intersection(codes.values())
    assert alpha3("EU") is alpha3("OAS") is alpha3("XYZ") is None


def test_no_name_stands_for_two_delegations():
    bearers = defaultdict(set)
    for code in delegations():
        for term in terms(code):
            for spelling in term.spellings:
                bearers[spelling].add(code)
    assert {spelling: codes for spelling, codes in bearers.items() if len(codes) > 1} == {}


def test_the_aliases_add_something_and_say_where_they_come_from():
    rows = list(csv.DictReader((files("bot.names") / "data" / "aliases.csv").read_text("utf-8").splitlines()))
    assert {"en", "fr", "es"} <= {row["language"] for row in rows} <= set(LANGUAGES)
    assert {row["kind"] for row in rows} == {"abbreviation", "common", "former", "part", "variant"}
    assert all(row["source"] and row["code"] in delegations() for row in rows)
    assert len({(row["code"], normalise(row["alias"])) for row in rows}) == len(rows)
    for code, others in aliases().items():
        known = {code, alpha3(code), *formal_names(code), *delegations()[code].names.values()}
        assert not known.intersection(others)
