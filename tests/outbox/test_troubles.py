"""Clocks, channels, permissions, backups and servers that come and go: nothing in silence, nothing twice."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.outbox import ANNOUNCEMENTS, Owed
from storage.backups.copies import back_up
from storage.outbox.deliveries import DeliveryRepository
from tests.outbox.conftest import Desk
from tests.outbox.test_people import person_of

DAY = timedelta(days=1)


async def test_while_the_clock_is_off_nothing_is_sent_and_nothing_missed(desk: Desk) -> None:
    clock_check = desk.world.bot.outbox._clock_check
    with desk.world.env.time_context():
        clock_check.heard(desk.now - timedelta(minutes=5), desk.now)
    await desk.ask("note", ANNOUNCEMENTS, deadline=desk.now + timedelta(minutes=3))
    await desk.pass_time(timedelta(minutes=2))
    assert desk.shown() == []
    assert await desk.states() == ["pending"]
    with desk.world.env.time_context():
        clock_check.heard(desk.now, desk.now)
    await desk.pass_time(timedelta(minutes=1))
    assert desk.shown() == ["Note note"]
    [line] = desk.server.channels["secretariat"].history()
    assert "clock" in line.content


async def test_a_retry_left_in_the_future_by_a_clock_set_back_counts_as_now(desk: Desk) -> None:
    place = desk.server.channels["announcements"]
    desk.world.env.inject_error("POST", f"/channels/{place.id}/messages", status=500)
    await desk.ask("note", ANNOUNCEMENTS)
    async with desk.world.bot.services.transaction() as tx:
        await tx.execute("UPDATE outbox SET wake_at = wake_at + 86400 * 365, attempted_at = attempted_at + 86400 * 365")
    await desk.restart()
    await desk.pass_time(timedelta(minutes=20))
    assert desk.shown() == ["Note note"]


async def test_a_channel_that_is_gone_and_set_anew(desk: Desk) -> None:
    env, services = desk.world.env, desk.world.bot.services
    old = desk.server.channels["announcements"]
    await desk.plan(Owed("day", desk.now + DAY, ANNOUNCEMENTS))
    env.backend.delete_channel(old.id)
    await env.settle()
    await desk.pass_time(DAY + timedelta(minutes=1))
    [row] = await desk.rows()
    assert (row.state, row.reason) == ("failed", "unknown_channel")
    fresh = desk.server.channels["general"]
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.settings.change_network(tx, desk.guild_id, announcements_channel_id=fresh.id)
        async with services.transaction() as tx:
            assert await services.outbox.again(tx, desk.guild_id, row.id)
    await env.settle()
    assert "Note day" in desk.shown("general")


async def test_a_refused_token_stops_the_engine_and_loses_nothing(desk: Desk) -> None:
    place = desk.server.channels["announcements"]
    desk.world.env.inject_error("POST", f"/channels/{place.id}/messages", status=401)
    await desk.ask("first", ANNOUNCEMENTS)
    await desk.ask("second", ANNOUNCEMENTS)
    await desk.pass_time(timedelta(hours=1))
    assert desk.shown() == []
    assert await desk.states() == ["pending", "pending"]
    await desk.restart()
    await desk.pass_time(timedelta(hours=1))
    assert sorted(desk.shown()) == ["Note first", "Note second"]


async def test_what_happened_while_the_bot_was_away_is_noticed_when_it_starts(desk: Desk) -> None:
    await desk.plan(Owed("week", desk.now + 7 * DAY, ANNOUNCEMENTS))
    async with desk.world.bot.services.transaction() as tx:
        await tx.execute("INSERT INTO network (guild_id) VALUES (99)")
        await tx.execute("UPDATE network SET removed_at = 1 WHERE guild_id = ?", (desk.guild_id,))
        await tx.execute("UPDATE outbox SET state = 'cancelled', reason = 'removed', wake_at = NULL")
    await desk.restart()
    removed = await desk.world.bot.services.database.fetch("SELECT guild_id FROM network WHERE removed_at IS NOT NULL")
    assert [row["guild_id"] for row in removed] == [99]
    await desk.pass_time(8 * DAY)
    assert desk.shown() == ["Note week"]


async def test_no_channel_at_all_is_a_failure_with_its_fix(desk: Desk) -> None:
    services = desk.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(tx, desk.guild_id, announcements_channel_id=None)
    await desk.ask("note", ANNOUNCEMENTS)
    assert [(row.state, row.reason) for row in await desk.rows()] == [("failed", "no_channel")]


async def test_a_line_that_cannot_be_delivered_makes_no_further_line(desk: Desk) -> None:
    services = desk.world.bot.services
    async with services.transaction() as tx:
        await services.settings.change_network(
            tx, desk.guild_id, announcements_channel_id=None, secretariat_channel_id=None
        )
    await desk.ask("note", ANNOUNCEMENTS)
    await desk.pass_time(DAY)
    [line] = await services.outbox.rows.undelivered_alerts(desk.guild_id)
    assert (line.state, line.reason) == ("failed", "no_channel")
    counts = await services.outbox.rows.counts(desk.guild_id)
    assert counts == {"failed": 2}


async def test_a_restored_backup_repeats_nothing(desk: Desk, tmp_path: Path) -> None:
    await desk.plan(Owed("day", desk.now + DAY, ANNOUNCEMENTS))
    await asyncio.to_thread(back_up, desk.world.settings.database_path, tmp_path / "backup.sqlite3")
    await desk.pass_time(DAY + timedelta(minutes=5))
    assert desk.shown() == ["Note day"]
    await desk.world.bot.close()
    path = desk.world.settings.database_path
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup.sqlite3", path)
    await desk.restart()
    await desk.pass_time(timedelta(minutes=5))
    assert desk.shown() == ["Note day"]
    assert await desk.states() == ["sent"]


async def test_removed_from_a_server_it_owes_nothing_and_takes_it_up_again(desk: Desk) -> None:
    engine = desk.world.bot.outbox
    await desk.plan(Owed("day", desk.now + DAY, ANNOUNCEMENTS), Owed("week", desk.now + 7 * DAY, ANNOUNCEMENTS))
    with desk.world.as_bot():
        await engine.network_removed(desk.guild_id)
    await desk.pass_time(2 * DAY)
    assert desk.shown() == []
    with desk.world.as_bot():
        await engine.network_returned(desk.guild_id)
    await desk.pass_time(6 * DAY)
    assert desk.shown() == ["Note week"]


async def test_ninety_days_after_its_removal_a_networks_data_is_gone_and_the_others_is_not(desk: Desk) -> None:
    services, engine = desk.world.bot.services, desk.world.bot.outbox
    await desk.plan(Owed("year", desk.now + 365 * DAY, ANNOUNCEMENTS))
    with desk.world.as_bot():
        await engine.network_removed(desk.guild_id)
    await desk.pass_time(89 * DAY)
    with desk.world.as_bot():
        assert await engine.purge() == []
    await desk.pass_time(2 * DAY)
    assert await services.members.delegations(desk.guild_id) == []
    assert await desk.rows() == []
    assert await services.members.delegations(desk.world.other.id) != []
    assert await services.database.check() == []


async def test_networks_do_not_see_each_others_rows(desk: Desk) -> None:
    row_id = await desk.ask("note", ANNOUNCEMENTS)
    rows = desk.world.bot.services.outbox.rows
    assert await rows.row(desk.world.other.id, row_id) is None
    assert await rows.counts(desk.world.other.id) == {}
    assert (await person_of(desk, "GH")).guild_id == desk.guild_id


async def test_a_card_is_edited_once_for_many_wishes_and_survives_a_restart(desk: Desk) -> None:
    services = desk.world.bot.services
    await desk.ask("card", ANNOUNCEMENTS)
    desk.notes.words = "Changed"
    before = len(edits(desk))
    with desk.world.as_bot():
        async with services.transaction() as tx:
            for _ in range(5):
                await services.outbox.edit(tx, desk.guild_id, "note", 1, "card")
    await desk.world.env.settle()
    await desk.pass_time(30)
    assert desk.shown() == ["Changed card"]
    assert len(edits(desk)) - before == 1
    desk.notes.words = "Again"
    await desk.world.bot.outbox.stop()
    with desk.world.env.time_context():
        async with services.transaction() as tx:
            await services.outbox.edit(tx, desk.guild_id, "note", 1)
    await desk.restart()
    assert desk.shown() == ["Again card"]


@pytest.mark.parametrize("wishes", range(1, 7))
async def test_wishes_made_during_an_edit_are_never_taken_for_the_one_it_meets(desk: Desk, wishes: int) -> None:
    services = desk.world.bot.services
    row_id = await desk.ask("card", ANNOUNCEMENTS)
    await desk.world.bot.outbox.stop()
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.outbox.edit(tx, desk.guild_id, "note", 1)
        under_way = await services.outbox.rows.row(desk.guild_id, row_id)
        assert under_way is not None
        async with services.transaction() as tx:
            for _ in range(wishes):
                await services.outbox.edit(tx, desk.guild_id, "note", 1)
        async with services.transaction() as tx:
            await DeliveryRepository(services.database).edited(tx, under_way)
        left = await services.outbox.rows.row(desk.guild_id, row_id)
    assert left is not None
    assert left.wake_at is not None


def edits(desk: Desk) -> list[str]:
    return [r.path for r in desk.world.env.http_requests if r.method == "PATCH" and "/messages/" in r.path]
