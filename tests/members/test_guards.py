"""Terms: what a hand-over may not lengthen, what may not overlap, and in which order people read a list."""

from datetime import date

import pytest

from tests.members.test_seats_posts import confirm, holders, office
from tests.world import World, card, said


async def test_a_hand_over_does_not_lengthen_a_term_that_ends_earlier(world: World) -> None:
    ending = {"delegation": "GH", "person": "Focal point of Ghana", "ends_on": "2026-01-10"}
    await confirm(world, await office(world, "end", **ending))
    asked = await office(world, "handover", delegation="GH", name="Ama Mensah", starts_on="2026-03-01")
    assert "10 January 2026" in said(asked)
    await confirm(world, asked)
    new, old = await holders(world, "GH")
    assert (old.appointment.ends_on, new.appointment.starts_on) == (date(2026, 1, 10), date(2026, 3, 1))


async def test_a_hand_over_shortens_a_term_that_ends_later(world: World) -> None:
    ending = {"delegation": "GH", "person": "Focal point of Ghana", "ends_on": "2026-06-30"}
    await confirm(world, await office(world, "end", **ending))
    await confirm(world, await office(world, "handover", delegation="GH", name="Ama Mensah", starts_on="2026-03-01"))
    new, old = await holders(world, "GH")
    assert (old.appointment.ends_on, new.appointment.starts_on) == (date(2026, 2, 28), date(2026, 3, 1))


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        ("2027-06-01", None),
        ("2027-12-31", "2028-06-30"),
        ("2026-06-01", "2027-01-01"),
        ("2026-06-01", None),
        ("2027-02-01", "2027-03-01"),
    ],
)
async def test_a_steering_term_that_overlaps_another_is_refused(
    world: World, starts_on: str, ends_on: str | None
) -> None:
    await office(world, "steering", delegation="DK", starts_on="2027-01-01", ends_on="2027-12-31")
    options = {"starts_on": starts_on} | ({"ends_on": ends_on} if ends_on else {})
    await office(world, "steering", delegation="DK", **options)
    assert await terms(world) == [(date(2027, 1, 1), date(2027, 12, 31))]


async def test_steering_terms_may_touch(world: World) -> None:
    for starts_on, ends_on in (("2027-01-01", "2027-12-31"), ("2028-01-01", None), ("2026-01-01", "2026-12-31")):
        options = {"starts_on": starts_on} | ({"ends_on": ends_on} if ends_on else {})
        await office(world, "steering", delegation="DK", **options)
    assert [first for first, _ in await terms(world)] == [date(2026, 1, 1), date(2027, 1, 1), date(2028, 1, 1)]


async def terms(world: World) -> list[tuple[date, date | None]]:
    found = await world.bot.services.members.steering_terms(world.server.id)
    return sorted((term.starts_on, term.ends_on) for term in found)


@pytest.mark.parametrize(
    ("language", "further", "named"),
    [
        ("en", "Next ›", ["Costa Rica", "Côte d", "Czechia", "Denmark", "Sweden", "Switzerland"]),
        ("fr", "Suivant ›", ["Danemark", "Espagne", "États-Unis", "Finlande", "Suède", "Suisse"]),
        ("es", "Siguiente ›", ["Dinamarca", "España", "Estados Unidos", "Finlandia", "Suecia", "Suiza"]),
    ],
)
async def test_the_list_follows_the_alphabet_of_the_reader(
    world: World, language: str, further: str, named: list[str]
) -> None:
    reader, channel = world.server.members["GH"], world.server.channels["general"]
    async with world.speaking(language):
        shown = await reader.slash(channel, "member list")
        text = said(shown)
        pages = int((card(shown).footer.text or "").split()[-1])
        for _ in range(pages - 1):
            shown = await reader.click(shown.response, label=further)
            text += said(shown)
    assert pages > 1
    places = [text.index(name) for name in named]
    assert places == sorted(places)
