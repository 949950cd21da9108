"""What must never happen with a statement, a test each."""

import json
import logging
import sqlite3
from datetime import timedelta

import pytest

from bot.outbox.types import person
from cogs.statements import emails
from cogs.statements.rules import Kind
from storage.backups.export import export_network
from storage.outbox.states import OutboxState
from storage.statements.states import IllegalStatementStepError
from tests.statements.staging import LINK, MARKER, TITLE, Room, inbox, pdf
from tests.world import card, embed_text, said


async def test_no_name_stands_under_words_that_its_delegation_has_not_joined(room: Room) -> None:
    statement = await room.draft()
    services, ghana = room.world.bot.services, await room.delegation("GH")
    columns = "guild_id, statement_id, delegation_id, version, joined_at"
    insert = f"INSERT INTO statement_joining ({columns}) VALUES (?, ?, ?, ?, 1)"
    with pytest.raises(sqlite3.IntegrityError):
        async with services.transaction() as tx:
            await tx.execute(insert, (room.server.id, statement.id, ghana.id, 1))
    shown = await room.type("show", statement=TITLE)
    await room.press(await room.press(shown, "Final"))
    for version in (0, 2):
        with pytest.raises(sqlite3.IntegrityError):
            async with services.transaction() as tx:
                await tx.execute(insert, (room.server.id, statement.id, ghana.id, version))
    with pytest.raises(IllegalStatementStepError):
        async with services.transaction() as tx:
            await services.statements.step(tx, room.server.id, statement.id, "open", "delivered")
    assert await room.joined(statement) == []


async def test_who_does_not_join_is_recorded_and_listed_nowhere(room: Room) -> None:
    await room.accept_direct_messages("DK", "SE")
    statement = await room.opened(penholders="DK")
    await room.join("DK", statement)
    await room.server.members["GH"].click(room.posted("general")[0], label="Ask for more time")
    sweden = room.server.members["SE"]
    await room.join("SE", statement)
    shown = await room.type("show", sweden, statement=TITLE)
    await room.press(await room.press(shown, "Withdraw", sweden), by=sweden)
    await room.world.travel_to(statement.closes_at - timedelta(minutes=1))
    assert any("can still join" in one.content for one in inbox(sweden))
    await _check_lists(room)
    await room.world.travel_to(statement.closes_at + timedelta(minutes=1))
    await room.press(await room.press(await room.type("show", statement=TITLE), "Delivered"))
    await _check_nothing_is_left(room, statement.id)


async def _check_lists(room: Room) -> None:
    """What the secretariat can list, count and export while it is open: reminders, and nobody whom they went to."""
    services, guild_id = room.world.bot.services, room.server.id
    rows, _ = await services.outbox.rows.page(guild_id, list(OutboxState), limit=10_000)
    reminders = [row for row in rows if row.kind.startswith(("not_joined", "more_time"))]
    assert {row.target for row in reminders} == {"people"}
    for row in reminders:
        assert await services.outbox.rows.children_counts(guild_id, row.id) == {}
        assert await services.unreached.senders(guild_id, row.id) == {}
    listed = sum((await services.outbox.rows.counts(guild_id)).values())
    everything = await services.database.fetch("SELECT kind, target FROM outbox WHERE guild_id = ?", (guild_id,))
    hidden = [row for row in everything if row["kind"].startswith(("not_joined", "more_time")) and ":" in row["target"]]
    assert hidden
    assert listed == len(everything) - len(hidden)
    unreached = [row.kind for row in await services.unreached.rows(guild_id, waiting_too=True)]
    assert "asked" in unreached
    assert not [kind for kind in unreached if kind.startswith(("not_joined", "more_time"))]
    exported = export_network(services.database.path, guild_id)
    assert "statement_mark" not in exported
    assert not [
        row for row in exported["outbox"] if str(row["kind"]).startswith("not_joined") and row["target"] != "people"
    ]
    audit = await services.database.fetch("SELECT action FROM audit WHERE subject = 'statement'")
    assert {row["action"] for row in audit} <= {"add", "open", "change", "join"}
    channel = room.server.channels["general"]
    log = said(await room.server.secretariat.slash(channel, "audit", what="statement"))
    assert "Ghana" not in log
    preview = said(await room.type("show", statement=TITLE))
    assert "Ghana" not in preview


