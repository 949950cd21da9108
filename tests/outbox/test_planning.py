"""What is owed after any plan: rows that wait follow it, rows under way do not."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.outbox import ANNOUNCEMENTS, Outbox, Owed
from storage.database import Database, Transaction
from storage.outbox.models import OutboxRow
from storage.outbox.outbox import OutboxRepository
from tests.empty_database import open_empty

NOW = datetime(2026, 1, 1, tzinfo=UTC)
GUILD = 7
LEAD = timedelta(days=7)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await open_empty(tmp_path / "focalbot.sqlite3")
    yield database
    await database.close()


@pytest.fixture
def outbox(database: Database) -> Outbox:
    return Outbox(OutboxRepository(database))


def countdown(start: datetime, *days: int) -> list[Owed]:
    return [Owed(f"{d}d", start - timedelta(days=d), ANNOUNCEMENTS, timedelta(days=d)) for d in days]


async def owe(database: Database, outbox: Outbox, owed: list[Owed], now: datetime = NOW) -> list[OutboxRow]:
    async with database.transaction(now) as tx:
        await outbox.plan(tx, GUILD, "meeting", 1, owed)
    return await outbox.of(GUILD, "meeting", 1)


async def settle(tx: Transaction, row: OutboxRow, state: str) -> None:
    await tx.execute("UPDATE outbox SET state = ?, wake_at = NULL, message_id = 5 WHERE id = ?", (state, row.id))


def shown(rows: list[OutboxRow]) -> list[tuple[str, int, str, datetime]]:
    return [(row.kind, row.occurrence, row.state, row.due_at) for row in rows]


async def test_leads_already_past_are_not_owed(database: Database, outbox: Outbox) -> None:
    start = NOW + timedelta(days=40)
    rows = await owe(database, outbox, countdown(start, 90, 60, 30, 14))
    assert shown(rows) == [
        ("30d", 1, "pending", start - timedelta(days=30)),
        ("14d", 1, "pending", start - timedelta(days=14)),
    ]


async def test_a_move_takes_the_waiting_rows_along(database: Database, outbox: Outbox) -> None:
    start = NOW + timedelta(days=40)
    before = await owe(database, outbox, countdown(start, 30, 14))
    after = await owe(database, outbox, countdown(start + timedelta(hours=1), 30, 14))
    assert [row.id for row in after] == [row.id for row in before]
    assert [row.due_at - start for row in after] == [timedelta(days=-30, hours=1), timedelta(days=-14, hours=1)]


async def test_moved_into_the_past_is_cancelled_and_owed_again_when_moved_back(
    database: Database, outbox: Outbox
) -> None:
    start = NOW + timedelta(days=40)
    await owe(database, outbox, countdown(start, 30))
    gone = await owe(database, outbox, countdown(start - timedelta(days=20), 30))
    assert [row.state for row in gone] == ["cancelled"]
    back = await owe(database, outbox, countdown(start, 30))
    assert shown(back) == [("30d", 1, "pending", start - timedelta(days=30))]


@pytest.mark.parametrize(
    ("moved", "again"), [(timedelta(days=6), False), (timedelta(days=7), True), (timedelta(days=21), True)]
)
async def test_a_sent_lead_is_owed_again_after_a_move_by_at_least_that_lead(
    database: Database, outbox: Outbox, moved: timedelta, again: bool
) -> None:
    start = NOW + timedelta(days=8)
    [row] = await owe(database, outbox, countdown(start, 7))
    async with database.transaction(NOW) as tx:
        await settle(tx, row, "sent")
    rows = await owe(database, outbox, countdown(start + moved, 7), NOW + timedelta(days=1))
    assert [r.occurrence for r in rows] == ([1, 2] if again else [1])


async def test_what_was_missed_is_owed_again_as_soon_as_it_lies_ahead(database: Database, outbox: Outbox) -> None:
    start = NOW + timedelta(days=8)
    [row] = await owe(database, outbox, countdown(start, 7))
    async with database.transaction(NOW) as tx:
        await settle(tx, row, "missed")
    rows = await owe(database, outbox, countdown(start + timedelta(hours=5), 7), NOW + timedelta(days=1))
    assert [(r.occurrence, r.state) for r in rows] == [(1, "missed"), (2, "pending")]


async def test_a_row_that_waits_past_its_time_stays_owed_when_its_plan_is_repeated(
    database: Database, outbox: Outbox
) -> None:
    owed = countdown(NOW + timedelta(days=8), 7)
    await owe(database, outbox, owed)
    rows = await owe(database, outbox, owed, NOW + timedelta(days=2))
    assert [row.state for row in rows] == ["pending"]


async def test_one_kind_to_one_target_cannot_be_owed_twice(database: Database, outbox: Outbox) -> None:
    with pytest.raises(ValueError, match="owed twice"):
        await owe(database, outbox, countdown(NOW + timedelta(days=8), 7, 7))


async def test_what_was_asked_for_is_left_alone_by_a_plan(database: Database, outbox: Outbox) -> None:
    async with database.transaction(NOW) as tx:
        first = await outbox.plan_now(tx, GUILD, "meeting", 1, "announced", ANNOUNCEMENTS, payload={"by": 3})
        second = await outbox.plan_now(tx, GUILD, "meeting", 1, "announced", ANNOUNCEMENTS)
    rows = await owe(database, outbox, [])
    assert [(row.id, row.occurrence, row.state, row.payload) for row in rows] == [
        (first, 1, "pending", {"by": 3}),
        (second, 2, "pending", {}),
    ]
