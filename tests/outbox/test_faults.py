"""Faults of ours, a full disk, a request that hangs: one row costs only itself, and is told once."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from bot.delivery.channels import ANSWERED_WITHIN
from bot.delivery.ending import MAX_FAULTS
from bot.delivery.outcome import backoff
from bot.outbox import ANNOUNCEMENTS, MEMBERS, Owed
from storage.outbox.models import OutboxRow
from storage.outbox.outbox import SECONDS_SINCE_HUNG
from tests.outbox.conftest import Desk

MINUTE = timedelta(minutes=1)
FOR_EVER = 10**6


def alerts(desk: Desk) -> list[Any]:
    return list(desk.server.channels["secretariat"].history())


@pytest.mark.parametrize("where", ["message", "prepare"])
async def test_a_row_whose_subject_raises_is_told_once_and_tried_again_while_its_lane_goes_on(
    desk: Desk, where: str
) -> None:
    async def raise_for_broken(row: OutboxRow) -> None:
        if row.kind == "broken":
            raise ValueError(row.kind)

    if where == "message":
        desk.notes.faulty.add("broken")
    else:
        desk.notes.preparing = raise_for_broken
    due = desk.now.replace(microsecond=0) + MINUTE
    await desk.plan(*(Owed(kind, due, ANNOUNCEMENTS) for kind in ("broken", "whole", "other")))
    await desk.pass_time(MINUTE + timedelta(seconds=1))
    assert desk.shown() == ["Note whole", "Note other"]
    [row] = [row for row in await desk.rows() if row.kind == "broken"]
    assert (row.state, row.reason[:6], row.failures, row.attempts) == ("pending", "fault:", 1, 0)
    await desk.pass_time(timedelta(seconds=40))
    [alert] = alerts(desk)
    assert row.reason[6:] in alert.embeds[0].fields[0].value
    await desk.pass_time(timedelta(hours=1))
    [row] = [row for row in await desk.rows() if row.kind == "broken"]
    assert (row.state, row.reason[:6], row.failures) == ("failed", "fault:", MAX_FAULTS - 1)
    assert len(alerts(desk)) == 1


async def test_a_fault_that_passes_is_made_good_by_the_next_try(desk: Desk) -> None:
    desk.notes.faulty.add("broken")
    await desk.ask("broken", ANNOUNCEMENTS)
    desk.notes.faulty.clear()
    await desk.pass_time(timedelta(minutes=2))
    assert desk.shown() == ["Note broken"]
    assert await desk.states() == ["sent"]


async def test_a_subject_that_never_ends_preparing_is_a_fault_of_its_own_row(desk: Desk) -> None:
    async def hang(row: OutboxRow) -> None:
        if row.kind == "broken":
            await asyncio.sleep(FOR_EVER)

    desk.notes.preparing = hang
    await desk.ask("broken", ANNOUNCEMENTS)
    await desk.ask("whole", ANNOUNCEMENTS)
    await desk.pass_time(timedelta(minutes=1, seconds=1))
    assert desk.shown() == ["Note whole"]


def test_the_backoff_doubles_from_a_minute_to_a_quarter_of_an_hour() -> None:
    assert [backoff(n) / MINUTE for n in range(1, 7)] == [1, 2, 4, 8, 15, 15]
    assert backoff(10**9) == 15 * MINUTE


async def test_an_unanswered_request_counts_once(desk: Desk) -> None:
    asked = refuse_connections(desk)
    began = desk.now
    await desk.ask("note", ANNOUNCEMENTS)
    await desk.pass_time(timedelta(minutes=16))
    minutes = [round((at - began) / MINUTE) for at in asked]
    assert minutes == [0, 1, 3, 7, 15]
    [row] = await desk.rows()
    assert (row.attempts, row.failures) == (5, 5)


def refuse_connections(desk: Desk) -> list[Any]:
    """Break every connection over which a note would be sent; return when each was."""
    asked: list[Any] = []
    request = desk.world.bot.http.request

    async def broken(route: Any, **options: Any) -> Any:
        if route.method == "POST" and route.path.endswith("/messages"):
            asked.append(desk.now)
            raise ConnectionResetError
        return await request(route, **options)

    desk.world.bot.http.request = broken  # type: ignore[method-assign]
    return asked


async def test_a_request_that_hangs_holds_neither_its_channel_for_minutes_nor_another(desk: Desk) -> None:
    bot = desk.world.bot
    request, hung = bot.http.request, []

    async def hanging(route: Any, **options: Any) -> Any:
        if not hung and route.method == "POST" and route.path.endswith("/messages"):
            hung.append(await request(route, **options))
            await asyncio.sleep(FOR_EVER)
        return await request(route, **options)

    bot.http.request = hanging  # type: ignore[method-assign]
    due = desk.now.replace(microsecond=0) + MINUTE
    await desk.plan(
        Owed("first", due, ANNOUNCEMENTS), Owed("second", due, ANNOUNCEMENTS), Owed("elsewhere", due, MEMBERS)
    )
    await desk.pass_time(MINUTE + timedelta(seconds=5))
    assert desk.shown("members") == ["Note elsewhere"]
    await desk.pass_time(ANSWERED_WITHIN)
    assert desk.shown() == ["Note first", "Note second"]
    await desk.pass_time(timedelta(seconds=SECONDS_SINCE_HUNG + 5))
    assert desk.shown() == ["Note first", "Note second"]
    assert set(await desk.states()) == {"sent"}


class Hanging:
    """Discord gives no answer to the first message, and stores it when :meth:`store` is called, whichever bot runs."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._asked: list[tuple[Any, dict[str, Any]]] = []
        self._request = desk.world.bot.http.request
        desk.world.bot.http.request = self._hang  # type: ignore[method-assign]

    async def _hang(self, route: Any, **options: Any) -> Any:
        if not self._asked and route.method == "POST" and route.path.endswith("/messages"):
            self._asked.append((route, options))
            await asyncio.sleep(FOR_EVER)
        return await self._request(route, **options)

    async def store(self) -> None:
        [(route, options)] = self._asked
        with self._desk.world.as_bot():
            await self._desk.world.bot.http.request(route, **options)


