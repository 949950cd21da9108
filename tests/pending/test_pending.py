"""``/pending``: all that awaits a delegation, each with the button that does it; what is done is gone from it."""

from datetime import timedelta

import pytest
from simcord.results import InteractionResult

from bot.languages import Language
from tests.meetings.conftest import Room, filled
from tests.people import Person
from tests.polls.booth import Booth
from tests.webinars.staging import press, schedule
from tests.world import World, card, said

STARTS = timedelta(days=60)


@pytest.fixture
def room(world: World) -> Room:
    return Room(world)


async def pending(world: World, actor: Person) -> InteractionResult:
    return await actor.slash(world.server.channels["general"], "pending")


def labels_of(result: InteractionResult) -> list[str]:
    assert result.response is not None
    return [c["label"] for row in result.response.components for c in row["components"] if "label" in c]


def listed(result: InteractionResult) -> str:
    return card(result).description or ""


async def plan(room: Room) -> None:
    first = (room.now + STARTS).date()
    await room.plan(first, register_by=str(first - timedelta(days=20)))


async def test_nothing_awaits_a_delegation_at_first_and_the_answer_says_so(world: World) -> None:
    answer = await pending(world, world.server.members["GH"])
    assert "Nothing awaits your delegation" in said(answer)
    assert "/meeting show" in said(answer)
    assert labels_of(answer) == []


async def test_each_room_contributes_what_it_waits_for_the_first_deadline_first(world: World, room: Room) -> None:
    member = world.server.members["GH"]
    await plan(room)
    await Booth(world).open(closes="in 72 hours")
    await press(world, await schedule(world, starts="2026-01-20 15:00"))
    answer = await pending(world, member)
    assert labels_of(answer) == ["1. Vote", "2. Webinar", "3. Register", "4. Propose"]
    lines = listed(answer).splitlines()
    assert [line[:6] for line in lines if line.startswith("**")] == ["**1.**", "**2.**", "**3.**", "**4.**"]
    assert "Which topic?" in lines[0]
    assert sum("<t:" in line for line in lines) == 3, "what is optional has no deadline"
    assert "Cast ballot" in str((await member.click(answer.response, label="1. Vote")).response.components)
    assert "Attending" in str((await member.click(answer.response, label="2. Webinar")).response.components)
    assert (await member.click(answer.response, label="4. Propose")).modal is not None


async def test_what_is_done_awaits_nobody_any_more(world: World, room: Room) -> None:
    member, booth = world.server.members["GH"], Booth(world)
    await plan(room)
    poll = await booth.open()
    await press(world, await schedule(world))
    answer = await pending(world, member)
    webinar = await member.click(answer.response, label="2. Register")
    form = await member.click(webinar.response, label="In person")
    assert "who" in filled(form), "a person who comes is asked for"
    await member.submit_modal(form, {"representative": ["capital"], "who": "Ms A"})
    opened = await member.click(answer.response, label="1. Vote")
    await booth.mark(member, opened, 1)
    await booth.cast(member, opened)
    shown = await member.click(answer.response, label="3. Webinar")
    await member.click(shown.response, label="Can't")
    assert labels_of(await pending(world, member)) == ["1. Propose"]
    colleague = world.server.members["DK"]
    assert labels_of(await pending(world, colleague)) == ["1. Vote", "2. Register", "3. Webinar", "4. Propose"]
    meeting, registrations = await room.meeting(), world.bot.services.registrations
    registration = await registrations.of_delegation(world.server.id, meeting.id, "GH")
    assert registration is not None
    assert (registration.comes, registration.representative) == ("Ms A", "capital")
    assert poll.turnout == 0


async def test_a_person_with_two_posts_answers_for_each_delegation(world: World, room: Room) -> None:
    await plan(room)
    both = world.server.untidy.two_posts
    answer = await pending(world, both)
    text = listed(answer)
    assert "European Union" in text
    assert "Malta" in text
    assert labels_of(answer)[:2] == ["1. Register", "2. Register"]
    shown = await both.click(answer.response, label="1. Register")
    await both.click(shown.response, label="Not attending")
    left = await pending(world, both)
    assert labels_of(left)[:2] == ["1. Register", "2. Propose"]
    meeting, registrations = await room.meeting(), world.bot.services.registrations
    codes = {one.code for one in await registrations.of_meeting(world.server.id, meeting.id)}
    assert len(codes) == 1
    assert codes < {"EU", "MT"}


async def test_after_the_deadline_the_secretariat_is_to_be_told(world: World, room: Room) -> None:
    member = world.server.members["GH"]
    await plan(room)
    await world.travel(STARTS - timedelta(days=10))
    answer = await pending(world, member)
    assert "Tell the secretariat" in listed(answer)
    shown = await member.click(answer.response, label="1. Meeting")
    assert "In person" not in str(shown.response.components), "registration is closed"


async def test_a_topic_of_the_delegation_or_a_poll_about_topics_ends_the_invitation_to_propose(
    world: World, room: Room
) -> None:
    await plan(room)
    member, channel = world.server.members["GH"], world.server.channels["general"]
    await member.slash(channel, "topic propose", title="Early warning", level="national", format="workshop")
    assert "4. Propose" not in labels_of(await pending(world, member))
    booth = Booth(world)
    other = world.server.members["DK"]
    assert "2. Propose" in labels_of(await pending(world, other))
    await booth.topics("One", "Two", "Three")
    secretariat = world.server.secretariat
    shown = await secretariat.slash(world.server.channels["secretariat"], "topic poll", closes="in 72 hours")
    await secretariat.click(shown.response, label="Confirm")
    assert [label for label in labels_of(await pending(world, other)) if "Propose" in label] == []


async def test_a_long_list_has_pages_and_goes_on_counting(world: World) -> None:
    booth, member = Booth(world), world.server.members["GH"]
    for number in range(12):
        await booth.open(question=f"Question {number}?")
    first = await pending(world, member)
    assert labels_of(first)[9] == "10. Vote"
    await member.click(first.response, label="Next ›")
    assert labels_of(first)[:2] == ["11. Vote", "12. Vote"]
    assert "**12.**" in (first.response.embeds[0].description or "")


async def test_the_secretariat_is_told_that_this_is_for_delegations(world: World) -> None:
    assert "for the delegations themselves" in said(await pending(world, world.server.secretariat))


async def test_another_network_awaits_nothing(world: World, room: Room) -> None:
    await plan(room)
    other = world.other.members["NE"]
    answer = await other.slash(world.other.channels["general"], "pending")
    assert "Nothing awaits your delegation" in said(answer)


@pytest.mark.parametrize(("language", "word"), [("fr", "Ce qui attend"), ("es", "Lo pendiente")])
async def test_it_is_in_the_readers_language(world: World, room: Room, language: Language, word: str) -> None:
    await plan(room)
    async with world.speaking(language):
        answer = await pending(world, world.server.members["GH"])
    assert word in said(answer)
    assert "Bruxelles" in said(answer) or "Bruselas" in said(answer)
