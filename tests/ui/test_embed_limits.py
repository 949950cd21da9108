"""A list that does not fit a card names whole things, and says how many more there are."""

from bot.texts import Reader
from bot.ui.embed_limits import listed

READER = Reader("en", "UTC")


def test_a_list_that_fits_names_everybody() -> None:
    names = [f"Person {n}" for n in range(30)]
    assert listed(names, READER) == ", ".join(names)


def test_a_list_that_does_not_fit_says_how_many_more() -> None:
    names = ["x" * 100] * 12
    shown, more = listed(names, READER).rsplit(" and ", maxsplit=1)
    assert more == "4 more"
    assert shown.split(", ") == ["x" * 100] * 8
