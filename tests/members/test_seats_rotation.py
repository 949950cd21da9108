"""A whole rotation while a poll, a registration and reminders are open: the person changes, the seat does not."""

from datetime import date, timedelta

import pytest

from tests.meetings.conftest import Room, at
from tests.members.test_seats_posts import confirm, holders, office
from tests.people import Person
from tests.polls.booth import Booth
from tests.world import World, said

FIRST_DAY = date(2026, 5, 1)
DEADLINE = date(2026, 1, 20)
HANDED_OVER = date(2026, 1, 5)


@pytest.fixture
async def successor(world: World) -> Person:
    return world.add_member(world.server, "efua")


async def handed_over(world: World, successor: Person) -> None:
    options = {"delegation": "Ghana", "name": "Efua Owusu", "user": successor, "starts_on": str(HANDED_OVER)}
    await confirm(world, await office(world, "handover", **options))


async def open_booth(world: World) -> Booth:
    services = world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(
            tx, world.server.id, members_channel_id=world.server.channels["general"].id
        )
    return Booth(world)


async def test_the_successor_replaces_the_ballot_without_seeing_it(world: World, successor: Person) -> None:
    booth = await open_booth(world)
    ghana = world.server.members["GH"]
    poll = await booth.open(closes="in 10 days", question="Where next?", options="Accra; Bern; Lima")
    await booth.vote(ghana, poll, 1)
    await handed_over(world, successor)
    await world.travel(timedelta(days=6))
    assert "This is for members" in said(await booth.ballot(ghana, poll))
    await world.restart()
    shown = await booth.ballot(successor, poll)
    assert "'default': True" not in str(shown.response.components), "what was voted stays secret"
    await booth.vote(successor, poll, 2)
    assert (await booth.poll(poll)).turnout == 1
    await booth.pass_time(timedelta(days=5))
    closed = await booth.poll(poll)
    assert closed.state == "closed"
    assert closed.turnout == 1


@pytest.mark.parametrize("secret", [True, False])
async def test_a_successor_on_the_same_account_sees_neither_ballot_nor_receipt(world: World, secret: bool) -> None:
    booth = await open_booth(world)
    ghana = world.server.members["GH"]
    poll = await booth.open(closes="in 10 days", question="Where next?", options="Accra; Bern; Lima", secret=secret)
    await booth.vote(ghana, poll, 1)
    shown = await booth.ballot(ghana, poll)
    assert "'default': True" in str(shown.response.components)
    [holder] = await holders(world, "GH")
    await confirm(world, await office(world, "link", delegation="Ghana", person=str(holder.person.id)))
    await confirm(
        world, await office(world, "handover", delegation="Ghana", name="Efua Owusu", starts_on=str(HANDED_OVER))
    )
    await world.travel(timedelta(days=6))
    await office(world, "link", delegation="Ghana", person="Efua Owusu", user=ghana)
    inherited = await booth.ballot(ghana, poll)
    assert "'default': True" not in str(inherited.response.components), "what was voted stays secret"
    receipt = await ghana.click(shown.response, label="Show receipt")
    assert "Its receipt" not in said(receipt)
    await booth.vote(ghana, poll, 2)
    assert "'default': True" in str((await booth.ballot(ghana, poll)).response.components)
    assert (await booth.poll(poll)).turnout == 1


async def test_registration_and_reminders_go_with_the_seat(world: World, successor: Person) -> None:
    room, ghana = Room(world), world.server.members["GH"]
    await room.plan(FIRST_DAY, register_by=str(DEADLINE))
    options = {"attendance": "in_person", "representative": "capital", "who": "The focal point"}
    await room.told("register", ghana, **options)
    await handed_over(world, successor)
    await world.travel(timedelta(days=6))
    assert "In person" in await room.told("show", successor)
    assert "This is for members" in await room.told("register", ghana, attendance="not_attending")
    told = await room.told("register", successor, attendance="online", representative="mission", who="Her deputy")
    assert told.startswith("🇬🇭 Ghana (GH)")
    meeting = await room.meeting()
    answers = await world.bot.services.registrations.of_meeting(world.server.id, meeting.id)
    assert [(answer.code, answer.attendance) for answer in answers] == [("GH", "online")]


async def test_a_reminder_that_is_owed_to_the_seat_reaches_the_successor(world: World, successor: Person) -> None:
    room = Room(world)
    await room.plan(FIRST_DAY, register_by=str(DEADLINE))
    await handed_over(world, successor)
    await room.until(at(DEADLINE, 12) - timedelta(days=2))
    new, old = await holders(world, "GH")
    rows = [row for row in await room.rows() if row.parent_id is not None]
    asked = {row.person_id for row in rows}
    assert new.person.id in asked
    later = {row.person_id for row in rows if row.due_at > at(HANDED_OVER, 12)}
    assert old.person.id not in later


async def test_the_predecessor_is_thanked_with_what_to_hand_over(world: World, successor: Person) -> None:
    ghana = world.server.members["GH"]
    await handed_over(world, successor)
    seen = said(await ghana.slash(world.server.channels["general"], "member me"))
    assert "Thank you: your term as Focal point of 🇬🇭 Ghana (GH) ends on 4 January 2026." in seen
    await world.travel(timedelta(days=6))
    assert "This is for members" in said(await ghana.slash(world.server.channels["general"], "member list"))
    found = said(await successor.slash(world.server.channels["general"], "member find", who="Ghana"))
    assert "Efua Owusu" in found


@pytest.mark.parametrize(
    ("language", "confirm_label", "done"),
    [("fr", "Confirmer", "est point focal"), ("es", "Confirmar", "es punto focal a partir del")],
)
async def test_a_handover_in_the_secretariats_language(
    world: World, successor: Person, language: str, confirm_label: str, done: str
) -> None:
    async with world.speaking(language):
        options = {"delegation": "GH", "name": "Efua Owusu", "user": successor, "starts_on": "2026-01-05"}
        asked = await office(world, "handover", **options)
        assert asked.response is not None
        result = await world.server.secretariat.click(asked.response, label=confirm_label)
    assert result.response is not None
    assert done in result.response.content
