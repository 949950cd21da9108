from datetime import UTC, date, datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from bot.calendar import CalendarEvent, calendar_file
from tests.meetings.conftest import Room
from tests.world import said

FIRST_DAY = date(2026, 5, 1)
HOUR = timedelta(hours=1)
NOW = datetime(2026, 1, 1, tzinfo=UTC)
LONG = "Prévention, alerte rapide; réponse " * 8


def read_again(content: str) -> Any:
    """Read a calendar with another library than the one that wrote it, which has no types."""
    return cast(Any, vobject.readOne(content))


async def file_of(room: Room, command: str = "show", member: str | None = None) -> bytes:
    actor = room.server.members[member] if member else room.server.guest
    shown = await room.slash(command, actor)
    (file,) = (await actor.click(shown.response, label="Add to calendar")).response.attachments
    return await file.read()


def entries(content: bytes) -> dict[str, Any]:
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(content).walk("VEVENT")}


async def with_session(room: Room) -> None:
    await room.plan(FIRST_DAY)
    options = {"length": "1h 30", "links": "https://example.org/join", "speakers": "The secretariat"}
    await room.slash("session add", title="Opening", starts="2026-05-01 09:30", **options)


async def test_two_libraries_read_the_meeting_and_its_sessions(room: Room) -> None:
    await with_session(room)
    content = await file_of(room)
    found = entries(content)
    whole, opening = found["Annual meeting, Brussels, 2026"], found["Opening"]
    assert whole["DTSTART"].dt == FIRST_DAY
    assert whole["DTEND"].dt == date(2026, 5, 3), "the day after the last"
    assert opening["DTSTART"].dt == datetime(2026, 5, 1, 9, 30, tzinfo=ZoneInfo("Europe/Brussels"))
    assert opening["DTEND"].dt == datetime(2026, 5, 1, 11, 0, tzinfo=ZoneInfo("Europe/Brussels"))
    again = read_again(content.decode())
    assert sorted(event.summary.value for event in again.vevent_list) == sorted(found)
    (timed,) = [event for event in again.vevent_list if event.summary.value == "Opening"]
    assert timed.dtstart.value.astimezone(UTC) == datetime(2026, 5, 1, 7, 30, tzinfo=UTC), "its own time zone is used"
    assert again.vtimezone.tzid.value == "Europe/Brussels"


async def test_links_are_in_the_files_of_members_only(room: Room) -> None:
    await with_session(room)
    assert b"example.org" not in await file_of(room)
    assert b"example.org" in await file_of(room, "agenda", "DK")
    announcement = room.server.channels["announcements"].history()[0]
    pressed = await room.server.guest.click(announcement, label="Add to calendar")
    assert b"example.org" not in await pressed.response.attachments[0].read()
    assert "example.org" not in await room.told("agenda", room.server.guest)
    assert "https://example.org/join" in await room.told("agenda", room.server.members["DK"])


async def test_each_change_raises_the_sequence_and_keeps_the_uid(room: Room) -> None:
    await with_session(room)
    before = entries(await file_of(room))
    await room.edit(starts_on="2026-06-01", ends_on="2026-06-02")
    after = entries(await file_of(room))
    assert after.keys() == before.keys()
    for name, entry in after.items():
        assert entry["UID"] == before[name]["UID"]
        assert entry["SEQUENCE"] > before[name]["SEQUENCE"]
    assert after["Opening"]["DTSTART"].dt == datetime(2026, 6, 1, 9, 30, tzinfo=ZoneInfo("Europe/Brussels"))


async def test_what_is_removed_or_cancelled_is_struck_out_in_calendars(room: Room) -> None:
    await with_session(room)
    first = entries(await file_of(room))
    choices = await room.server.secretariat.autocomplete(
        room.server.channels["general"], "meeting session remove", "session", "open"
    )
    await room.confirm(await room.slash("session remove", session=choices[0]["value"]))
    removed = entries(await file_of(room))
    assert removed["Opening"]["STATUS"] == "CANCELLED"
    assert removed["Opening"]["SEQUENCE"] > first["Opening"]["SEQUENCE"]
    assert removed["Annual meeting, Brussels, 2026"]["STATUS"] == "CONFIRMED"
    await room.confirm(await room.slash("cancel", meeting="2026"))
    cancelled = entries(await file_of(room))
    assert {str(entry["STATUS"]) for entry in cancelled.values()} == {"CANCELLED"}


def test_lines_are_folded_at_75_octets_and_special_characters_escaped() -> None:
    event = CalendarEvent("k", 0, LONG, FIRST_DAY, "UTC", description="one, two; three\nfour\\")
    content = calendar_file("Réunion", [event], now=NOW)
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.replace(b"\r\n ", b"").count(b"one\\, two\\; three\\nfour\\\\") == 1
    assert read_again(content.decode()).vevent.summary.value == LONG


@pytest.mark.parametrize("ends", [None, datetime(2027, 1, 15, 9, tzinfo=UTC)])
def test_a_moment_has_no_end(ends: datetime | None) -> None:
    moment = CalendarEvent("k", 0, "Closes", datetime(2027, 1, 15, 9, tzinfo=UTC), "Europe/Brussels", ends)
    content = calendar_file("x", [moment], now=NOW).decode()
    assert "DTEND" not in content, "RFC 5545 wants an end later than the beginning, or none"
    assert read_again(content).vevent.dtstart.value.astimezone(UTC) == moment.starts
    (event,) = IcsCalendarStream.calendar_from_ics(content).events
    assert event.start == event.end == moment.starts


def test_a_zone_is_described_on_both_sides_of_its_clock_changes() -> None:
    winter, summer = (datetime(2027, month, 15, 9, tzinfo=ZoneInfo("Europe/Brussels")) for month in (1, 7))
    events = [
        CalendarEvent(str(n), 0, "x", day, "Europe/Brussels", day + HOUR) for n, day in enumerate((winter, summer))
    ]
    content = calendar_file("x", events, now=NOW).decode()
    assert "DTSTART:20270328T020000\r\nTZNAME:CEST" in content, "the clocks go on at two, by the clocks before"
    assert "DTSTART:20271031T030000\r\nTZNAME:CET" in content
    read = read_again(content)
    assert [e.dtstart.value.astimezone(UTC).hour for e in read.vevent_list] == [8, 7]


async def test_the_answer_to_the_button_is_private(room: Room) -> None:
    await with_session(room)
    shown = await room.slash("show", room.server.guest)
    pressed = await room.server.guest.click(shown.response, label="Add to calendar")
    assert said(pressed).startswith("Open the file")
