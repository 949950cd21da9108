"""Whom a statement's reminders go to, who joined and no longer does: shown, counted, kept and exported nowhere."""

import json
from datetime import timedelta
from typing import Any

from storage.backups.export import export_network
from storage.monitoring import MonitoringRepository
from storage.statements.models import Statement
from tests.statements.staging import TITLE, Room, inbox, pdf
from tests.world import card, embed_text, said


async def fetch(room: Room, sql: str) -> list[dict[str, Any]]:
    return [dict(row) for row in await room.world.bot.services.database.fetch(sql)]


async def replaced_after(room: Room, *codes: str) -> Statement:
    """Open a statement, let these delegations join it, and give it another text."""
    statement = await room.opened()
    for code in codes:
        await room.join(code, statement)
    await room.press(await room.type("edit", statement=TITLE, document_en=("new.pdf", pdf("second"))))
    await room.world.travel(timedelta(minutes=5))
    return await room.now(statement)


async def test_who_is_asked_again_is_listed_counted_and_exported_nowhere(room: Room) -> None:
    await room.accept_direct_messages("GH")
    statement = await replaced_after(room, "GH", "DK")
    await room.world.travel(timedelta(days=1))
    rows = await room.rows(statement)
    asked = [row for row in rows if row.kind == "asked_again" and row.is_direct]
    assert len(asked) == 2
    assert any("has a new text" in one.content for one in inbox(room.server.members["GH"]))
    services, guild_id = room.world.bot.services, room.server.id
    (whole,) = [row for row in rows if row.kind == "asked_again" and not row.is_direct]
    assert await services.outbox.rows.children_counts(guild_id, whole.id) == {}
    assert await services.unreached.senders(guild_id, whole.id) == {}
    assert "asked_again" not in {row.kind for row in await services.unreached.rows(guild_id, waiting_too=True)}
    assert "asked_again" not in {str(row["kind"]) for row in export_network(services.database.path, guild_id)["outbox"]}
    # What each of them may export of their own does not say who the others are.
    assert [row.payload for row in asked] == [{}, {}]


async def test_who_has_joined_again_is_not_asked_again(room: Room) -> None:
    await room.accept_direct_messages("GH")
    statement = await room.opened()
    await room.join("GH", statement)
    await room.press(await room.type("edit", statement=TITLE, document_en=("new.pdf", pdf("second"))))
    ghana = room.server.members["GH"]
    await room.press(await ghana.click(room.posted("general")[-1], label="Join"), by=ghana)
    await room.world.travel(timedelta(days=1))
    assert not any("no longer counts" in one.content for one in inbox(ghana))


async def test_the_audit_log_keeps_of_joinings_those_that_count_alone(room: Room) -> None:
    statement = await room.opened()
    for code in ("GH", "DK"):
        await room.join(code, statement)
    ghana = room.server.members["GH"]
    joined = "SELECT account_id FROM audit WHERE subject = 'statement' AND action = 'join' ORDER BY id"
    for _ in range(2):
        shown = await room.type("show", ghana, statement=TITLE)
        await room.press(await room.press(shown, "Withdraw", ghana), by=ghana)
        assert [row["account_id"] for row in await fetch(room, joined)] == [room.server.members["DK"].id]
        await room.world.travel(60)
        await room.join("GH", statement)
    assert [row["account_id"] for row in await fetch(room, joined)] == [room.server.members["DK"].id, ghana.id]
    await room.press(await room.type("edit", statement=TITLE, document_en=("new.pdf", pdf("second"))))
    assert await fetch(room, joined) == []


async def test_what_is_voided_leaves_the_log_of_the_file(room: Room) -> None:
    statement = await room.opened()
    await room.join("GH", statement)
    await room.press(await room.type("edit", statement=TITLE, document_en=("new.pdf", pdf("second"))))
    path = room.world.bot.services.database.path
    log = path.with_name(f"{path.name}-wal")
    assert pdf() not in log.read_bytes() + path.read_bytes()


async def test_what_somebody_began_and_did_not_confirm_goes_with_the_delivery(room: Room) -> None:
    statement = await room.opened()
    await room.join("GH", statement)
    ghana, sweden = room.server.members["GH"], room.server.members["SE"]
    await sweden.click(room.posted("general")[0], label="Join")
    await room.press(await room.type("show", ghana, statement=TITLE), "Withdraw", ghana)
    begun = "SELECT kind FROM draft WHERE kind LIKE 'statement%' ORDER BY kind"
    assert [row["kind"] for row in await fetch(room, begun)] == ["statement_join", "statement_withdraw"]
    for stage in ("Close", "Delivered"):
        await room.press(await room.press(await room.type("show", statement=TITLE), stage))
    assert await fetch(room, begun) == []


async def test_the_figures_for_an_operator_do_not_count_reminders(room: Room) -> None:
    statement = await room.opened()
    await room.world.travel_to(statement.closes_at - timedelta(hours=1))
    services = room.world.bot.services
    figures = await MonitoringRepository(services.database).outbox(services.clock.now())
    rows = await fetch(room, "SELECT kind, target FROM outbox")
    hidden = [row for row in rows if row["kind"].startswith("not_joined") and row["target"] != "people"]
    assert len(hidden) > 10
    assert sum(figures.states.values()) == len(rows) - len(hidden)


async def test_a_closed_statement_that_is_cancelled_is_called_cancelled_and_names_nobody(room: Room) -> None:
    statement = await room.opened()
    await room.join("GH", statement)
    await room.world.travel_to(statement.closes_at + timedelta(minutes=1))
    assert "Ghana" in embed_text(room.posted("general")[-1].embeds[0])
    await room.press(await room.type("cancel", statement=TITLE, reason="Overtaken by events"))
    opened, closed, cancelled = room.posted("general")
    for message in (opened, closed, cancelled):
        assert "cancelled: Overtaken by events" in message.content
        assert "Ghana" not in json.dumps([one.to_dict() for one in message.embeds])
        assert not message.attachments
    assert "Ghana" not in embed_text(card(await room.type("show", statement=TITLE)))


async def test_a_network_without_a_members_channel_drafts_and_is_told_what_it_lacks(room: Room) -> None:
    services = room.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(tx, room.server.id, members_channel_id=None)
    statement = await room.draft(penholders="DK")
    refused = said(await room.press(await room.type("show", statement=TITLE), "Final"))
    assert "setup channels" in refused
    assert (await room.now(statement)).state == "draft"
    async with services.transaction() as tx:
        channel = room.server.channels["general"]
        await services.settings.change_network(tx, room.server.id, members_channel_id=channel.id)
    await room.press(await room.press(await room.type("show", statement=TITLE), "Final"))
    assert len(room.posted("general")) == 1
