import asyncio
from pathlib import Path

import pytest

from bot.clock import Clock
from storage.database import Database, Transaction
from storage.write_batcher import WriteBatcher


async def test_what_arrives_at_once_is_written_once_and_a_failure_takes_no_neighbour_with_it(tmp_path: Path) -> None:
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    try:
        batcher = WriteBatcher(database, Clock().now)

        async def one(number: int) -> None:
            async def work(tx: Transaction) -> None:
                await tx.audit(number, "add", "network", number)
                if number == 13:
                    raise LookupError(number)

            await batcher.write(1000 + number, work)

        results = await asyncio.gather(*(one(number) for number in range(50)), return_exceptions=True)
        assert [type(r) for r in results if r is not None] == [LookupError]
        rows = await database.fetch("SELECT guild_id, account_id FROM audit ORDER BY guild_id")
        assert [tuple(row) for row in rows] == [(n, 1000 + n) for n in range(50) if n != 13]
        with pytest.raises(LookupError):
            await one(13)
    finally:
        await database.close()
