import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.folding import normalise, spellings

APOSTROPHES = ["'", "\N{RIGHT SINGLE QUOTATION MARK}", "\N{MODIFIER LETTER APOSTROPHE}", "\N{ACUTE ACCENT}"]


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
def test_every_apostrophe_is_the_same(apostrophe):
    assert spellings(f"Côte d{apostrophe}Ivoire") == ("cote d ivoire", "cote divoire")


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  TÜRKİYE ", "turkiye"),
        ("Åse Sørensen-Łuczak", "ase sorensen luczak"),
        ("Straße", "strasse"),
        ("\N{RIGHT-TO-LEFT MARK}Denmark\N{RIGHT-TO-LEFT MARK}", "denmark"),
        ("De\N{SOFT HYPHEN}n\N{ZERO WIDTH SPACE}mark", "denmark"),
        ("Sao  Tomé\t&\nPríncipe", "sao tome principe"),
        ("\u0645\u064f\u062d\u0645\u064e\u062f", "\u0645\u062d\u0645\u062f"),
        ("!?…", ""),
        ("\N{PARTY POPPER}", ""),
    ],
)
def test_what_nobody_looks_at_makes_no_difference(typed, folded):
    assert normalise(typed) == folded


@given(st.text())
def test_folding_takes_any_text_and_folds_it_once(text):
    folded = normalise(text)
    assert normalise(folded) == folded
    assert folded == folded.strip()
