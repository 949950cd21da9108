"""Reach is a fact: each message to a person is sent (by what), waits, or is not reached (and why)."""

from datetime import timedelta

import pytest

from bot.delivery.unreached import people_unreached
from bot.outbox import PEOPLE, Owed, person
from storage.outbox.models import OutboxRow
from tests.outbox.conftest import Desk
from tests.outbox.test_people import accept, person_of, received
from tests.world import said

HOUR = timedelta(hours=1)


async def link(desk: Desk, person_id: int, account_id: int | None) -> None:
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.members.link_account(tx, desk.guild_id, person_id, account_id)
            services.outbox.wake(tx, services.clock.now())
    await desk.world.env.settle()


async def only(desk: Desk) -> OutboxRow:
    [row] = await desk.rows()
    return row


async def test_a_sent_row_says_by_what(desk: Desk) -> None:
    denmark, ghana = await accept(desk, "DK", "UTC"), await person_of(desk, "GH")
    await desk.ask("direct", person(denmark.id), deadline=desk.now + HOUR)
    await desk.ask("reply", person(ghana.id))
    await desk.ask("channel", "announcements")
    await desk.server.members["GH"].slash(desk.server.channels["general"], "about")
    assert {row.kind: (row.state, row.sent_by) for row in await desk.rows()} == {
        "direct": ("sent", "direct_message"),
        "reply": ("sent", "reply"),
        "channel": ("sent", None),
    }


async def test_who_has_no_account_is_not_reached_and_is_told_once_there_is_one(desk: Desk) -> None:
    without = desk.server.untidy.without_account
    desk.notes.concerned = [without]
    await desk.plan(Owed("3d", desk.now + HOUR, PEOPLE))
    await desk.pass_time(HOUR * 2)
    assert [(row.state, row.reason) for row in await desk.rows()] == [("expanded", ""), ("not_reached", "no_account")]
    await link(desk, without, desk.server.guest.id)
    assert await desk.states() == ["expanded", "notice"]
    assert "Note 3d" in said(await desk.server.guest.slash(desk.server.channels["general"], "about"))
    assert await desk.states() == ["expanded", "sent"]


@pytest.mark.parametrize("how", ["over", "called off", "not concerned"])
async def test_what_makes_no_sense_any_more_stays_not_reached(desk: Desk, how: str) -> None:
    without = desk.server.untidy.without_account
    desk.notes.concerned = [without]
    await desk.plan(Owed("3d", desk.now + HOUR, PEOPLE))
    await desk.pass_time(HOUR * 2)
    match how:
        case "over":
            desk.notes.until[1] = desk.now - HOUR
        case "called off":
            desk.notes.off.add(1)
        case _:
            desk.notes.concerned = []
    await link(desk, without, desk.server.guest.id)
    row = (await desk.rows())[1]
    assert (row.state, row.reason, row.wake_at) == ("not_reached", "no_account", None)


async def test_a_notice_that_nobody_read_in_time_is_not_reached(desk: Desk) -> None:
    ghana = await person_of(desk, "GH")
    await desk.ask("note", person(ghana.id), deadline=desk.now + HOUR * 3)
    await desk.pass_time(HOUR * 3)
    assert (await only(desk)).state == "notice"
    await desk.pass_time(2)
    row = await only(desk)
    assert (row.state, row.reason) == ("not_reached", "late")
    assert "Note" not in said(await desk.server.members["GH"].slash(desk.server.channels["general"], "about"))


async def test_a_notice_waits_longer_where_its_end_has_moved(desk: Desk) -> None:
    ghana = await person_of(desk, "GH")
    desk.notes.until[1] = desk.now + HOUR
    await desk.ask("note", person(ghana.id))
    desk.notes.until[1] = desk.now + HOUR * 5
    await desk.pass_time(HOUR * 4)
    assert (await only(desk)).state == "notice"
    await desk.pass_time(HOUR * 2)
    assert (await only(desk)).state == "not_reached"


async def test_who_no_longer_is_concerned_by_a_notice_is_owed_nothing(desk: Desk) -> None:
    ghana = await person_of(desk, "GH")
    desk.notes.until[1], desk.notes.concerned = desk.now + HOUR * 5, [ghana.id]
    await desk.plan(Owed("3d", desk.now + HOUR, PEOPLE))
    await desk.pass_time(HOUR * 2)
    assert await desk.states() == ["expanded", "notice"]
    desk.notes.concerned = []
    await desk.pass_time(HOUR * 4)
    assert await desk.states() == ["expanded", "not_owed"]


