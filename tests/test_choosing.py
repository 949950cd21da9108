import pytest

from bot.search.choosing import CHOICES, choices, chosen, offered
from bot.texts import t

CITIES = {"#1": "San José", "#2": "Santiago", "#3": "Accra", "#4": "Accra Nord"}


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("#2", "#2"),
        (" #2 ", "#2"),
        ("jose", "#1"),
        ("ACCRA", "#3"),
        ("nord", "#4"),
        ("san", None),
        ("Lima", None),
        ("2", None),
        ("", None),
        ("  ", None),
        ("…", None),
    ],
)
def test_one_is_meant_or_none(typed: str, value: str | None) -> None:
    assert chosen(list(CITIES), typed, str, lambda key: [CITIES[key]]) == value


def test_a_part_of_a_name_is_not_taken_where_only_the_whole_will_do() -> None:
    assert chosen(list(CITIES), "jose", str, lambda key: [CITIES[key]], whole=True) is None
    assert chosen(list(CITIES), "san josé", str, lambda key: [CITIES[key]], whole=True) == "#1"


def test_what_fits_is_offered_in_order_and_no_more_than_discord_shows() -> None:
    choices = offered(CITIES, "san", str, CITIES.__getitem__)
    assert [(choice.name, choice.value) for choice in choices] == [("San José", "#1"), ("Santiago", "#2")]
    assert len(offered(range(100), "", str, lambda number: "x" * 200)) == CHOICES
    assert len(offered(range(1), "", str, lambda number: "x" * 200)[0].name) == 100


def test_values_are_offered_by_their_names() -> None:
    found = choices({"one": t("One choice"), "many": t("Approve as many as you like")})
    assert [(c.value, c.name) for c in found] == [("one", "One choice"), ("many", "Approve as many as you like")]
