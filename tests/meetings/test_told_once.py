"""A meeting that does not invite all, corrected soon after *Confirm*: each delegation is told once, as it is then."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.meetings.conftest import Room
from tests.meetings.regional import REGIONAL_DAY, accept_messages, plan_both, received, rows_about
from tests.patience import looks, moment
from tests.people import Person
from tests.smtp.servers import Mailbox, mailbox
from tests.smtp.world import mailing_world
from tests.world import said

SOON = timedelta(seconds=30)
LATER = timedelta(days=4)
INVITED = "takes place in Ljubljana"


@pytest.fixture
async def ghana(room: Room) -> Person:
    person = room.server.members["GH"]
    await accept_messages(room, person, room.server.members["DK"])
    return person


async def invite(room: Room, *, remove: bool = False) -> None:
    await room.confirm(await room.slash("invite", delegation="Ghana", meeting="Ljubljana", remove=remove))
    await room.world.travel(SOON)


async def taken(box: Mailbox, count: int) -> None:
    """Wait, in real time, until so many e-mails are there: a mail server does not follow SimCord's clock."""
    for _ in looks():
        if len(box.taken) >= count:
            break
        await moment()
    assert len(box.taken) == count


def messages_of(person: Person) -> int:
    return len(person.user.dm_channel.history())


async def test_who_is_invited_before_the_announcement_goes_out_is_told_once(room: Room, ghana: Person) -> None:
    await plan_both(room)
    await room.world.travel(SOON)
    shown = await room.told("invite", delegation="Ghana", meeting="Ljubljana")
    assert "about to go out" in shown
    await invite(room)
    await room.world.travel(LATER)
    assert received(ghana).count(INVITED) == 1
    assert not [row for row in await rows_about(room, "Ljubljana") if row.kind == "invited"]


async def test_an_invitation_withdrawn_and_given_again_at_once_is_told_once(room: Room, ghana: Person) -> None:
    await plan_both(room)
    await room.world.travel(LATER)
    for remove in (False, True, False):
        await invite(room, remove=remove)
    await room.world.travel(LATER)
    assert received(ghana).count(INVITED) == 1
    assert messages_of(ghana) == 1, "and nothing of its being withdrawn"


async def test_an_invitation_withdrawn_and_given_again_later_is_told_again(room: Room, ghana: Person) -> None:
    await plan_both(room)
    await room.world.travel(LATER)
    for remove in (False, True, False):
        await invite(room, remove=remove)
        await room.world.travel(LATER)
    assert received(ghana).count("has withdrawn the invitation") == 1
    assert received(ghana).count(INVITED) == 1, "the first invitation lost its content"
    assert messages_of(ghana) == 3


@pytest.mark.parametrize("announced", [False, True])
async def test_who_was_not_told_yet_is_not_told_of_the_end_of_it(room: Room, ghana: Person, announced: bool) -> None:
    await plan_both(room)
    await room.world.travel(LATER if announced else SOON)
    await invite(room)
    shown = await room.told("invite", delegation="Ghana", meeting="Ljubljana", remove=True)
    assert "has not been informed of the meeting yet" in shown
    await invite(room, remove=True)
    await room.world.travel(LATER)
    assert not messages_of(ghana)
    assert INVITED in received(room.server.members["DK"])


async def test_a_change_before_the_announcement_goes_out_is_said_by_it(room: Room, ghana: Person) -> None:
    denmark = room.server.members["DK"]
    await plan_both(room)
    await room.world.travel(SOON)
    moved = {"starts_on": str(REGIONAL_DAY + timedelta(days=7)), "ends_on": str(REGIONAL_DAY + timedelta(days=8))}
    await room.edit(meeting="Ljubljana", **moved)
    await room.world.travel(LATER)
    assert "18–19 May 2026" in received(denmark)
    assert messages_of(denmark) == 1
    await invite(room)
    await room.edit(meeting="Ljubljana", city="Maribor", country="Slovenia")
    await room.world.travel(LATER)
    assert messages_of(denmark) == 2, "who knows of the meeting is told of its change"
    assert messages_of(ghana) == 1, "who is invited to it as it is now hears nothing of what it was"


async def test_a_change_after_a_stopped_announcement_is_told(room: Room, ghana: Person) -> None:
    await plan_both(room)
    waiting = [row for row in await rows_about(room, "Ljubljana") if row.kind == "announced"]
    async with room.world.bot.services.transaction(None) as tx:
        await room.world.bot.services.outbox.rows.cancel(tx, room.server.id, [row.id for row in waiting], "stopped")
    await room.edit(meeting="Ljubljana", city="Maribor", country="Slovenia")
    await room.world.travel(LATER)
    assert "has changed" in received(room.server.members["DK"])
    assert not messages_of(ghana)


async def test_a_meeting_cancelled_before_anybody_was_told_of_it_is_not_said_to_be(room: Room, ghana: Person) -> None:
    denmark = room.server.members["DK"]
    await plan_both(room)
    await room.world.travel(SOON)
    await room.confirm(await room.slash("cancel", meeting="Ljubljana"))
    await room.world.travel(LATER)
    assert not messages_of(denmark)
    assert not messages_of(ghana)