async def test_a_refusal_that_is_not_read_in_time_stays_a_refusal(desk: Desk) -> None:
    denmark = await accept(desk, "DK", "UTC")
    await desk.ask("first", person(denmark.id), subject_id=2, deadline=desk.now + HOUR)
    closed = desk.server.members["DK"].user.dm_channel
    desk.world.env.inject_error("POST", f"/channels/{closed.id}/messages", status=403, code=50007, times=None)
    desk.notes.until[1] = desk.now + HOUR
    await desk.ask("note", person(denmark.id))
    assert (await only(desk)).state == "notice"
    await desk.pass_time(HOUR * 2)
    row = await only(desk)
    assert (row.state, row.reason) == ("not_reached", "closed")
    assert len(received(desk, "DK")) == 1


async def test_who_loses_the_account_is_not_reached_by_what_waited(desk: Desk) -> None:
    ghana = await person_of(desk, "GH")
    await desk.ask("note", person(ghana.id))
    await link(desk, ghana.id, None)
    row = await only(desk)
    assert (row.state, row.reason) == ("not_reached", "no_account")
    await link(desk, ghana.id, desk.server.members["GH"].id)
    assert (await only(desk)).state == "notice"


async def test_the_overview_counts_the_people_not_reached_once_each_and_those_of_its_network_alone(desk: Desk) -> None:
    room, secretary = desk.server.channels["secretariat"], desk.server.secretariat
    assert "not reached" not in said(await secretary.slash(room, "member overview"))
    for subject_id in (1, 2):
        await desk.ask("note", person(desk.server.untidy.without_account), subject_id=subject_id)
    assert "1 person was not reached" in said(await secretary.slash(room, "member overview"))
    listed = said(await secretary.slash(room, "outbox list", state="not_reached"))
    assert "Not reached: 2" in listed
    assert listed.count("no account is linked") == 2
    without = await desk.world.bot.services.members.person(desk.guild_id, desk.server.untidy.without_account)
    assert without is not None
    assert listed.count(without.name) == 2
    services = desk.world.bot.services
    assert await people_unreached(services, desk.guild_id) == 1
    assert await people_unreached(services, desk.guild_id + 1) == 0


async def test_of_two_that_say_the_same_the_latest_is_delivered_once_there_is_an_account(desk: Desk) -> None:
    without = desk.server.untidy.without_account
    await desk.ask("note", person(without))
    await desk.ask("note", person(without))
    await link(desk, without, desk.server.guest.id)
    assert await desk.states() == ["not_reached", "notice"]


async def asks(desk: Desk) -> str:
    """Let Ghana, which has not accepted direct messages, ask for something, and return all that it reads."""
    return said(await desk.server.members["GH"].slash(desk.server.channels["general"], "about"))


async def test_a_long_message_of_the_secretariat_is_read_to_its_end_above_an_answer(desk: Desk) -> None:
    for number in (4, 5):
        secretary, room = desk.server.secretariat, desk.server.channels["secretariat"]
        text = f"{'Dear colleagues. ' * 150}The room is number {number}."
        shown = await secretary.slash(room, "message send", audience="all", text=text)
        await secretary.click(shown.response, label="Confirm")
    await desk.pass_time(timedelta(minutes=5))
    read = await asks(desk)
    assert [f"The room is number {number}." in read for number in (4, 5)] == [True, True]


async def test_notices_that_have_no_room_wait_for_the_next_answer(desk: Desk) -> None:
    desk.notes.words = "word " * 300
    ghana = await person_of(desk, "GH")
    for n in range(4):
        await desk.ask(f"number {n}", person(ghana.id), subject_id=n)
    read = await asks(desk)
    assert [f"number {n}" in read for n in range(4)] == [True, True, False, False]
    assert [(await desk.states(n)) for n in range(4)] == [["sent"], ["sent"], ["notice"], ["notice"]]
    read = await asks(desk)
    assert [f"number {n}" in read for n in range(4)] == [False, False, True, True]
