"""Which states a title names: whole words, the longest name, in any of the languages, and no other words."""

import pytest

from bot.names import states_named


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("Prevention in Sudan", ["SD"]),
        ("La prévention au Soudan", ["SD"]),
        ("La prevención en Sudán del Sur", ["SS"]),
        ("South Sudan and its neighbours", ["SS"]),
        ("Guinea-Bissau", ["GW"]),
        ("GUINEA", ["GN"]),
        ("Lessons from the Democratic Republic of the Congo and Côte d’Ivoire", ["CD", "CI"]),
        ("Myanmar, Myanmar", ["MM"]),
        ("Niger, not Nigeria", ["NE", "NG"]),
        ("Iran and Oman", ["IR", "OM"]),
        ("The United States of America", ["US"]),
        ("The Ivory Coast and Burma", ["CI", "MM"]),
    ],
)
def test_a_state_is_found_by_its_name(title: str, codes: list[str]) -> None:
    assert states_named(title) == codes


@pytest.mark.parametrize(
    "title",
    [
        "What it asks of us all",
        "Réunion annuelle à La Haye",
        "Early warning, and who is to act",
        "Romanian lessons",
        "The somalian Omani people",
        "Prevention in the European Union",
        "",
    ],
)
def test_other_words_are_no_states(title: str) -> None:
    assert states_named(title) == []
