"""Cards of a directory where everything is as long and as hostile as an import lets in."""

from datetime import UTC, date, datetime
from typing import get_args

import discord
import pytest

from bot.languages import Language
from bot.texts import Reader
from bot.ui import page_of
from cogs.members.directory.buttons import PAGE, list_page
from cogs.members.directory.cards import Viewer, history_card, list_card, seat_card
from cogs.members.directory.rules import Filter
from storage.members.models import Appointment, Delegation, Holder, Person, Role, Seat, SteeringTerm

NOW = datetime(2027, 3, 12, 12, tzinfo=UTC)
EVERYTHING = Viewer(all_contacts=True)
HOSTILE = "**@everyone** [x](https://evil.example) <@1> `_~|"


def holder(number: int, role: Role, text: str) -> Holder:
    person = Person(
        id=number,
        guild_id=1,
        name=text,
        email=text,
        phone=text,
        languages=("en", "fr", "es", "pt", "ar", "zh", "ru", "de", "it", "sw"),
        expertise=(text,) * 20,
        timezone="America/Argentina/Buenos_Aires",
        visibility="members",
        account_id=10**18,
    )
    post = Appointment(number, 1, 1, number, role, text, text, date(2011, 5, 17))
    return Holder(person, post)


def seat(count: int, text: str, name: str | None = None) -> Seat:
    roles: tuple[Role, ...] = get_args(Role)
    holders = tuple(holder(n, roles[n % 4] if n else "focal_point", text) for n in range(count))
    names = {"en": name, "fr": name, "es": name} if name else {}
    return Seat(Delegation(1, 1, "BO", "state", names=names), holders, in_steering_group=True)


def check(card: discord.Embed) -> None:
    """Assert Discord's limits, and that no line is left with an opened mark or a cut escape."""
    assert len(card) <= 6000
    assert len(card.title or "") <= 256
    assert len(card.description or "") <= 4096
    assert len(card.fields) <= 25
    for field in card.fields:
        assert 0 < len(field.name or "") <= 256
        assert 0 < len(field.value or "") <= 1024
    texts = [card.title, card.description, *(t for f in card.fields for t in (f.name, f.value))]
    for line in "\n".join(text for text in texts if text).split("\n"):
        assert line.replace("\\*", "").count("**") % 2 == 0, line
        assert not line.endswith("\\"), line


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("text", ["x" * 200, "_" * 200, HOSTILE * 4], ids=["long", "escaped", "hostile"])
def test_every_card_fits_whatever_stands_in_the_directory(language: Language, text: str) -> None:
    reader = Reader(language, "America/Argentina/Buenos_Aires")
    full = seat(40, text, text[:100])
    check(seat_card(full, reader, NOW, EVERYTHING))
    check(list_card(page_of([full] * PAGE, 0, PAGE), PAGE, reader))
    terms = [SteeringTerm(n, 1, 1, date(2011, 1, 1), date(2011, 1, 2)) for n in range(40)]
    check(history_card(full.delegation, page_of(full.holders, 0, PAGE), terms, reader, NOW.date()))
    _, view = list_page([full] * 30, Filter("western_european_and_others", "focal_point", None, "x" * 30), 0, reader)
    for item in view.walk_children() if view else ():
        assert len(getattr(item, "custom_id", "")) <= 100


def test_names_make_no_markdown_in_titles_and_headings() -> None:
    reader = Reader("en", "UTC")
    card = seat_card(seat(1, HOSTILE, HOSTILE), reader, NOW, EVERYTHING)
    for text in (card.title or "", card.fields[0].name or ""):
        assert "\\*\\*" in text
        assert "\\[x\\](" in text
        assert "@everyone" not in text


def test_who_is_left_out_is_counted() -> None:
    card = seat_card(seat(40, "x" * 100), Reader("en", "UTC"), NOW, EVERYTHING)
    assert f"and {40 - (len(card.fields) - 1)} more" in (card.fields[-1].value or "")


@pytest.mark.parametrize(
    ("role", "said"),
    [("mission", "Permanent mission of Bolivia"), ("focal_point", "Focal point of Bolivia")],
)
def test_an_unnamed_post_is_said_once(role: Role, said: str) -> None:
    unnamed = holder(1, role, "")
    card = seat_card(Seat(Delegation(1, 1, "BO", "state"), (unnamed,)), Reader("en", "UTC"), NOW, EVERYTHING)
    field = card.fields[0]
    assert (field.name or "").startswith(said)
    assert said.split(" of ", maxsplit=1)[0] not in (field.value or "")
