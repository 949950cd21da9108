"""A hand-over note: read by the people of one delegation, on the server only; deleted at any time, and 90 days on."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from simcord.results import InteractionResult

from bot import retention
from cogs.members.notes.rules import WRITTEN_UNTIL, ShownNote, is_for, may_read, may_write
from storage.backups.export import export_network
from storage.members.models import Appointment, Delegation, HandoverNote, Holder
from storage.members.models import Person as Known
from tests.members.test_seats_posts import confirm, office
from tests.members.test_welcome import accept_direct_messages, labels_of, received
from tests.people import Person
from tests.world import World, said

NOTE = "The shared drive is at the archive; ask registry for the key."
STARTS = "2026-01-12"


@pytest.fixture
async def ama(world: World) -> Person:
    """Who follows in Ghana from ``STARTS``."""
    user = world.add_member(world.server, "ama")
    asked = await office(world, "handover", delegation="GH", name="Ama Mensah", user=user, starts_on=STARTS)
    await confirm(world, asked)
    return user


async def me(world: World, actor: Person) -> InteractionResult:
    return await actor.slash(world.server.channels["general"], "member me")


async def notes(world: World, actor: Person) -> InteractionResult:
    """Press *Hand-over note* below one's own entry."""
    return await actor.click((await me(world, actor)).response, label="Hand-over note")


async def write(world: World, actor: Person, text: str = NOTE) -> InteractionResult:
    shown = await notes(world, actor)
    form = await actor.click(shown.response, label="Write a hand-over note")
    return await actor.submit_modal(form, {"text": text})


async def kept(world: World) -> list[HandoverNote]:
    return await world.bot.services.handover_notes.all(world.server.id)


def on_disk(world: World) -> bytes:
    path = world.settings.database_path
    wal = path.with_name(f"{path.name}-wal")
    return path.read_bytes() + (wal.read_bytes() if wal.exists() else b"")


async def test_the_successor_reads_it_and_90_days_later_it_is_gone(world: World, ama: Person) -> None:
    old = world.server.members["GH"]
    done = await write(world, old)
    assert "90 days" in said(done)
    assert NOTE not in said(done)
    await world.travel(timedelta(days=15))
    assert NOTE in said(await notes(world, ama))
    (note,) = await kept(world)
    assert note.read_at is not None
    await world.travel(retention.HANDOVER_NOTES - timedelta(days=1))
    assert len(await kept(world)) == 1
    await world.travel(timedelta(days=2))
    assert await kept(world) == []
    assert "There is no hand-over note" in said(await notes(world, ama))


def test_a_note_is_kept_90_days_after_it_was_read() -> None:
    assert timedelta(days=90) == retention.HANDOVER_NOTES


async def test_nobody_else_reads_it_and_a_colleague_who_does_is_not_the_one_it_is_for(
    world: World, ama: Person
) -> None:
    kofi = world.add_member(world.server, "kofi")
    await office(world, "appoint", delegation="GH", name="Kofi Annor", role="alternate", user=kofi)
    await write(world, world.server.members["GH"])
    assert NOTE in said(await notes(world, kofi))
    await world.travel(timedelta(days=15))
    assert NOTE in said(await notes(world, kofi))
    (note,) = await kept(world)
    assert note.read_at is None
    assert NOTE not in said(await notes(world, world.server.members["DK"]))
    secretariat, channel = world.server.secretariat, world.server.channels["secretariat"]
    assert NOTE not in said(await secretariat.slash(channel, "audit"))
    for other in (secretariat, world.server.guest, world.server.members["DK"]):
        given = await other.slash(world.server.channels["general"], "privacy export")
        assert given.response is not None
        for file in given.response.attachments:
            assert NOTE.encode() not in await file.read()
    assert "handover_note" not in export_network(world.settings.database_path, world.server.id)
    assert NOTE in said(await notes(world, ama))


async def test_its_author_deletes_it_after_the_term_by_way_of_their_own_data(world: World, ama: Person) -> None:
    old = world.server.members["GH"]
    await write(world, old)
    assert NOTE.encode() in on_disk(world)
    await world.travel(timedelta(days=60))
    given = await old.slash(world.server.channels["general"], "privacy export")
    assert given.response is not None
    data = json.loads(await given.response.attachments[0].read())
    assert [row["text"] for row in data["held"]["handover_note"]] == [NOTE]
    shown = await old.click(given.response, label="Hand-over note")
    await old.click(shown.response, label="Delete my note")
    assert await kept(world) == []
    assert NOTE.encode() not in on_disk(world)
    assert "There is no hand-over note" in said(await notes(world, ama))


async def test_it_goes_with_its_author(world: World, ama: Person) -> None:
    old, channel = world.server.members["GH"], world.server.channels["general"]
    await write(world, old)
    asked = await old.slash(channel, "privacy erase")
    await old.click(asked.response, label="Confirm")
    assert await kept(world) == []
    assert NOTE.encode() not in on_disk(world)
    assert ama is not None


