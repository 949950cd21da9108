"""A regional meeting beside the annual one, for the tests of both."""

from datetime import date, timedelta

from bot.names import is_in_region
from storage.meetings.models import Meeting
from storage.outbox.models import OutboxRow
from tests.meetings.conftest import Room
from tests.people import Person
from tests.world import said

ANNUAL_DAY = date(2026, 9, 14)
REGIONAL_DAY = date(2026, 5, 11)
REGIONAL = {
    "starts_on": str(REGIONAL_DAY),
    "ends_on": str(REGIONAL_DAY + timedelta(days=1)),
    "city": "Ljubljana",
    "country": "Slovenia",
    "hosts": "Denmark",
    "theme": "Neighbours",
    "kind": "regional",
    "region": "europe",
    "register_by": "2026-04-20",
}
PUBLIC = "Confirm, and show everybody"


async def plan_both(room: Room, confirm: str = "Confirm", **options: str) -> None:
    """Plan the annual meeting in Accra and the regional one in Ljubljana."""
    await room.plan(ANNUAL_DAY, city="Accra", country="Ghana", register_by="2026-08-01")
    shown = await room.slash("plan", **{**REGIONAL, **options})
    await room.server.secretariat.click(shown.response, label=confirm)


async def meeting_in(room: Room, city: str) -> Meeting:
    meetings = await room.world.bot.services.meetings.all(room.server.id)
    (found,) = [meeting for meeting in meetings if meeting.city == city and not meeting.is_recorded]
    return found


async def rows_about(room: Room, city: str) -> list[OutboxRow]:
    meeting = await meeting_in(room, city)
    return await room.world.bot.services.outbox.of(room.server.id, "meeting", meeting.id)


def europeans(room: Room) -> set[str]:
    """Return the delegations of the world that a meeting for Europe invites."""
    codes = {*room.server.members, "LV", "OAS"}
    return {code for code in codes if is_in_region(code, "europe")}


async def accept_messages(room: Room, *people: Person) -> None:
    """Let people accept direct messages."""
    services = room.world.bot.services
    for person in people:
        async with services.transaction(person.id) as tx:
            await services.settings.change_account(tx, room.server.id, person.id, channel="direct_message")


def received(person: Person) -> str:
    """Return all that somebody was sent directly, as it reads now."""
    return "\n".join(message.content for message in person.user.dm_channel.history())


async def asked(room: Room, person: Person, command: str, **options: str) -> str:
    """Return what a command answers somebody, with what waits above it."""
    return said(await person.slash(room.server.channels["general"], command, **options))


def event_names(room: Room) -> list[str]:
    """Return what Discord's events of the server are called."""
    return [event.name for event in room.world.env.backend.get_guild(room.server.id).scheduled_events.values()]
