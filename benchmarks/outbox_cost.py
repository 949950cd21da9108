"""What a message costs the outbox, and what waiting rows cost it. Run: python -m benchmarks.outbox_cost.

Discord is stubbed and answers at once: what is measured is our own work, on a real SQLite file with
synchronous=FULL. Medians, in microseconds.

Last results (22 November 2026, two cores shared with other work, Python 3.11): looking for what is due 96-118 µs with
100 rows waiting, 112-118 with 100,000; planning six reminders 0.5 ms; a message from claim to outcome 0.8 ms with two
commits to disk (2-4 ms while the disk is busy). That no step reads more when more rows wait is shown without a clock
by tests/outbox/test_cost.py.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from bot.clock import Clock
from bot.delivery.clock_check import ClockCheck
from bot.delivery.courier import Courier
from bot.outbox import ANNOUNCEMENTS, Message, Owed, RecordlessSubject, Standing
from bot.services import Services
from bot.settings import Settings
from bot.texts import Reader, Text, t
from storage.database import Database
from storage.outbox.deliveries import DeliveryRepository
from storage.outbox.models import OutboxRow

GUILD = 1
MESSAGES = 300
WAITING = (100, 100_000)


class Notes(RecordlessSubject):
    name = "note"

    async def standing(self, row: OutboxRow) -> Standing | None:  # noqa: ARG002 - the same for every row
        return Standing()

    async def message(self, row: OutboxRow, reader: Reader) -> Message:  # noqa: ARG002 - the same for every row
        return Message("A note")

    async def title(self, row: OutboxRow) -> Text:  # noqa: ARG002 - the same for every row
        return t("A note")


class Channel:
    """A channel that stores nothing and answers at once."""

    def __init__(self, channel_id: int) -> None:
        self.id = channel_id

    async def history(self, *, limit: int) -> AsyncIterator[SimpleNamespace]:
        yield SimpleNamespace(id=limit)

    async def send(self, **_: object) -> SimpleNamespace:
        return SimpleNamespace(id=1)


class Client:
    """As much of a discord.Client as the courier asks for."""

    def get_guild(self, _: int) -> SimpleNamespace:
        return SimpleNamespace(unavailable=False)

    def get_partial_messageable(self, channel_id: int, **_: object) -> Channel:
        return Channel(channel_id)


async def timed(do: Callable[[], Awaitable[Any]], times: int) -> float:
    taken: list[float] = []
    for _ in range(times):
        begun = time.perf_counter()
        await do()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken) * 1e6


async def measure(waiting: int, folder: Path) -> dict[str, float]:
    database = await Database.open(folder / f"{waiting}.sqlite3")
    services = Services.over(database, Clock(), Settings(_env_file=None, database_path=folder / "unused"))  # pyright: ignore[reportCallIssue]
    services.outbox.register(Notes())
    deliveries = DeliveryRepository(database)
    services.outbox.salt = await deliveries.salt()
    clock_check = ClockCheck(services.clock)
    courier = Courier(services, cast(Any, Client()), deliveries, clock_check, copied=None)
    year = services.clock.now() + timedelta(days=365)
    async with services.transaction() as tx:
        await services.settings.change_network(tx, GUILD, announcements_channel_id=5)
        for start in range(0, waiting, 1000):
            rows = [(f"kind {start + n}", ANNOUNCEMENTS, 1, year) for n in range(min(1000, waiting - start))]
            await services.outbox.rows.add_planned(tx, GUILD, "note", start // 10 + 10, rows)

    async def look() -> None:
        async with services.transaction() as tx:
            await deliveries.due(tx, 256)
            await deliveries.next_wake(tx)

    planned = 0

    async def plan() -> None:
        nonlocal planned
        planned += 1
        owed = [
            Owed(f"{d}d", year - timedelta(days=d), ANNOUNCEMENTS, timedelta(days=d)) for d in (90, 60, 30, 14, 7, 1)
        ]
        async with services.transaction() as tx:
            await services.outbox.plan(tx, GUILD, "meeting", planned, owed)

    async def owe_and_send() -> None:
        async with services.transaction() as tx:
            await services.outbox.plan_now(tx, GUILD, "note", 1, "now", ANNOUNCEMENTS)
        async with services.transaction() as tx:
            [row] = await deliveries.due(tx, 256)
        begun = time.perf_counter()
        await courier.handle(row)
        sending.append(time.perf_counter() - begun)

    sending: list[float] = []
    looked = await timed(look, MESSAGES)
    plans = await timed(plan, MESSAGES)
    await timed(owe_and_send, MESSAGES)
    await database.close()
    return {"look": looked, "plan of six": plans, "send": statistics.median(sending) * 1e6}


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        for waiting in WAITING:
            result = await measure(waiting, Path(folder))
            said = ", ".join(f"{what} {value:,.0f}" for what, value in result.items())
            print(f"{datetime.now(UTC):%Y-%m-%d} · {waiting:>7,} rows waiting: {said} µs")


if __name__ == "__main__":
    asyncio.run(main())
