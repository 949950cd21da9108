"""A direct message that Discord refuses goes by e-mail, else with the next answer; the e-mail beside one goes once."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.outbox import PEOPLE, person
from storage.members.models import Person
from storage.outbox.states import OutboxState, SentBy
from tests.outbox.conftest import Desk
from tests.outbox.posting import ADDRESS, desk_at, failed_once, settled, with_address
from tests.patience import looks, moment
from tests.smtp.servers import CUT, Mailbox, scripted
from tests.world import said

Posted = tuple[Desk, Mailbox]
WORKING = timedelta(days=1, hours=9)
REFUSALS = [(403, 50007), (403, 50278), (403, 20026), (400, 50035), (404, 10013)]


async def accepting(desk: Desk, code: str = "GH", *, channel: str = "direct_message", address: str = ADDRESS) -> Person:
    """Let a delegation's focal point accept direct messages, and get the first one, within working hours."""
    found = await with_address(desk, code, address, channel="direct_message")
    await desk.pass_time(WORKING)
    await desk.ask("first", person(found.id), subject_id=99)
    await settled(desk, OutboxState.SENT, subject_id=99)
    return await with_address(desk, code, address, channel=channel)


def refuse(desk: Desk, code: str = "GH", status: int = 403, error: int = 50007, times: int | None = None) -> None:
    closed = desk.server.members[code].user.dm_channel
    desk.world.env.inject_error("POST", f"/channels/{closed.id}/messages", status=status, code=error, times=times)


def received(desk: Desk, code: str = "GH") -> list[str]:
    channel = desk.server.members[code].user.dm_channel
    return [message.content for message in channel.history()] if channel is not None else []


@pytest.mark.parametrize(("status", "code"), REFUSALS)
async def test_what_discord_refuses_goes_by_email_once(posted: Posted, status: int, code: int) -> None:
    desk, box = posted
    ghana = await accepting(desk)
    refuse(desk, status=status, error=code)
    await desk.ask("note", person(ghana.id))
    [row] = await settled(desk, OutboxState.SENT)
    assert (row.sent_by, row.refused_directly, len(box.taken)) == (SentBy.EMAIL, True, 1)
    assert "Note note" not in said(await desk.server.members["GH"].slash(desk.server.channels["general"], "about"))
    await desk.pass_time(timedelta(days=2))
    assert len(box.taken) == 1
    assert desk.shown("secretariat") == []


@pytest.mark.parametrize("because", ["no address", "no text", "off"])
async def test_without_an_email_it_waits_above_the_next_answer(posted: Posted, because: str) -> None:
    desk, box = posted
    ghana = await accepting(desk, address="" if because == "no address" else ADDRESS)
    services = desk.world.bot.services
    if because == "off":
        with desk.world.as_bot():
            async with services.transaction() as tx:
                await services.settings.change_network(tx, desk.guild_id, email_enabled=False)
    refuse(desk)
    await desk.ask("private" if because == "no text" else "note", person(ghana.id))
    [row] = await settled(desk, OutboxState.NOTICE)
    assert (row.reason, box.taken) == ("closed", [])
    assert "Note " in said(await desk.server.members["GH"].slash(desk.server.channels["general"], "about"))


async def test_an_email_that_the_mail_server_refuses_too_becomes_a_reply(tmp_path: Path) -> None:
    async with (
        scripted(RCPT="550 no such user") as (server, _),
        desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk,
    ):
        ghana = await accepting(desk)
        refuse(desk)
        await desk.ask("note", person(ghana.id))
        await settled(desk, OutboxState.NOTICE)
        assert "Note note" in said(await desk.server.members["GH"].slash(desk.server.channels["general"], "about"))
        await settled(desk, OutboxState.SENT)


async def test_while_the_mail_server_is_away_no_second_direct_message_is_tried(tmp_path: Path) -> None:
    async with (
        scripted(MAIL="451 later") as (server, script),
        desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk,
    ):
        ghana = await accepting(desk)
        refuse(desk, times=1)
        await desk.ask("note", person(ghana.id))
        row = await failed_once(desk)
        assert (row.state, row.email_step) == (OutboxState.PENDING, "queued")
        await desk.pass_time(timedelta(days=2))
        script.replies = {}
        await desk.pass_time(timedelta(minutes=16))
        await settled(desk, OutboxState.SENT)
        assert received(desk) == ["Note first"]


async def test_both_with_a_refused_direct_message_is_one_email(posted: Posted) -> None:
    desk, box = posted
    ghana = await accepting(desk, channel="both")
    refuse(desk)
    await desk.ask("note", person(ghana.id))
    rows = await desk.rows()
    for _ in looks():
        if {row.state for row in rows} <= {OutboxState.SENT, OutboxState.NOT_OWED}:
            break
        await moment()
        # The row waits a minute for the end of an e-mail that is on its way.
        await desk.pass_time(61)
        rows = await desk.rows()
    assert rows[0].sent_by is SentBy.EMAIL
    assert rows[1].state in {OutboxState.SENT, OutboxState.NOT_OWED}
    assert len(box.taken) == 1
    await desk.pass_time(timedelta(days=1))
    assert len(box.taken) == 1
    # An e-mail that comes back leaves what waits for the next answer.
    room = desk.server.channels["secretariat"]
    asked = await desk.server.secretariat.slash(room, "outbox unreached", returned=ADDRESS)
    await desk.server.secretariat.click(asked.response, label="Confirm")
    assert "Note note" in said(await desk.server.members["GH"].slash(desk.server.channels["general"], "about"))


