"""The second way out: by e-mail, to those whom Discord does not reach, once."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.delivery.assess import EMAILS_LEAVE_AFTER
from bot.outbox import PEOPLE, person
from storage.outbox.states import OutboxState, SentBy
from tests.outbox.conftest import Desk
from tests.outbox.posting import ADDRESS, desk_at, failed_once, settled, switched_on, with_address, without_account
from tests.smtp.servers import CUT, Mailbox, scripted
from tests.world import said


async def test_who_has_no_account_is_sent_an_e_mail(posted: tuple[Desk, Mailbox]) -> None:
    desk, box = posted
    kofi = await without_account(desk)
    await desk.ask("note", person(kofi))
    [row] = await settled(desk, OutboxState.SENT)
    assert row.sent_by is SentBy.EMAIL
    [taken] = box.taken
    assert taken.recipients == [ADDRESS]
    assert "Note note" in taken.message.get_body(("plain",)).get_content()  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("channel", "ways"),
    [
        (None, [SentBy.EMAIL]),
        ("email", [SentBy.EMAIL]),
        ("direct_message", [SentBy.DIRECT_MESSAGE]),
        ("both", [SentBy.DIRECT_MESSAGE, SentBy.EMAIL]),
    ],
)
async def test_what_somebody_chose_decides_by_what(
    posted: tuple[Desk, Mailbox], channel: str | None, ways: list[SentBy]
) -> None:
    desk, box = posted
    ghana = await with_address(desk, "GH", channel=channel)
    await desk.pass_time(timedelta(days=1, hours=9))
    await desk.ask("note", person(ghana.id))
    rows = await settled(desk, *[OutboxState.SENT for _ in ways])
    assert [row.sent_by for row in rows] == ways
    assert len(box.taken) == (SentBy.EMAIL in ways)


@pytest.mark.parametrize("because", ["none", "stopped", "no text", "off", "no address"])
async def test_without_a_way_by_e_mail_it_waits_above_the_next_answer(
    posted: tuple[Desk, Mailbox], because: str
) -> None:
    desk, box = posted
    services = desk.world.bot.services
    address = "" if because == "no address" else ADDRESS
    ghana = await with_address(desk, "GH", address, channel="none" if because == "none" else None)
    with desk.world.as_bot():
        async with services.transaction() as tx:
            if because == "stopped":
                await services.members.change_person(tx, desk.guild_id, ghana.id, email_allowed=False)
            if because == "off":
                await services.settings.change_network(tx, desk.guild_id, email_enabled=False)
    await desk.ask("private" if because == "no text" else "note", person(ghana.id))
    await settled(desk, OutboxState.NOTICE)
    assert box.taken == []


async def test_an_address_that_is_refused_becomes_a_notice_and_the_secretariat_is_told(tmp_path: Path) -> None:
    async with (
        scripted(RCPT="550 no such user") as (server, _),
        desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk,
    ):
        ghana = await with_address(desk, "GH")
        await desk.ask("note", person(ghana.id))
        [row] = await settled(desk, OutboxState.NOTICE)
        assert row.reason == "address:550"
        await desk.pass_time(60)
        assert "did not arrive" in desk.shown("secretariat")[-1]
        assert "Note note" in said(await desk.server.members["GH"].slash(desk.server.channels["general"], "about"))
        kofi = await without_account(desk)
        await desk.ask("note", person(kofi), subject_id=2)
        [row] = await settled(desk, OutboxState.NOT_REACHED, subject_id=2)
        assert row.reason == "address:550"
        room = desk.server.channels["secretariat"]
        listed = said(await desk.server.secretariat.slash(room, "outbox unreached"))
        assert f"mail server refused {ADDRESS} (550)" in listed


async def test_what_may_have_been_taken_is_unknown_and_never_sent_again_by_itself(tmp_path: Path) -> None:
    async with (
        scripted(content=CUT) as (server, script),
        desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk,
    ):
        await desk.ask("note", person(await without_account(desk)))
        [row] = await settled(desk, OutboxState.UNKNOWN)
        assert (row.reason, row.attempts) == ("no_answer", 1)
        script.content = b""
        await desk.pass_time(timedelta(days=3))
        assert script.content == b""
        assert [row.attempts for row in await desk.rows()] == [1]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
async def test_what_was_not_taken_is_tried_again_and_arrives_once(tmp_path: Path, step: str) -> None:
    async with (
        scripted(**{step: "451 later"}) as (server, script),
        desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk,
    ):
        await desk.ask("note", person(await without_account(desk)))
        row = await failed_once(desk)
        assert (row.state, row.failures, script.content) == (OutboxState.PENDING, 1, b"")
        room = desk.server.channels["secretariat"]
        listed = said(await desk.server.secretariat.slash(room, "outbox list", state="owed"))
        line = next(line for line in listed.splitlines() if line.startswith("- ") and "Note" in line)
        assert "by e-mail" in line
        assert "working hours" not in line
        script.replies = {}
        await desk.pass_time(61)
        [row] = await settled(desk, OutboxState.SENT)
        assert row.attempts == 2
        assert script.content != b""


@pytest.mark.parametrize(("step", "state"), [("asked", OutboxState.SENT), ("handed_over", OutboxState.UNKNOWN)])
async def test_after_a_death_only_what_was_not_handed_over_is_sent(
    posted: tuple[Desk, Mailbox], step: str, state: OutboxState
) -> None:
    desk, box = posted
    row_id = await desk.ask("note", person(await without_account(desk)))
    await settled(desk, OutboxState.SENT)
    box.taken.clear()
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            # As a process leaves it that is killed in the middle of the conversation.
            await tx.execute("DROP TRIGGER IF EXISTS temp.by_the_table")
            await tx.execute(
                "UPDATE outbox SET state = 'sending', email_step = ?, in_flight = 1, sent_by = NULL, settled_at = NULL,"
                " wake_at = ? WHERE id = ?",
                (step, tx.at + 600, row_id),
            )
    await desk.restart()
    await switched_on(desk)
    await desk.pass_time(601)
    await settled(desk, state)
    assert len(box.taken) == (state is OutboxState.SENT)


async def test_what_is_sent_to_many_leaves_ten_minutes_after_confirm_and_can_be_stopped(
    posted: tuple[Desk, Mailbox],
) -> None:
    assert timedelta(minutes=8) == EMAILS_LEAVE_AFTER
    desk, box = posted
    desk.notes.concerned = [await without_account(desk)]
    await desk.ask("note", PEOPLE, delay=timedelta(minutes=2))
    await desk.pass_time(timedelta(minutes=9, seconds=50))
    assert box.taken == []
    stopped = await desk.ask("note", PEOPLE, subject_id=2, delay=timedelta(minutes=2))
    await desk.pass_time(timedelta(minutes=5))
    await settled(desk, OutboxState.EXPANDED, OutboxState.SENT)
    assert len(box.taken) == 1
    with desk.world.as_bot():
        async with desk.world.bot.services.transaction() as tx:
            await desk.world.bot.services.outbox.take_back(tx, desk.guild_id, stopped)
    await desk.pass_time(timedelta(hours=1))
    assert len(box.taken) == 1


async def test_settings_that_keep_every_e_mail_from_leaving_are_told_once(tmp_path: Path) -> None:
    async with (
        scripted(MAIL="553 not your address") as (server, script),
        desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk,
    ):
        await desk.ask("note", person(await without_account(desk)))
        await desk.pass_time(timedelta(hours=2))
        told = [line for line in desk.shown("secretariat") if "did not arrive" in line]
        assert len(told) == 1
        script.replies = {}
        await desk.pass_time(timedelta(hours=1))
        await settled(desk, OutboxState.SENT)


async def test_nothing_more_is_handed_over_once_another_copy_has_taken_over(posted: tuple[Desk, Mailbox]) -> None:
    desk, box = posted
    bot = desk.world.bot

    def is_taken_over() -> None:
        bot.heartbeat, bot.fence.superseded_by = timedelta(minutes=1), 2

    box.after = is_taken_over
    desk.notes.concerned = [await without_account(desk, f"p{number}@mfa.gov.gh") for number in range(3)]
    await desk.ask("note", PEOPLE)
    # One turn of the engine hands all three to the lane of e-mails.
    await desk.pass_time(timedelta(minutes=9))
    await settled(desk, OutboxState.EXPANDED, OutboxState.SENT, OutboxState.PENDING, OutboxState.PENDING)
    bot.heartbeat = None
    assert len(box.taken) == 1


async def test_an_email_waits_until_the_name_of_its_network_is_known(posted: tuple[Desk, Mailbox]) -> None:
    desk, box = posted
    guild = desk.world.bot.get_guild(desk.guild_id)
    assert guild is not None
    # As Discord has it in READY of a server that is not available.
    name, guild.name = guild.name, ""
    await desk.ask("note", person(await without_account(desk)))
    row = await failed_once(desk)
    assert (row.state, row.failures, row.attempts, box.taken) == (OutboxState.PENDING, 1, 0, [])
    guild.name = name
    await desk.pass_time(61)
    await settled(desk, OutboxState.SENT)
    assert box.taken[0].message["From"].addresses[0].display_name == name


@pytest.mark.parametrize("what", ["neither", "address"])
async def test_what_changes_while_the_mail_server_is_slow_counts(tmp_path: Path, what: str) -> None:
    async with (
        scripted() as (server, script),
        desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk,
    ):
        ghana = await with_address(desk, "GH", channel="email")
        services, recipients = desk.world.bot.services, list[str]()

        async def change(step: str) -> None:
            recipients.append(step)
            if recipients.count("RCPT") > 1 or step != "RCPT":
                return
            with desk.world.as_bot():
                async with services.transaction() as tx:
                    if what == "address":
                        await services.members.change_person(tx, desk.guild_id, ghana.id, email="new@mfa.gov.gh")
                    else:
                        actor = desk.server.members["GH"]
                        await services.settings.change_account(tx, desk.guild_id, actor.id, channel="none")

        script.before = change
        await desk.ask("note", person(ghana.id))
        if what == "neither":
            await settled(desk, OutboxState.NOTICE)
            assert script.content == b""
            return
        await settled(desk, OutboxState.SENT)
        assert b"new@mfa.gov.gh" in script.content
        assert recipients.count("content") == 1


async def test_a_fault_of_ours_while_the_mail_server_is_slow_is_counted_and_said(tmp_path: Path) -> None:
    async with (
        scripted() as (server, script),
        desk_at(tmp_path / "focalbot.sqlite3", server.port) as desk,
    ):
        ghana = await with_address(desk, "GH", channel="email")

        async def change(step: str) -> None:
            if step == "RCPT":
                desk.notes.fault_of_standing = ValueError(step)

        script.before = change
        await desk.ask("note", person(ghana.id))
        row = await failed_once(desk)
        assert (row.state, row.reason[:6], row.failures, script.content) == ("pending", "fault:", 1, b"")
        script.before = None
        desk.notes.fault_of_standing = None
        await desk.pass_time(61)
        await settled(desk, OutboxState.SENT)
        assert b"Note note" in script.content