async def test_a_successor_of_who_was_told_is_told_of_the_cancellation(room: Room, ghana: Person) -> None:
    services, server = room.world.bot.services, room.server
    await plan_both(room)
    await room.world.travel(LATER)
    delegation = await services.members.delegation(server.id, "DK")
    assert delegation is not None
    (before,) = await services.members.holders(server.id, delegation.id)
    successor = room.world.add_member(server, "Ida Holm")
    with room.world.as_bot():
        today = services.today(await services.settings.network(server.id))
        async with services.transaction() as tx:
            await services.members.change_appointment(
                tx, server.id, before.appointment.id, ends_on=today - timedelta(days=1)
            )
            person = await services.members.add_person(tx, server.id, "Ida Holm", account_id=successor.id)
            await services.members.appoint(tx, server.id, delegation.id, person, "focal_point", today, None)
    shown = await room.slash("cancel", meeting="Ljubljana")
    assert "not been told" not in said(shown), "a vacant seat is called vacant"
    await room.confirm(shown)
    await room.world.travel(LATER)
    to_successor = [row for row in await rows_about(room, "Ljubljana") if row.person_id == person]
    assert [(row.kind, row.state) for row in to_successor] == [("cancelled", "notice")]
    assert not messages_of(ghana)


async def test_a_cancellation_is_told_to_those_whose_notice_waits_too(room: Room, ghana: Person) -> None:
    sweden = room.server.members["SE"]
    await plan_both(room)
    await room.world.travel(LATER)
    await invite(room)
    await room.confirm(await room.slash("cancel", meeting="Ljubljana"))
    await room.world.travel(LATER)
    assert "is cancelled" in received(room.server.members["DK"])
    assert "is cancelled" in await room.told("history", sweden), "who reads no direct messages is told above an answer"
    assert not messages_of(ghana), "who was about to be invited has nothing to be told"


DAY_IN_ACCRA = datetime(2026, 1, 8, 10, tzinfo=UTC)
"""A Thursday, and night in Auckland."""


@pytest.fixture
async def colleague(room: Room) -> Person:
    """Ghana's alternate, who works in Auckland: what is sent at 10:00 in Accra reaches them nine hours later."""
    services, server = room.world.bot.services, room.server
    delegation = await services.members.delegation(server.id, "GH")
    assert delegation is not None
    alternate = room.world.add_member(server, "Kofi Boateng")
    with room.world.as_bot():
        today = services.today(await services.settings.network(server.id))
        async with services.transaction() as tx:
            person = await services.members.add_person(tx, server.id, "Kofi Boateng", account_id=alternate.id)
            await services.members.appoint(tx, server.id, delegation.id, person, "alternate", today, None)
            await services.settings.change_account(tx, server.id, alternate.id, timezone="Pacific/Auckland")
            await services.settings.change_account(tx, server.id, server.members["GH"].id, timezone="Africa/Accra")
    await accept_messages(room, alternate)
    return alternate


async def withdraw(room: Room, *, silently: bool) -> None:
    shown = await room.slash("invite", delegation="Ghana", meeting="Ljubljana", remove=True)
    await room.server.secretariat.click(shown.response, label="Without a message" if silently else "Confirm")
    await room.world.travel(timedelta(minutes=3))


async def half_told(room: Room) -> None:
    """Invite Ghana while one of its two people works."""
    await plan_both(room)
    await room.world.travel_to(DAY_IN_ACCRA)
    await invite(room)
    await room.world.travel(timedelta(minutes=3))


@pytest.mark.parametrize("silently", [True, False])
async def test_who_is_invited_again_while_a_colleague_still_waits_is_told_as_the_colleague_is(
    room: Room, ghana: Person, colleague: Person, silently: bool
) -> None:
    await half_told(room)
    assert received(ghana).count(INVITED) == 1
    assert not messages_of(colleague)
    await withdraw(room, silently=silently)
    assert INVITED not in received(ghana)
    await invite(room)
    await room.world.travel(LATER)
    assert [received(person).count(INVITED) for person in (ghana, colleague)] == [1, 1]
    assert messages_of(colleague) == 1, "neither the invitation that was withdrawn nor its end"
    waiting = [row for row in await rows_about(room, "Ljubljana") if row.kind == "invited" and row.state == "pending"]
    assert not waiting


async def test_who_has_not_been_told_hears_of_a_change_from_the_invitation(
    room: Room, ghana: Person, colleague: Person
) -> None:
    await half_told(room)
    await room.edit(meeting="Ljubljana", city="Maribor", country="Slovenia")
    await room.world.travel(timedelta(hours=10))
    assert (messages_of(ghana), messages_of(colleague)) == (2, 1)
    assert "Maribor" in received(colleague)


async def test_who_has_not_been_told_does_not_hear_of_the_end(room: Room, ghana: Person, colleague: Person) -> None:
    await half_told(room)
    await withdraw(room, silently=False)
    await room.world.travel(LATER)
    assert received(ghana).count("has withdrawn the invitation") == 1
    assert not messages_of(colleague)


async def test_who_was_told_by_e_mail_alone_is_told_of_the_end(tmp_path: Path) -> None:
    async with mailbox() as (server, box), mailing_world(tmp_path / "focalbot.sqlite3", server.port) as world:
        room, ghana = Room(world), world.server.members["GH"]
        services = world.bot.services
        person = await services.members.person_of_account(world.server.id, ghana.id)
        assert person is not None
        async with services.transaction() as tx:
            await services.members.change_person(tx, world.server.id, person.id, email="mawu@example.org")
            choices = {"channel": "both", "timezone": "Africa/Accra"}
            await services.settings.change_account(tx, world.server.id, ghana.id, **choices)
        await plan_both(room)
        await world.travel_to(DAY_IN_ACCRA + timedelta(hours=10, minutes=30))
        await invite(room)
        await world.travel(timedelta(minutes=20))
        await taken(box, 1)
        assert not messages_of(ghana), "after working hours"
        await withdraw(room, silently=False)
        await world.travel(timedelta(minutes=20))
        await taken(box, 2)