async def test_both_with_a_refused_direct_message_and_no_answer_of_the_mail_server(tmp_path: Path) -> None:
    async with (
        scripted(content=CUT) as (server, script),
        desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk,
    ):
        ghana = await with_address(desk, "GH", channel="both")
        await desk.pass_time(WORKING - timedelta(hours=3))
        await desk.ask("note", person(ghana.id))
        rows = await settled(desk, OutboxState.PENDING, OutboxState.UNKNOWN)
        assert [row.target for row in rows] == [person(ghana.id), f"{person(ghana.id)}:email"]
        desk.world.env.inject_error("POST", "/users/@me/channels", status=403, code=50007, times=None)
        await desk.pass_time(timedelta(hours=3))
        await settled(desk, OutboxState.NOT_OWED, OutboxState.UNKNOWN)
        # The secretariat decides on the e-mail.
        script.replies, script.content = {}, b""
        services = desk.world.bot.services
        with desk.world.as_bot():
            async with services.transaction() as tx:
                await services.outbox.again(tx, desk.guild_id, rows[1].id)
        await settled(desk, OutboxState.NOT_OWED, OutboxState.SENT)


async def test_the_email_of_both_waits_for_nobodys_working_hours(posted: Posted) -> None:
    desk, box = posted
    ghana = await with_address(desk, "GH", channel="both")
    await desk.pass_time(timedelta(hours=22))
    await desk.ask("note", person(ghana.id))
    waiting, emailed = await settled(desk, OutboxState.PENDING, OutboxState.SENT)
    assert (waiting.target, emailed.sent_by, len(box.taken)) == (person(ghana.id), SentBy.EMAIL, 1)
    await desk.pass_time(timedelta(hours=12))
    assert [row.sent_by for row in await settled(desk, OutboxState.SENT, OutboxState.SENT)] == [
        SentBy.DIRECT_MESSAGE,
        SentBy.EMAIL,
    ]
    assert len(box.taken) == 1


async def test_an_address_corrected_while_the_old_one_is_refused_is_used(tmp_path: Path) -> None:
    async with (
        scripted(RCPT="550 no such user") as (server, script),
        desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk,
    ):
        ghana, services = await with_address(desk, "GH"), desk.world.bot.services

        async def corrected(step: str) -> None:
            if step == "RCPT" and script.replies:
                async with services.transaction() as tx:
                    await services.members.change_person(tx, desk.guild_id, ghana.id, email="new@mfa.gov.gh")
            elif step == "connect" and (await desk.rows())[0].attempts > 1:
                script.replies = {}

        script.before = corrected
        await desk.ask("note", person(ghana.id))
        await desk.pass_time(61)
        [row] = await settled(desk, OutboxState.SENT)
        assert (row.sent_by, row.attempts) == (SentBy.EMAIL, 2)
        assert b"new@mfa.gov.gh" in script.content
        found = await services.members.person(desk.guild_id, ghana.id)
        assert found is not None
        assert found.address == "new@mfa.gov.gh"


@pytest.mark.parametrize("then", ["email", "none"])
async def test_who_has_had_the_email_of_both_is_sent_nothing_more_by_another_way(posted: Posted, then: str) -> None:
    desk, box = posted
    ghana = await with_address(desk, "GH", channel="both")
    await desk.pass_time(timedelta(hours=22))
    await desk.ask("note", person(ghana.id))
    await settled(desk, OutboxState.PENDING, OutboxState.SENT)
    own, general = desk.server.members["GH"], desk.server.channels["general"]
    await own.slash(general, "settings reminders", channel=then)
    await desk.pass_time(timedelta(hours=12))
    assert [row.sent_by for row in await settled(desk, OutboxState.SENT, OutboxState.SENT)] == [SentBy.EMAIL] * 2
    assert len(box.taken) == 1
    assert "Note note" not in said(await own.slash(general, "about"))


async def test_what_somebody_sends_to_many_leaves_late_also_for_both_outside_of_working_hours(posted: Posted) -> None:
    desk, box = posted
    ghana = await with_address(desk, "GH", channel="both")
    desk.notes.concerned = [ghana.id]
    await desk.pass_time(timedelta(hours=22))
    parent = await desk.ask("note", PEOPLE, delay=timedelta(minutes=2))
    await desk.pass_time(timedelta(minutes=9, seconds=50))
    assert box.taken == []
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.outbox.take_back(tx, desk.guild_id, parent)
    await desk.pass_time(timedelta(days=1))
    assert (box.taken, received(desk)) == ([], [])
