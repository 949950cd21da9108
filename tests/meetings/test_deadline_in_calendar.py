"""Until when delegations register, in the file of ``/calendar show``, and what a host finds there of its meeting."""

from datetime import UTC, date, datetime
from typing import Any

import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from tests.meetings.conftest import Room
from tests.meetings.regional import REGIONAL, REGIONAL_DAY, plan_both
from tests.people import Person

CLOSES = "Registration closes: Regional meeting for Europe, Ljubljana, 2026"


async def file_for(room: Room, person: Person) -> bytes:
    shown = await person.slash(room.server.channels["general"], "calendar show")
    (file,) = shown.response.attachments
    content = await file.read()
    uids = {str(event["UID"]) for event in Calendar.from_ical(content).walk("VEVENT")}
    assert {event.uid.value for event in vobject.readOne(content.decode()).vevent_list} == uids
    assert {event.uid for event in IcsCalendarStream.calendar_from_ics(content.decode()).events} == uids
    return content


async def entries(room: Room, person: Person) -> dict[str, Any]:
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(await file_for(room, person)).walk("VEVENT")}


async def test_the_deadline_keeps_its_uid_and_each_change_raises_its_sequence(room: Room) -> None:
    denmark = room.server.members["DK"]
    await plan_both(room)
    entry = (await entries(room, denmark))[CLOSES]
    assert entry["DTSTART"].dt == date(2026, 4, 20), "the end of a day is that day"
    assert entry["STATUS"] == "CONFIRMED"
    for deadline, starts, status in (
        ("2026-04-22 12:00", datetime(2026, 4, 22, 10, tzinfo=UTC), "CONFIRMED"),
        ("-", date(2026, 5, 10), "CANCELLED"),
        ("2026-04-25", date(2026, 4, 25), "CONFIRMED"),
    ):
        await room.edit(meeting="Ljubljana", register_by=deadline)
        changed = (await entries(room, denmark))[CLOSES]
        assert changed["UID"] == entry["UID"]
        assert changed["SEQUENCE"] > entry["SEQUENCE"]
        assert (changed["DTSTART"].dt, changed["STATUS"]) == (starts, status)
        entry = changed
    await room.confirm(await room.slash("cancel", meeting="Ljubljana"))
    struck = (await entries(room, denmark))[CLOSES]
    assert struck["STATUS"] == "CANCELLED"
    assert struck["SEQUENCE"] > entry["SEQUENCE"]


async def test_only_those_who_register_have_the_deadline(room: Room) -> None:
    await plan_both(room)
    annual = "Registration closes: Annual meeting, Accra, 2026"
    assert {annual, CLOSES} <= (await entries(room, room.server.secretariat)).keys()
    ghana = await entries(room, room.server.members["GH"])
    assert annual in ghana
    assert not [name for name in ghana if "Ljubljana" in name]
    assert not [name for name in await entries(room, room.server.guest) if "Registration" in name]
    await room.until(datetime(2026, 4, 21, 12, tzinfo=UTC))
    assert CLOSES not in await entries(room, room.server.members["DK"]), "what has passed is not put into a calendar"


async def test_a_meeting_without_a_deadline_has_none(room: Room) -> None:
    await room.plan(REGIONAL_DAY)
    assert not [name for name in await entries(room, room.server.members["DK"]) if "Registration" in name]


async def test_a_host_that_is_not_invited_has_the_agenda_of_its_meeting_with_the_links(room: Room) -> None:
    await room.confirm(await room.slash("plan", **{**REGIONAL, "hosts": "Rwanda", "invited": "Denmark; Sweden"}))
    options = {"length": "1h", "links": "https://example.org/join", "meeting": "Ljubljana"}
    await room.slash("session add", title="Opening", starts=f"{REGIONAL_DAY} 09:30", **options)
    host, denmark = room.server.members["RW"], room.server.members["DK"]
    assert b"example.org/join" in await file_for(room, host)
    found = await entries(room, host)
    assert "Opening" in found
    assert CLOSES not in found, "a host that is not invited does not register"
    assert CLOSES in await entries(room, denmark)
    assert "Opening" not in await entries(room, room.server.members["GH"])
