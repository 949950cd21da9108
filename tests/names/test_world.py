import pytest

from bot.names import delegations, find_seat, resolve, search_names, terms
from bot.search.entries import Entry, Term, TermKind

MEANT = {
    # The issue's own.
    "CI": [
        *("Côte d'Ivoire", "Côte d\N{RIGHT SINGLE QUOTATION MARK}Ivoire", "cote divoire", "COTE D IVOIRE"),
        *("Ivory Coast", "Costa de Marfil"),
    ],
    "OAS": ["OAS", "OEA"],
    # Codes and flags.
    "DK": [
        *("dk", "DNK", "🇩🇰", "🇩🇰 Denmark", "Denmark (DK)", "Kingdom of Denmark", "Denmrak"),
        "\N{RIGHT-TO-LEFT MARK}Danemark\N{LEFT-TO-RIGHT MARK}",
    ],
    # Common, former and formal names, abbreviations.
    "NL": ["Holland", "Holanda", "Netherlands", "Kingdom of the Netherlands"],
    "GB": ["UK", "U.K.", "Great Britain", "England", "Northern Ireland", "United Kingdom", "Untied Kingdom"],
    "US": ["USA", "U.S.", "États-Unis", "EE. UU.", "EEUU", "United States"],
    "KR": ["South Korea", "Corée du Sud", "Corea del Sur"],
    "KP": ["North Korea", "Corée du Nord", "DPRK"],
    "CZ": ["Czech Republic", "République tchèque", "República Checa"],
    "TR": ["Turkey", "Turquie", "Turquía", "turkiye"],
    "SZ": ["Swaziland"],
    "MM": ["Burma", "Birmanie"],
    "CV": ["Cape Verde", "Cap-Vert"],
    "TL": ["East Timor"],
    "MK": ["Macedonia"],
    "CD": ["DRC", "RDC", "Congo-Kinshasa", "DR Congo"],
    "CG": ["Congo", "the Congo", "Congo-Brazzaville", "Republic of the Congo", "Congo (CG)"],
    "BA": ["Bosnia", "Bosnia and Herzegovina", "Bosnia & Herzegovina"],
    "EU": ["EU", "UE", "Unión Europea", "🇪🇺"],
    "PS": ["Palestine"],
    "VA": ["Vatican"],
    "VN": ["Viêt Nam", "Vietnam"],
    # Slips.
    "GH": ["Gahna", "Ghanna"],
    "PH": ["Phillipines"],
    "CH": ["Swizerland"],
    "LY": ["Lybia"],
    # Neighbours by name.
    "NE": ["Niger", "République du Niger"],
    "NG": ["Nigeria", "Nigerai"],
    "ML": ["Mali"],
    "MW": ["Malawi"],
    "IR": ["Iran"],
    "IQ": ["Iraq"],
    "GN": ["Guinea"],
    "GW": ["Guinea-Bissau"],
    "GQ": ["Guinea Ecuatorial"],
    "PG": ["Papua New Guinea"],
    "DM": ["Dominica"],
    "DO": ["Dominican Republic"],
    "SD": ["Sudan"],
    "SS": ["South Sudan", "Soudan du Sd"],
    "AT": ["Austria", "Austrai"],
    "AU": ["Australia"],
    "WS": ["Samoa"],
    "IE": ["Ireland"],
    "IS": ["Iceland"],
}


@pytest.mark.parametrize(("typed", "code"), [(typed, code) for code in MEANT for typed in MEANT[code]])
def test_who_is_meant(typed, code):
    assert resolve(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        *("", "   ", "!?…", "🎉", "🇩🇰🇬🇭", "\N{RIGHT-TO-LEFT MARK}", "a" * 2000, "D", "zzzqq"),
        *("Korea", "Corée", "Guin", "United", "Nigera", "Slovania"),
        *("Irna", "Ivan", "Mlai", "the delegation of Ghana"),
        *("Kosovo", "Bermuda", "Greenland", "Puerto Rico"),
    ],
)
def test_when_in_doubt_no_one_is_meant(typed):
    assert resolve(typed) is None


def test_every_name_leads_to_its_delegation_and_no_other():
    for code in delegations():
        for called in search_names(code):
            assert resolve(called, exactly=True) == code, called


