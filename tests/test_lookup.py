import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.names import delegations, terms
from bot.search import lookup
from bot.search.entries import Entry, Term, TermKind
from bot.search.lookup import LONGEST_TYPED, Index, Match, find, search

WORLD = [Entry(code, terms(code)) for code in delegations()]
LONG_NAMES = sorted(
    (code, delegation.names["en"]) for code, delegation in delegations().items() if len(delegation.names["en"]) >= 8
)
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def person(name, ministry="Ministry of Foreign Affairs", skill="mediation"):
    return (Term(name, TermKind.PERSON), Term(ministry, TermKind.MINISTRY), Term(skill, TermKind.SKILL))


DENMARK = Entry("DK", (*terms("DK"), *person("Anne-Marie Sørensen", skill="international law")))
GHANA = Entry("GH", (*terms("GH"), *person("Kwame O'Brien Mensah", "Office of the President", "early warning")))
CHILE = Entry("CL", (*terms("CL"), *person("José Ñuñoa", skill="early warning")))
NETWORK = [CHILE, DENMARK, GHANA]


def keys(hits):
    return [hit.key for hit in hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sorensen", "DK"),
        ("Sorenson", "DK"),
        ("anne marie", "DK"),
        ("annemarie sørensen", "DK"),
        ("Sørensen, Anne-Marie", "DK"),
        ("Denmark Sørensen", "DK"),
        ("obrien", "GH"),
        ("O\N{RIGHT SINGLE QUOTATION MARK}Brien", "GH"),
        ("mensah kwame", "GH"),
        ("office president", "GH"),
        ("International Law", "DK"),
        ("nunoa", "CL"),
    ],
)
def test_a_person_a_ministry_or_a_skill_is_found(typed, found):
    assert keys(find(NETWORK, typed).matches) == [found]


ROMANISED = {
    "Abd el-Rahman Hassan": [
        *("Abdelrahman", "Abd el Rahman", "Abdel Rahman Hassan", "Abdul-Rahman", "Abderrahman", "Abd al-Rahman"),
        "hassan abdelrahman",
    ],
    "Abdul Aziz Diallo": ["Abdelaziz", "Abdoul Aziz", "abd el-aziz diallo"],
    "Abdelrahman Saleh": ["Abd el-Rahman", "Abdul Rahman"],
    "Mohamed ElBaradei": ["El Baradei", "Muhammad", "Mohammed El-Baradei"],
    "Nabil Al-Sabah": ["Al Sabah", "alsabah", "El Sabah"],
    "Đorđe Petrović": ["Djordje", "Dorde", "djordje petrovic"],
    "Djordje Ilić": ["Đorđe"],
    "Jürgen Müller": ["Juergen Mueller", "Mueller", "Jurgen"],
    "Bjørn Sørensen": ["Bjoern", "Soerensen"],
    "Žaneta Šimkutė": ["Zhaneta", "Shimkute", "Zaneta"],
}


@pytest.mark.parametrize(("name", "typed"), [(name, typed) for name in ROMANISED for typed in ROMANISED[name]])
def test_a_name_is_found_however_it_is_written_in_latin_letters(name, typed):
    others = [Entry("GH", person("Kwame Mensah")), Entry("CL", person("Elena Alba")), Entry("SV", terms("SV"))]
    found = find([*others, Entry("X", person(name))], typed)
    assert (keys(found.matches), found.matches[0].match <= Match.WORDS) == (["X"], True)


def test_another_name_is_no_way_of_writing_it():
    others = [Entry("A", person("Alena Novák")), Entry("B", person("Abdi Warsame")), Entry("C", person("Dora Ilić"))]
    for typed in ("El Salvador", "Abdelrahman", "Djordje", "Abdallah"):
        assert find(others, typed).matches == (), typed


def test_several_matches_are_a_list_in_the_order_of_the_entries():
    assert keys(find(NETWORK, "early warning").matches) == ["CL", "GH"]
    assert keys(find(NETWORK, "ministry").matches) == ["CL", "DK"]


def test_the_hit_says_by_which_term_and_how():
    (hit,) = find(WORLD, "Ivory Coast").matches
    assert (hit.term.text, hit.term.kind, hit.match) == ("Ivory Coast", TermKind.ALIAS, Match.EXACT)
    (hit,) = find(WORLD, "Denmrak").matches
    assert (hit.term.text, hit.match, hit.slips) == ("Denmark", Match.TYPO, 1)


def test_a_delegations_own_name_comes_before_a_skill_of_the_same_name():
    about_ghana = Entry("CL", (*terms("CL"), Term("Ghana", TermKind.SKILL)))
    found = find([about_ghana, GHANA], "ghana")
    assert (keys(found.matches), keys(found.near)) == (["GH"], ["CL"])


def test_a_code_is_met_whole_and_comes_first():
    hits = search(WORLD, "ch")
    assert (hits[0].key, hits[0].match) == ("CH", Match.EXACT)
    assert {"TD", "CL", "CN"} <= set(keys(hits))
    assert search([Entry("CH", (Term("CHE", TermKind.CODE),))], "ch") == []


@pytest.mark.parametrize(
    ("typed", "matches", "near"),
    [
        ("Niger", ["NE"], ["NG"]),
        ("Guinea", ["GN"], ["GQ", "GW", "PG"]),
        ("Congo", ["CG"], ["CD"]),
        ("Dominica", ["DM"], ["DO"]),
        ("Sudan", ["SD"], ["SS"]),
        ("Mali", ["ML"], []),
        ("Iran", ["IR"], ["IQ"]),
        ("Guin", ["GN", "GQ", "GW", "PG"], []),
        ("Korea", ["KP", "KR"], []),
        ("Nigera", ["NE", "NG"], []),
        ("Austrai", ["AT"], ["AU"]),
        ("Irna", [], ["IR"]),
        ("the delegation of Guinea-Bissau", [], ["GW", "GN"]),
    ],
)
def test_what_is_certain_and_what_is_near(typed, matches, near):
    found = find(WORLD, typed)
    assert (keys(found.matches), keys(found.near)[: max(len(near), 1)]) == (matches, near)


