"""How long a directory of 10,000 rows takes to come in and go out: ``python -m benchmarks.directory_import``.

Last results (22 November 2026, two cores shared with other work, Python 3.11): into an empty network 1.1-1.4 s
(reading 0.1, planning 0.6, writing 0.3, with 20,017 lines in the audit log), the same again 0.8-0.9 s, export 0.2 s.
Longest pause 0.12-0.2 s, which is one full pass of the garbage collector; below 0.09 s with the collector off.
"""

import asyncio
import tempfile
import time
from collections.abc import Generator, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from cogs.members.exchange.exchange import COLUMNS, SHEET, all_values
from cogs.members.exchange.rules import Plan, planning
from storage.database import Database
from storage.members.directory_import import DirectoryRepository
from storage.members.members import MembersRepository

ROWS = 10_000
CODES = ["DK", "SE", "FI", "NO", "DE", "FR", "ES", "GH", "KE", "ZA", "AR", "BR", "MX", "JP", "KR", "AU", "NZ"]


def rows() -> Iterator[tuple[str, ...]]:
    for n in range(ROWS):
        who = (CODES[n % len(CODES)], f"Person {n}", "adviser", "Head of Section", "Ministry of Foreign Affairs")
        contact = (f"p{n}@example.org", "+45 33 92 00 00", "en;fr", "early warning", "Europe/Copenhagen", "members")
        row = (*who, *contact, "2026-01-01", "", str(10**17 + n))
        assert len(row) == len(COLUMNS)  # noqa: S101 - the benchmark must measure a right file
        yield row


class Pulse:
    """Measures the longest time for which nobody else got a turn."""

    def __init__(self) -> None:
        self.longest = 0.0

    async def beat(self) -> None:
        last = time.perf_counter()
        while True:
            await asyncio.sleep(0.001)
            now = time.perf_counter()
            self.longest = max(self.longest, now - last)
            last = now


def finished(work: Generator[int, None, Plan]) -> Plan:
    while True:
        try:
            next(work)
        except StopIteration as end:
            return end.value


async def come_in(directory: DirectoryRepository, database: Database, data: bytes) -> int:
    here = await directory.read(1)
    read, problems = await asyncio.to_thread(lambda: SHEET.rows_of(SHEET.text_of(data)))
    work = planning(1, here, read, problems, date(2026, 6, 15))
    plan = await asyncio.to_thread(finished, work)
    if plan.changes:
        async with database.transaction(datetime.now(UTC), 1) as tx:
            await directory.apply(tx, 1, plan.writes)
    return len(plan.changes)


async def measure() -> None:
    data = SHEET.file_of(rows())
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(Path(folder) / "focalbot.sqlite3")
        directory = DirectoryRepository(database, MembersRepository(database))
        pulse = Pulse()
        beating = asyncio.create_task(pulse.beat())
        for label in ("into an empty network", "the same again"):
            pulse.longest, start = 0.0, time.perf_counter()
            changes = await come_in(directory, database, data)
            took = time.perf_counter() - start
            print(f"{label}: {changes} changes in {took:.2f} s, longest pause {pulse.longest * 1000:.0f} ms")
        start = time.perf_counter()
        size = len(await asyncio.to_thread(SHEET.file_of, all_values(await directory.read(1))))
        print(f"export: {size} bytes in {time.perf_counter() - start:.2f} s")
        beating.cancel()
        await database.close()


if __name__ == "__main__":
    asyncio.run(measure())
