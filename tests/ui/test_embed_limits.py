"""A list that does not fit a card names whole things, and says how many more there are."""

import discord

from bot.texts import Reader
from bot.ui.embed_limits import CARD, DESCRIPTION, FIELD, FIELDS, fitted, listed

READER = Reader("en", "UTC")


def test_a_list_that_fits_names_everybody() -> None:
    names = [f"Person {n}" for n in range(30)]
    assert listed(names, READER) == ", ".join(names)


def test_a_list_that_does_not_fit_says_how_many_more() -> None:
    names = ["x" * 100] * 12
    shown, more = listed(names, READER).rsplit(" and ", maxsplit=1)
    assert more == "4 more"
    assert shown.split(", ") == ["x" * 100] * 8


def test_cards_are_cut_to_what_discord_takes_and_others_stay_as_they_are() -> None:
    small = discord.Embed(title="x", description="y").add_field(name="a", value="b").set_footer(text="c")
    assert fitted([small]) == [small]
    large = discord.Embed(title="t" * 300, description="d" * 5000)
    for _ in range(FIELDS + 3):
        large.add_field(name="n" * 300, value="v" * 2000)
    first, second = fitted([large, large])
    assert (len(first.title or ""), len(first.description or "")) == (256, DESCRIPTION)
    assert all(len(field.value or "") <= FIELD and len(field.name or "") <= 256 for field in first.fields)
    assert len(first.fields) <= FIELDS
    assert len(first) + len(second) <= CARD
    assert (first.description or "").endswith("…")
    assert len(large.fields) == FIELDS + 3, "what was given stays as it is"