@pytest.mark.parametrize("typed", ["Denmrak", "Switz", "Denmark (DK)"])
def test_what_writes_takes_no_beginning_and_no_slip(typed):
    assert resolve(typed) is not None
    assert resolve(typed, exactly=True) is None


def seats(*codes, **people):
    """Entries of delegations; ``DK="Anne Hansen"`` gives Denmark's a person."""
    return [
        Entry(code, (*terms(code), *(Term(person, TermKind.PERSON) for person in [people.get(code)] if person)))
        for code in codes
    ]


def answer(typed, entries):
    found = find_seat(entries, typed, {entry.key for entry in entries})
    return [hit.key for hit in found.matches], [hit.key for hit in found.near], found.without_seat


@pytest.mark.parametrize(
    ("typed", "seated", "meant"),
    [
        ("Nigeria", "NE", "NG"),
        ("Niger", "NG", "NE"),
        ("Nigerai", "NE", "NG"),
        ("Austria", "AU", "AT"),
        ("Austrai", "AU", "AT"),
        ("Guinea", "GW", "GN"),
        ("Guinea", "PG", "GN"),
        ("Congo", "CD", "CG"),
        ("Dominica", "DO", "DM"),
        ("Iran", "IQ", "IR"),
        ("Mali", "MW", "ML"),
        ("Ireland", "IS", "IE"),
        ("Sudan", "SS", "SD"),
        ("🇳🇬", "NE", "NG"),
        ("NGA", "NE", "NG"),
        ("ng", "NE", "NG"),
    ],
)
def test_a_known_country_without_a_seat_is_never_its_neighbour(typed, seated, meant):
    matches, _, without_seat = answer(typed, seats(seated))
    assert (matches, without_seat) == ([], meant)


@pytest.mark.parametrize(
    ("typed", "seated"),
    [("Bermuda", "AG"), ("Nigera", "NE"), ("Slovania", "SK"), ("Irna", "IR"), ("Taiwan", "TH")],
)
def test_in_doubt_the_seated_one_is_near_and_no_more(typed, seated):
    assert answer(typed, seats(seated)) == ([], [seated], None)


def test_seated_neighbours_are_told_apart():
    both = seats("NE", "NG")
    assert answer("Niger", both) == (["NE"], ["NG"], None)
    assert answer("Nigeria", both) == (["NG"], [], None)
    assert answer("Nigera", both) == (["NE", "NG"], [], None)


def test_a_beginning_is_not_held_against_who_has_a_seat():
    assert answer("Korea", seats("KR")) == (["KR"], [], None)
    assert answer("Denm", seats("DK", "DM")) == (["DK"], [], None)


def test_a_persons_first_name_is_not_taken_for_a_code():
    assert answer("Ben", seats("DK", DK="Ben Hansen")) == (["DK"], [], None)
    assert answer("Mal", seats("DK", DK="Anne Malmberg")) == (["DK"], [], None)
    assert answer("Ben", seats("DK")) == ([], [], "BJ")


def test_what_could_be_a_persons_name_is_a_code_in_capitals_or_in_two_letters():
    people = seats("DK", "GH", DK="Ben Hansen", GH="Li Mensah")
    assert answer("BEN", people) == ([], ["DK"], "BJ")
    assert answer("Li", people) == ([], ["GH"], "LI")
    assert answer("ben hansen", people) == (["DK"], [], None)


def test_only_who_bears_the_name_is_shown_for_a_code():
    people = seats("DK", "GH", DK="Ben Hansen", GH="Benedicta Mensah")
    assert answer("Ben", people) == (["DK"], ["GH"], None)


def test_a_countrys_whole_name_is_the_country_whatever_else_bears_it():
    assert answer("Georgia", seats("DK", DK="Georgia Hansen")) == ([], ["DK"], "GE")
    assert answer("Georgia", seats("DK", DK="Georgia")) == ([], ["DK"], "GE")


def test_a_seat_that_the_secretariat_renamed_is_found_by_its_name():
    renamed = Entry("CD", (*terms("CD"), Term("Congo", TermKind.NAME)))
    assert answer("Congo", [renamed]) == (["CD"], [], None)


def test_a_seat_that_no_list_has_is_found_by_its_code_flag_and_name():
    added = Entry("XK", (*terms("XK"), Term("Kosovo", TermKind.NAME)))
    for typed in ("XK", "🇽🇰", "kosovo"):
        assert answer(typed, [added, *seats("CD")])[0] == ["XK"]