async def test_it_is_written_from_a_direct_message_and_never_shown_in_one(world: World) -> None:
    old = world.server.members["GH"]
    await accept_direct_messages(world, old)
    await confirm(world, await office(world, "handover", delegation="GH", name="Ama Mensah"))
    await world.travel(timedelta(days=4))
    (thanks,) = received(old)
    assert labels_of(thanks) == ["Write a hand-over note", "Details"]
    form = await old.user.click(thanks, label="Write a hand-over note")
    await old.user.submit_modal(form, {"text": NOTE})
    (note,) = await kept(world)
    assert note.text == NOTE, "the term ended yesterday, and she was asked to hand over"
    assert not any(NOTE in message.content for message in received(old))
    await world.travel(WRITTEN_UNTIL)
    late = await old.user.click(thanks, label="Write a hand-over note")
    assert late.modal is None


TODAY = date(2026, 5, 10)


def held(person_id: int, starts_on: date, ends_on: date | None = None, code: int = 5) -> Holder:
    post = Appointment(person_id, 1, code, person_id, "focal_point", "", "", starts_on, ends_on)
    return Holder(Known(person_id, 1, f"P{person_id}"), post)


LEFT = held(1, date(2020, 1, 1), date(2026, 5, 1))
NEXT = held(2, date(2026, 5, 2))
ELSEWHERE = held(3, date(2026, 5, 2), None, 6)


def note_of(author: Holder) -> ShownNote:
    note = HandoverNote(1, author.appointment.id, author.person.id, "x", None)  # pyright: ignore[reportArgumentType] - when does not matter
    return ShownNote(note, author, Delegation(author.appointment.delegation_id, 1, "GH", "state"))


def test_who_reads_it_and_whom_it_is_for() -> None:
    everybody = [LEFT, NEXT, ELSEWHERE]
    assert [may_read(number, note_of(LEFT), everybody, TODAY) for number in (1, 2, 3, 4)] == [True, True, False, False]
    assert [is_for(number, note_of(LEFT), everybody, TODAY) for number in (1, 2, 3)] == [False, True, False]
    assert not is_for(2, note_of(LEFT), everybody, date(2026, 5, 1)), "the next term has not begun"
    still = held(1, date(2020, 1, 1))
    assert not is_for(2, note_of(still), [still, NEXT], TODAY), "the author is still there"


@pytest.mark.parametrize(
    ("changes", "is_next"),
    [
        ({}, True),
        ({"starts_on": TODAY}, True),
        ({"starts_on": date(2026, 5, 1)}, False),
        ({"starts_on": date(2026, 5, 11)}, False),
        ({"ends_on": date(2026, 5, 9)}, False),
        ({"role": "alternate"}, False),
        ({"delegation_id": 6}, False),
    ],
)
def test_it_is_for_who_holds_the_same_post_now_and_began_after_its_author_left(
    changes: dict[str, Any], is_next: bool
) -> None:
    following = replace(NEXT, appointment=replace(NEXT.appointment, **changes))
    assert is_for(2, note_of(LEFT), [LEFT, following], TODAY) is is_next
    again = replace(following, person=LEFT.person)
    assert not is_for(1, note_of(LEFT), [LEFT, again], TODAY), "the author, who has come back"
    assert not is_for(2, note_of(LEFT), [LEFT, again], TODAY)


@pytest.mark.parametrize(
    ("changes", "reads"),
    [
        ({"role": "adviser", "starts_on": date(2019, 1, 1)}, True),
        ({"starts_on": date(2026, 5, 11)}, False),
        ({"ends_on": date(2026, 5, 9)}, False),
        ({"delegation_id": 6}, False),
    ],
)
def test_it_is_read_by_who_holds_a_post_of_the_delegation_today(changes: dict[str, Any], reads: bool) -> None:
    colleague = replace(NEXT, appointment=replace(NEXT.appointment, **changes))
    assert may_read(2, note_of(LEFT), [LEFT, colleague], TODAY) is reads


def test_who_may_write_it() -> None:
    assert may_write(NEXT.appointment, date(2026, 5, 2), was_thanked=False), "the first day"
    assert not may_write(NEXT.appointment, date(2026, 5, 1), was_thanked=True)
    post = LEFT.appointment
    assert may_write(post, date(2026, 5, 1), was_thanked=False)
    assert not may_write(post, date(2019, 12, 31), was_thanked=True), "it has not begun"
    assert not may_write(post, date(2026, 5, 2), was_thanked=False), "somebody who was recalled"
    assert may_write(post, date(2026, 5, 1) + WRITTEN_UNTIL, was_thanked=True)
    assert not may_write(post, date(2026, 5, 2) + WRITTEN_UNTIL, was_thanked=True)
    assert timedelta(days=30) == WRITTEN_UNTIL