@pytest.mark.parametrize("ends_after", [None, 10, 120], ids=["goes on", "ends before it gives up", "ends after it"])
async def test_what_discord_stores_minutes_after_a_request_that_hung_is_not_sent_again(
    desk: Desk, ends_after: int | None
) -> None:
    first = Hanging(desk)
    await desk.ask("note", ANNOUNCEMENTS)
    await desk.pass_time(timedelta(seconds=ends_after or 10))
    if ends_after is not None:
        await desk.restart(bare=True)
    await desk.pass_time(timedelta(seconds=SECONDS_SINCE_HUNG - 130))
    await desk.pass_time(timedelta(seconds=110 if ends_after != 120 else 0))
    assert desk.shown() == []
    await first.store()
    await desk.pass_time(timedelta(seconds=SECONDS_SINCE_HUNG))
    assert desk.shown() == ["Note note"]
    assert await desk.states() == ["sent"]


async def test_what_hung_and_is_taken_back_is_deleted_when_it_appears_minutes_later(desk: Desk) -> None:
    first = Hanging(desk)
    row_id = await desk.ask("note", ANNOUNCEMENTS)
    await desk.pass_time(2 * MINUTE)
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            assert await services.outbox.take_back(tx, desk.guild_id, row_id) == 1
    await desk.pass_time(2 * MINUTE)
    assert await desk.states() == ["withdrawing"], "nobody can know yet that it is not there"
    await first.store()
    await desk.pass_time(timedelta(seconds=SECONDS_SINCE_HUNG))
    assert (desk.shown(), await desk.states()) == ([], ["withdrawn"])


async def test_a_full_disk_is_tried_again_once_a_minute_and_not_at_once(
    desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    services = desk.world.bot.services
    writer = services.database._writer
    statements: list[str] = []

    async def write_much(row: OutboxRow) -> None:
        if row.kind == "poll":
            async with services.transaction() as tx:
                await services.outbox.edit(tx, row.guild_id, "note", 1)
                await services.outbox.plan_now(
                    tx, row.guild_id, "note", 2, "more", ANNOUNCEMENTS, payload={"much": "." * 100_000}
                )

    await desk.ask("before", ANNOUNCEMENTS)
    desk.notes.preparing = write_much
    due = desk.now.replace(microsecond=0) + MINUTE
    await desk.plan(Owed("poll", due, ANNOUNCEMENTS), Owed("after", due, ANNOUNCEMENTS))
    [[pages]] = await writer.execute_fetchall("PRAGMA page_count")
    await writer.execute_fetchall(f"PRAGMA max_page_count = {pages + 8}")
    await writer.set_trace_callback(statements.append)
    caplog.clear()
    await desk.pass_time(timedelta(minutes=10))
    assert desk.shown() == ["Note before", "Note after"]
    turns = [sql for sql in statements if "CROSS JOIN outbox" in sql]
    assert len(turns) < 25
    assert 3 <= len([record for record in caplog.records if record.exc_info]) <= 5
    await writer.execute_fetchall("PRAGMA max_page_count = 1073741823")
    await desk.pass_time(timedelta(minutes=20))
    assert sorted(desk.shown()) == ["Note after", "Note before", "Note more", "Note poll"]


async def test_the_engine_is_not_woken_by_what_is_rolled_back(desk: Desk) -> None:
    services = desk.world.bot.services
    statements: list[str] = []
    await services.database._writer.set_trace_callback(statements.append)

    async def fail() -> None:
        async with services.transaction() as tx:
            await services.outbox.plan_now(tx, desk.guild_id, "note", 1, "note", ANNOUNCEMENTS)
            raise ZeroDivisionError

    with desk.world.as_bot(), pytest.raises(ZeroDivisionError):
        await fail()
    await desk.world.env.settle()
    assert not [sql for sql in statements if "CROSS JOIN outbox" in sql]