def test_what_only_looks_alike_is_offered_where_nothing_is_found():
    found = find(WORLD, "Lichtenschtein")
    assert (found.matches, keys(found.near)[0]) == ((), "LI")


@pytest.mark.parametrize(
    "typed",
    [
        *("", " ", "!?…'", "🎉", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\N{RIGHT-TO-LEFT MARK}", "\0", "xq", "zzzqq"),
        *("a" * 2000, "Denmark " * 250, "\N{ARABIC LIGATURE SALLALLAHOU ALAYHE WASALLAM}" * LONGEST_TYPED),
    ],
)
def test_what_says_nothing_finds_nothing(typed):
    assert search(WORLD, typed) == []
    assert find(WORLD, typed).only is None


def test_the_limit_keeps_the_best():
    everything = search(WORLD, "republic")
    assert len(everything) > 100
    assert search(WORLD, "republic", 25) == everything[:25]


def test_no_entries_and_entries_without_terms_are_no_trouble():
    assert search([], "Denmark") == []
    assert search([Entry("X", ()), Entry("Y", (Term("…", TermKind.NAME),))], "Denmark") == []


@given(st.text(max_size=80))
def test_any_text_may_be_typed(typed):
    found = find(WORLD, typed)
    assert sorted(keys(search(WORLD, typed))) == sorted([*keys(found.matches), *keys(found.near)])


@given(st.data())
def test_one_slip_in_a_long_name_still_finds_it(data):
    code, name = data.draw(st.sampled_from(LONG_NAMES))
    at = data.draw(st.integers(0, len(name) - 2))
    letter = data.draw(st.sampled_from(LETTERS))
    slip = data.draw(
        st.sampled_from(
            [
                name[:at] + name[at + 1 :],
                name[:at] + letter + name[at:],
                name[:at] + letter + name[at + 1 :],
                name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            ]
        )
    )
    found = find(WORLD, slip)
    assert code in keys(found.matches) or code in keys(found.near)[:2]
    assert len(found.matches) <= 3


@given(st.sampled_from(LONG_NAMES), st.sampled_from([str.upper, str.lower, str.title, str.swapcase]))
def test_case_never_matters(coded, change):
    code, name = coded
    assert keys(find(WORLD, change(name)).matches) == [code]


def crowd():
    """630 delegations of three persons each."""
    chance = random.Random(2005)  # noqa: S311
    syllables = ["ka", "so", "mi", "ren", "tal", "bu", "dor", "el", "an", "vi"]

    def name():
        return " ".join("".join(chance.choices(syllables, k=3)).title() for _ in range(2))

    codes = list(delegations())
    for number in range(630):
        code = codes[number % len(codes)]
        people = [term for _ in range(3) for term in person(name(), f"Ministry of {name()}", name())]
        yield Entry(f"{code}{number}", (*terms(code), *people))


@pytest.mark.parametrize(
    ("typed", "most"),
    [
        ("Denmrak", 3),
        ("ministry", 0),
        ("zzzqqqwwee", 0),
        ("international law", 0),
        ("Untied Kingdom of Grat Britain", 0),
    ],
)
def test_of_a_crowd_only_the_few_that_the_index_leaves_are_compared_word_by_word(monkeypatch, typed, most):
    compared = []
    slipped = lookup._slipped
    monkeypatch.setattr(lookup, "_slipped", lambda entry, query: compared.append(entry) or slipped(entry, query))
    search(list(crowd()), typed, 25)
    assert len(compared) <= most


@given(st.data())
def test_what_the_index_rules_out_is_no_slip(data):
    word = data.draw(st.sampled_from(WORD_LIST))
    at = data.draw(st.integers(0, len(word) - 1))
    typed = word[:at] + data.draw(st.sampled_from(["", "x", word[at] * 2])) + word[at + 1 :]
    query = lookup._read(data.draw(st.sampled_from([typed, f"{typed} {data.draw(st.sampled_from(WORD_LIST))}"])))
    index = Index(NETWORK)
    if query is not None:
        kept = index.may_be_slips(query, index.begun(query))
        for entry in (one for one in NETWORK if one.key not in kept):
            assert lookup._meet(entry, query, may_slip=True) == lookup._meet(entry, query, may_slip=False)


@given(st.data())
def test_what_the_index_rules_out_is_not_met(data):
    parts = st.sampled_from([*WORD_LIST, *(text for entry in NETWORK for text in entry.exact)])
    words = [data.draw(parts)[: data.draw(st.integers(1, 30))] for _ in range(data.draw(st.integers(1, 3)))]
    query = lookup._read(" ".join(words))
    if query is not None:
        index = Index(NETWORK)
        kept = index.may_be_met(query, index.begun(query), set())
        assert [one for one in NETWORK if lookup._meet(one, query, may_slip=False)] == [
            one for one in kept if lookup._meet(one, query, may_slip=False)
        ]


def test_of_a_crowd_only_those_that_may_be_met_are_looked_at_closely(monkeypatch):
    looked_at = []
    meet = lookup._meet
    monkeypatch.setattr(
        lookup, "_meet", lambda entry, *rest, **how: looked_at.append(entry) or meet(entry, *rest, **how)
    )
    people = list(crowd())
    assert search(people, people[0].terms[0].text, 25)
    assert len(looked_at) < len(people) / 4


WORD_LIST = sorted({word for entry in NETWORK for form, _ in entry.forms for word in form.split()})
