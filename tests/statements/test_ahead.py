"""When a statement closes, in the calendar's file and in the secretariat's digest: never who has not joined."""

from datetime import timedelta
from typing import Any

from icalendar import Calendar

from tests.digests.conftest import MONDAY, choose, shown, weeklies
from tests.people import Person
from tests.statements.staging import TITLE, Room
from tests.world import labels, said


async def entry(room: Room, person: Person) -> Any:
    """Return what ``/calendar show`` gives a person for the statement; None: nothing."""
    answer = await person.slash(room.server.channels["general"], "calendar show")
    (file,) = answer.response.attachments
    events: list[Any] = Calendar.from_ical(await file.read()).walk("VEVENT")
    return next((event for event in events if TITLE in str(event["SUMMARY"])), None)


async def test_a_closing_time_is_in_the_file_moves_there_and_is_struck_out(room: Room) -> None:
    member = room.server.members["GH"]
    statement = await room.draft()
    assert await entry(room, room.server.secretariat) is None
    await room.press(await room.press(await room.type("show", statement=TITLE), "Final"))
    first = await entry(room, member)
    assert first["DTSTART"].dt == statement.closes_at
    assert first["STATUS"] == "CONFIRMED"
    assert await entry(room, room.server.guest) is None
    await room.press(await room.type("edit", statement=TITLE, closes="in 20 days"))
    moved = await entry(room, member)
    assert moved["UID"] == first["UID"]
    assert moved["SEQUENCE"] > first["SEQUENCE"]
    assert moved["DTSTART"].dt == (await room.now(statement)).closes_at
    await room.press(await room.press(await room.type("show", statement=TITLE), "Close"))
    closed = await entry(room, member)
    assert (closed["UID"], closed["STATUS"]) == (first["UID"], "CANCELLED")
    assert closed["SEQUENCE"] > moved["SEQUENCE"]
    await room.press(await room.type("cancel", statement=TITLE))
    assert (await entry(room, member))["STATUS"] == "CANCELLED"


async def test_the_digest_says_when_one_closes_and_which_has_closed_and_not_who_is_missing(room: Room) -> None:
    world = room.world
    await choose(world, weekly=True)
    await room.opened(closes="2026-01-08 12:00", timezone="UTC")
    await room.join("GH", await room.latest())
    await world.travel_to(MONDAY + timedelta(minutes=1))
    (first,) = weeklies(world)
    assert TITLE in shown(first)
    assert "joined" not in shown(first)
    await world.travel_to(MONDAY + timedelta(weeks=1, minutes=1))
    second = max(weeklies(world), key=lambda message: message.id)
    assert "1 delegation has joined" in shown(second)
    assert "62" not in shown(second)
    button = next(name for name in labels(second) if name is not None and "Statement" in name)
    answer = await room.server.secretariat.click(second, label=button)
    assert TITLE in said(answer)
    assert "Delivered" in str(answer.response.components)
