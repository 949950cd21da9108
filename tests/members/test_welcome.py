"""People who get a post and an account are welcomed once, by whatever way, and a week later read what is to be done."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from cogs.members.welcome.rules import UNDONE_AFTER, predecessor_of, undone_at
from storage.members.models import Appointment, Holder
from storage.members.models import Person as Known
from storage.outbox.models import OutboxRow
from tests.members.test_seats_posts import confirm, holders, office
from tests.people import Person
from tests.polls.booth import Booth
from tests.world import World, embed_text, said

BUTTONS = ["What awaits my delegation", "My data", "Hand-over note", "Colleagues in my region", "Manual"]


@pytest.fixture
def ama(world: World) -> Person:
    return world.add_member(world.server, "ama")


async def accept_direct_messages(world: World, actor: Person) -> None:
    with world.as_bot():
        async with world.bot.services.transaction() as tx:
            await world.bot.services.settings.change_account(tx, world.server.id, actor.id, channel="direct_message")


def received(actor: Person) -> list[discord.Message]:
    return list(actor.user.dm_channel.history())


def labels_of(message: discord.Message) -> list[str]:
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    return [part.label or "" for row in rows for part in row.children if isinstance(part, discord.Button)]


async def arrivals(world: World, name: str, code: str = "GH") -> list[OutboxRow]:
    found = next(h for h in await holders(world, code) if h.person.name == name)
    return await world.bot.services.outbox.of(world.server.id, "arrival", found.appointment.id)


async def look(world: World, actor: Person) -> InteractionResult:
    return await actor.slash(world.server.channels["general"], "about")


def whole(result: InteractionResult) -> list[str]:
    """Return what came in full after an answer."""
    return [
        "\n".join([m.content, *map(embed_text, m.embeds)])
        for m in result.followups
        if "Welcome to" in str([embed_text(e) for e in m.embeds])
    ]


async def test_who_is_appointed_with_an_account_is_welcomed_at_the_next_answer_in_full(
    world: World, ama: Person
) -> None:
    await Booth(world).open()
    await office(world, "appoint", delegation="GH", name="Ama Mensah", role="alternate", user=ama)
    answer = await look(world, ama)
    (text,) = whole(answer)
    assert "You are Alternate of 🇬🇭 Ghana (GH)" in text
    assert "The secretariat entered your name and post." in text
    assert "privacy@example.org" in text
    assert "African States" in text
    assert len(text.splitlines()) <= 12
    message = next(m for m in answer.followups if "You are Alternate" in m.content)
    assert [c["label"] for row in message.components for c in row["components"]] == BUTTONS
    opened = await ama.click(message, label="What awaits my delegation")
    assert "Which topic?" in said(opened), "the ballot is her delegation's"
    assert whole(await look(world, ama)) == [], "once"


async def test_the_buttons_work_in_a_direct_message_and_show_no_contact_details_there(
    world: World, ama: Person
) -> None:
    await accept_direct_messages(world, ama)
    await office(world, "appoint", delegation="GH", name="Ama Mensah", role="alternate", user=ama)
    await world.travel(timedelta(days=3))
    (message,) = received(ama)
    assert labels_of(message) == [*BUTTONS, "Details"]
    await world.restart()
    data = (await ama.user.click(message, label="My data")).response
    assert data is not None
    assert "The secretariat entered" in data.content
    assert not data.embeds
    region = (await ama.user.click(message, label="Colleagues in my region")).response
    assert region is not None
    assert "Côte d'Ivoire" in embed_text(region.embeds[0])
    assert "Ghana" not in embed_text(region.embeds[0])
    manual = (await ama.user.click(message, label="Manual")).response
    assert manual is not None
    assert "/resource list" in embed_text(manual.embeds[0])
    pending = (await ama.user.click(message, label="What awaits my delegation")).response
    assert pending is not None
    assert "awaits your delegation" in embed_text(pending.embeds[0])


async def test_who_gets_an_account_later_is_welcomed_then_and_once(world: World, ama: Person) -> None:
    await office(world, "appoint", delegation="GH", name="Ama Mensah", role="alternate")
    assert [row.state for row in await arrivals(world, "Ama Mensah")] == ["pending"]
    await world.travel(timedelta(days=10))
    assert [row.state for row in await arrivals(world, "Ama Mensah")] == ["not_owed"], "nobody is there to do it"
    await office(world, "link", delegation="GH", person="Ama Mensah", user=ama)
    assert len(whole(await look(world, ama))) == 1
    assert whole(await look(world, ama)) == []
    assert [row.state.value for row in await arrivals(world, "Ama Mensah")].count("pending") == 1


async def test_a_post_that_begins_later_is_news_now_and_a_welcome_on_its_first_day(world: World, ama: Person) -> None:
    asked = await office(world, "handover", delegation="Ghana", name="Ama Mensah", user=ama, starts_on="2026-03-02")
    await confirm(world, asked)
    answer = await look(world, ama)
    assert "You are Focal point of 🇬🇭 Ghana (GH) in the network from 2 March 2026." in said(answer)
    assert whole(answer) == [], "she cannot do anything yet"
    await world.travel_to(world.env.now().replace(month=3, day=2, hour=12))
    (text,) = whole(await look(world, ama))
    assert "Your predecessor's registration" in text
    assert whole(await look(world, ama)) == []


async def test_on_the_seventh_day_what_is_undone_is_said_if_anything_is(world: World, ama: Person) -> None:
    kofi = world.add_member(world.server, "kofi")
    await office(world, "appoint", delegation="GH", name="Ama Mensah", role="alternate", user=ama)
    await office(world, "appoint", delegation="DK", name="Kofi Berg", role="alternate", user=kofi)
    services = world.bot.services
    with world.as_bot():
        async with services.transaction() as tx:
            channel = world.server.channels["general"]
            await services.settings.change_network(tx, world.server.id, members_channel_id=channel.id)
    booth = Booth(world)
    poll = await booth.open(closes="in 300 hours")
    await booth.vote(world.server.members["DK"], poll, 1)
    await look(world, ama)
    await world.travel(UNDONE_AFTER - timedelta(hours=1))
    assert {row.state for row in await arrivals(world, "Ama Mensah")} == {"pending"}
    await world.travel(timedelta(hours=2))
    answer = await look(world, ama)
    assert "1 thing still awaits your delegation." in said(answer)
    assert "Which topic?" in said(answer)
    assert [row.state for row in await arrivals(world, "Kofi Berg", "DK")] == ["not_owed"], "Denmark has voted"
    assert "still awaits" not in said(await look(world, ama))


def test_the_seventh_day_is_the_seventh() -> None:
    assert timedelta(days=7) == UNDONE_AFTER


@pytest.mark.parametrize(("language", "word"), [("fr", "Bienvenue dans le réseau"), ("es", "Le damos la bienvenida")])
async def test_the_welcome_is_in_the_persons_language(world: World, ama: Person, language: str, word: str) -> None:
    await office(world, "appoint", delegation="GH", name="Ama Mensah", role="alternate", user=ama)
    async with world.speaking(language):
        assert word in said(await look(world, ama))


def held(person_id: int, starts_on: date, ends_on: date | None = None, role: str = "focal_point") -> Holder:
    post = Appointment(person_id, 1, 5, person_id, role, "", "", starts_on, ends_on)  # pyright: ignore[reportArgumentType] - a role
    return Holder(Known(person_id, 1, f"P{person_id}"), post)


def test_the_predecessor_is_the_last_who_held_the_post_before() -> None:
    first = held(1, date(2020, 1, 1), date(2022, 1, 1))
    second = held(2, date(2022, 1, 2), date(2024, 1, 1))
    third = held(3, date(2024, 1, 2))
    adviser = held(4, date(2019, 1, 1), date(2023, 1, 1), "adviser")
    everybody = [first, second, third, adviser]
    assert predecessor_of(third.appointment, everybody) == second
    assert predecessor_of(second.appointment, everybody) == first
    assert predecessor_of(first.appointment, everybody) is None
    assert predecessor_of(held(5, date(2025, 1, 1), None, "adviser").appointment, everybody) is None


@pytest.mark.parametrize(
    ("changes", "came_before"),
    [
        ({}, True),
        ({"ends_on": date(2024, 1, 2)}, False),
        ({"ends_on": date(2030, 1, 1)}, False),
        ({"ends_on": None}, False),
        ({"role": "alternate"}, False),
        ({"delegation_id": 6}, False),
    ],
)
def test_a_predecessor_held_the_same_post_and_had_left_it(changes: dict[str, Any], came_before: bool) -> None:
    third = held(3, date(2024, 1, 2))
    second = held(2, date(2022, 1, 2), date(2024, 1, 1))
    before = replace(second, appointment=replace(second.appointment, **changes))
    assert predecessor_of(third.appointment, [third, before]) == (before if came_before else None)
    own = replace(before, person=third.person, appointment=replace(before.appointment, person_id=3))
    assert predecessor_of(third.appointment, [third, own]) is None, "nobody precedes themselves"


def test_what_is_undone_is_asked_for_a_week_after_the_later_of_both() -> None:
    now, later = datetime(2026, 3, 1, 12, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
    assert undone_at(now, later) == undone_at(later, now) == datetime(2026, 4, 8, tzinfo=UTC)