async def _check_nothing_is_left(room: Room, statement_id: int) -> None:
    services = room.world.bot.services
    kinds = "'not_joined:72h', 'not_joined:24h', 'more_time:24h', 'withdrawn', 'withdrawal', 'colleague_withdrew'"
    for sql in (
        "SELECT 1 FROM statement_mark",
        f"SELECT 1 FROM outbox WHERE kind IN ({kinds})",
        "SELECT 1 FROM outbox WHERE kind = 'colleague_joined'",
    ):
        assert await services.database.fetch(sql) == [], sql
    joined = await services.database.fetch(
        "SELECT account_id FROM audit WHERE subject = 'statement' AND action = 'join' AND subject_id = ?",
        (statement_id,),
    )
    assert [row["account_id"] for row in joined] == [room.server.members["DK"].id]


async def test_a_draft_is_seen_by_those_who_draft_it_alone(room: Room) -> None:
    await room.draft(penholders="DK", url=LINK)
    for person_, sees in (("GH", False), ("DK", True)):
        shown = said(await room.type("list", room.server.members[person_]))
        assert (TITLE in shown) == sees
    refused = said(await room.type("show", room.server.members["GH"], statement=TITLE))
    assert "MARKERLINK" not in refused
    shown = await room.type("show", room.server.members["DK"], statement=TITLE)
    assert [await one.read() for one in shown.response.attachments] == [pdf()]
    other = room.world.other
    answer = await other.secretariat.slash(other.channels["general"], "statement list")
    assert TITLE not in said(answer)
    denied = await other.secretariat.slash(other.channels["general"], "statement show", statement="#1")
    assert TITLE not in said(denied)


async def test_neither_the_text_nor_its_link_is_in_an_email_a_log_or_another_network(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await room.accept_direct_messages("GH")
    statement = await room.opened(url=LINK, penholders="GH")
    await room.world.travel_to(statement.closes_at - timedelta(minutes=1))
    services = room.world.bot.services
    subject = services.outbox.subject("statement")
    assert subject is not None
    person_id = (await services.unreached.rows(room.server.id))[0].person_id
    assert person_id is not None
    for row in await room.rows(statement):
        if row.person_id is None:
            continue
        loaded = await subject.loaded(row)
        reader = room.reader
        message = await subject.message(loaded, reader)
        written = f"{message.sentence} {embed_text(message.card) if message.card is not None else ''}"
        assert not message.files
        if subject.has_email_text(row):
            text = await subject.email_text(loaded, reader)
            written += " ".join(reader.label(one) for one in (text.subject, *text.paragraphs))
        assert MARKER not in written
        assert "MARKERLINK" not in written
        assert "discord.com" not in written
        assert not [one for one in message.buttons if getattr(getattr(one, "item", one), "url", None)]
    assert {kind for kind in Kind if kind in emails.KINDS} == {
        Kind.ASKED,
        Kind.ASKED_AGAIN,
        Kind.NOT_JOINED,
        Kind.MORE_TIME,
        Kind.COLLEAGUE_JOINED,
        Kind.COLLEAGUE_WITHDREW,
        Kind.WITHDRAWAL,
    }
    for one in inbox(room.server.members["GH"]):
        assert not one.attachments
        assert "MARKERLINK" not in f"{one.content}{''.join(map(embed_text, one.embeds))}"
    assert MARKER not in caplog.text
    assert "MARKERLINK" not in caplog.text
    other = json.dumps(export_network(services.database.path, room.world.other.id))
    assert TITLE not in other
    assert "MARKERLINK" not in other
    assert person(person_id)


async def test_a_cancelled_statement_keeps_no_joining_and_no_text(room: Room) -> None:
    statement = await room.opened()
    await room.join("GH", statement)
    await room.press(await room.type("cancel", statement=TITLE, reason="Overtaken by events"))
    assert (await room.now(statement)).state == "cancelled"
    assert await room.joined(statement) == []
    assert pdf() not in room.world.bot.services.database.path.read_bytes()
    assert "Overtaken by events" in room.posted("general")[-1].content
    refused = said(await room.server.members["DK"].click(room.posted("general")[0], label="Details"))
    assert "cancelled" in refused
    assert "Ghana" not in embed_text(card(await room.type("show", statement=TITLE)))
