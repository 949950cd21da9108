"""No step costs more when more rows wait: counted in instructions of SQLite's machine, which no load disturbs."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

from bot.outbox import ANNOUNCEMENTS, Outbox, Owed
from storage.database import Database, Transaction
from storage.outbox.deliveries import TROUBLE, DeliveryRepository
from storage.outbox.outbox import OutboxRepository
from storage.outbox.states import OutboxState

NOW = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
GUILD = 7


async def instructions(database: Database, do: Callable[[Transaction], Awaitable[object]]) -> int:
    count = 0

    def one_more() -> int:
        nonlocal count
        count += 1
        return 0

    async with database.transaction(NOW) as tx:
        await database._writer.set_progress_handler(one_more, 1)
        await do(tx)
        # SQLite takes None for nobody, which aiosqlite's types do not know.
        await database._writer.set_progress_handler(cast(Any, None), 1)
    return count


async def steps(path: Path, waiting: int) -> dict[str, int]:
    database = await Database.open(path / f"{waiting}.sqlite3")
    rows, deliveries = OutboxRepository(database), DeliveryRepository(database)
    outbox = Outbox(rows)
    async with database.transaction(NOW) as tx:
        owed = [(f"kind {n}", ANNOUNCEMENTS, 1, NOW + YEAR) for n in range(waiting)]
        await rows.add_planned(tx, GUILD, "note", 1, owed)
    counted: dict[str, int] = {}

    async def count(what: str, do: Callable[[Transaction], Awaitable[object]]) -> None:
        counted[what] = await instructions(database, do)

    leads = [Owed(f"{d}d", NOW + YEAR - timedelta(days=d), ANNOUNCEMENTS) for d in (90, 30, 7)]
    await count("looking", lambda tx: deliveries.due(tx, 256))
    await count("the next time", deliveries.next_wake)
    await count("planning", lambda tx: outbox.plan(tx, GUILD, "meeting", 2, leads))
    await count("planning again", lambda tx: outbox.plan(tx, GUILD, "meeting", 2, leads[1:]))
    await count("asking", lambda tx: outbox.plan_now(tx, GUILD, "webinar", 3, "now", ANNOUNCEMENTS))
    [row] = await rows.rows_of(GUILD, "webinar", 3)
    await count("reading", lambda tx: deliveries.row(tx, row))
    await count("claiming", lambda tx: deliveries.claim(tx, row, 1, 1, 60))
    await count("settling", lambda tx: deliveries.settle(tx, row, OutboxState.FAILED))
    await count("sent", lambda tx: deliveries.sent(tx, row, 1, 1))
    await count("telling", lambda tx: deliveries.add_to_alert(tx, row, 30))
    await count("telling more", lambda tx: deliveries.add_to_alert(tx, row, 30))
    await count("a line", lambda tx: deliveries.line(tx, GUILD, TROUBLE, 30))
    await count("editing", lambda tx: outbox.edit(tx, GUILD, "webinar", 3))
    await count("taking back", lambda tx: outbox.take_back(tx, GUILD, row.id))
    await count("cancelling", lambda tx: outbox.cancel(tx, GUILD, "webinar", 3))
    await database.close()
    return counted


async def test_no_step_costs_more_when_more_rows_wait(tmp_path: Path) -> None:
    few, many = await steps(tmp_path, 100), await steps(tmp_path, 5000)
    assert {what: cost for what, cost in many.items() if cost > few[what] + 100} == {}
