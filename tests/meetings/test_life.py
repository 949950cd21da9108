"""The life of a regional meeting beside the annual one, in each language, over restarts: who hears of it, and where."""

from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

from bot.languages import Language
from bot.names import city_name
from tests.digests.conftest import set_network
from tests.meetings.conftest import Room, at
from tests.meetings.regional import (
    REGIONAL,
    REGIONAL_DAY,
    accept_messages,
    europeans,
    event_names,
    meeting_in,
    plan_both,
    received,
    rows_about,
)
from tests.people import Person
from tests.world import as_shown, embed_text, said

CLOSES = date(2026, 4, 20)
ZONE = "Europe/Ljubljana"
LOOKED_AT = ("meeting show", "meeting history", "meeting agenda", "pending", "calendar show", "help", "topic list")


async def looked_at(room: Room, person: Person) -> str:
    """Return all that somebody finds by looking, with their calendar file."""
    general, texts = room.server.channels["general"], list[str]()
    for command in LOOKED_AT:
        answer = await person.slash(general, command)
        texts.append(said(answer))
        messages = [message for message in (answer.response, *answer.followups) if message is not None]
        for file in (file for message in messages for file in message.attachments if file.filename.endswith(".ics")):
            texts.append(unfolded(await file.read()))
    return "\n".join(texts)


def unfolded(content: bytes) -> str:
    """Return a calendar file's text, which two other libraries read alike."""
    text = content.decode()
    uids = sorted(event.uid for event in IcsCalendarStream.calendar_from_ics(text).events)
    calendar: Any = vobject.readOne(StringIO(text))
    assert sorted(event.uid.value for event in calendar.vevent_list) == uids
    assert len(uids) == len(set(uids))
    return text.replace("\r\n ", "")


def texts_in(room: Room, channel: str) -> list[str]:
    history = room.server.channels[channel].history()
    return [as_shown("\n".join([m.content, *map(embed_text, m.embeds)])) for m in history]


@pytest.mark.parametrize("language", ["en", "fr", "es"])
async def test_who_is_not_invited_hears_nothing_is_counted_nowhere_and_sees_nothing(
    room: Room, language: Language
) -> None:
    city = city_name("Ljubljana", "SI", language)
    ghana, denmark, sweden = (room.server.members[code] for code in ("GH", "DK", "SE"))
    await accept_messages(room, ghana, denmark)
    switched_on = {"weekly_digest": True, "monthly_digest": True}
    await set_network(room.world, room.server.id, language=language, **switched_on)
    await plan_both(room)
    options = {"length": "1h", "links": "https://example.org/neighbours", "meeting": "Ljubljana"}
    await room.slash("session add", title="Neighbours first", starts=f"{REGIONAL_DAY} 09:30", **options)
    await room.world.restart()
    async with room.world.speaking(language):
        for day in (REGIONAL_DAY - timedelta(days=60), CLOSES - timedelta(days=2), REGIONAL_DAY + timedelta(days=1)):
            await room.until(at(day, 12, ZONE))
            seen = await looked_at(room, ghana)
            assert city not in seen
            assert "Neighbours" not in seen
            assert "Neighbours first" in await looked_at(room, denmark)
            assert city not in await looked_at(room, room.server.guest)
            await room.world.restart()
        await sweden.slash(room.server.channels["general"], "help")
    await room.until(at(REGIONAL_DAY + timedelta(days=8), 12, ZONE))
    assert city not in received(ghana)
    assert received(denmark).count(city) > 5
    for channel in ("announcements", "members", "general"):
        assert not [text for text in texts_in(room, channel) if city in text], channel
    to_secretariat = [text for text in texts_in(room, "secretariat") if city in text or "Neighbours" in text]
    assert to_secretariat, "the secretariat is told"
    missing = str(len(europeans(room)))
    assert all(missing in text for text in texts_in(room, "secretariat") if f"{city}, 2026" in text)
    assert len(event_names(room)) == 1
    meeting = await meeting_in(room, "Ljubljana")
    services = room.world.bot.services
    people = {row.person_id for row in await rows_about(room, "Ljubljana") if row.person_id is not None}
    invited = {
        holder.person.id
        for seat in await services.members.seats(room.server.id, date(2026, 5, 20))
        if seat.delegation.code in meeting.invited
        for holder in seat.holders
    }
    assert people <= invited
    assert not [row for row in await rows_about(room, "Ljubljana") if row.state in ("failed", "unknown")]


async def test_a_host_from_another_region_is_invited_and_counted(room: Room) -> None:
    rwanda = room.server.members["RW"]
    await room.confirm(await room.slash("plan", **{**REGIONAL, "hosts": "Rwanda; Denmark"}))
    meeting = await meeting_in(room, "Ljubljana")
    assert set(meeting.invited) == europeans(room) | {"RW"}
    assert meeting.hosts == ("RW", "DK")
    options = {"attendance": "in_person", "representative": "capital", "who": "The minister"}
    assert "In person" in said(await rwanda.slash(room.server.channels["general"], "meeting register", **options))
    assert f"Not answered · {len(europeans(room))}" in await room.told("registrations")
    assert "The minister" in await room.told("registrations", room.server.members["DK"])


async def test_a_meeting_cancelled_with_registrations_is_over_for_those_who_registered(room: Room) -> None:
    denmark, sweden = room.server.members["DK"], room.server.members["SE"]
    await accept_messages(room, denmark)
    await set_network(room.world, room.server.id, weekly_digest=True)
    await plan_both(room)
    options = {"attendance": "in_person", "representative": "capital", "who": "The director", "meeting": "Ljubljana"}
    await room.world.travel(timedelta(days=1))
    for member in (denmark, sweden):
        await member.slash(room.server.channels["general"], "meeting register", **options)
    card = await denmark.slash(room.server.channels["general"], "meeting show", meeting="Ljubljana")
    await room.confirm(await room.slash("cancel", meeting="Ljubljana", reason="No host"))
    await room.world.travel(timedelta(days=10))
    assert received(denmark).count("is cancelled: No host") >= 1
    assert "has not said yet" not in received(denmark)
    refused = said(await denmark.click(card.response, label="Online"))
    assert "is cancelled" in refused
    assert "The director" in await room.told("registrations", meeting="Ljubljana"), "who had registered is on record"
    assert "Ljubljana" not in said(await denmark.slash(room.server.channels["general"], "pending"))
    assert not [text for text in texts_in(room, "secretariat") if "Ljubljana" in text and "not answered" in text]
    found = await looked_at(room, denmark)
    assert found.count("STATUS:CANCELLED") >= 1
    owed = [row for row in await rows_about(room, "Ljubljana") if row.state == "pending"]
    assert not owed


async def test_a_meeting_may_begin_on_the_29th_of_february(room: Room) -> None:
    await room.world.travel_to(at(date(2027, 11, 2), 12))
    shown = await room.slash(
        "plan", **{**REGIONAL, "starts_on": "2028-02-29", "ends_on": "2028-03-01"} | {"register_by": "2028-02-28"}
    )
    await room.confirm(shown)
    meeting = await meeting_in(room, "Ljubljana")
    assert (meeting.starts_on, meeting.ends_on) == (date(2028, 2, 29), date(2028, 3, 1))
    await room.edit(meeting="Ljubljana", starts_on="2029-02-28", ends_on="2029-03-01")
    assert (await meeting_in(room, "Ljubljana")).register_by == at(date(2029, 2, 27), 23, ZONE) + timedelta(
        minutes=59, seconds=59
    )
    refused = said(await room.slash("edit", meeting="Ljubljana", starts_on="2029-02-29"))
    assert "does not exist" in refused
