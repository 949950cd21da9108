"""What arrives together is written together, each as its account's own change."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.clock import Clock
from storage.database import Database, Transaction, UnauditedChangeError
from storage.write_batcher import AT_ONCE, WriteBatcher


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    yield database
    await database.close()


async def audited(database: Database) -> list[tuple[int, int]]:
    return [tuple(row) for row in await database.fetch("SELECT guild_id, account_id FROM audit ORDER BY guild_id")]


async def test_what_arrives_at_once_is_written_once_and_a_failure_takes_no_neighbour_with_it(
    database: Database,
) -> None:
    batcher = WriteBatcher(database, Clock().now)

    async def one(number: int) -> None:
        async def work(tx: Transaction) -> None:
            await tx.audit(number, "add", "network", number)
            if number == 13:
                raise LookupError(number)

        await batcher.write(1000 + number, work)

    many = 2 * AT_ONCE + 50
    results = await asyncio.gather(*(one(number) for number in range(many)), return_exceptions=True)
    assert [type(r) for r in results if r is not None] == [LookupError]
    assert await audited(database) == [(n, 1000 + n) for n in range(many) if n != 13]
    with pytest.raises(LookupError):
        await one(13)


async def test_a_batch_is_one_commit_and_every_work_sees_those_before_it(database: Database) -> None:
    batcher, seen = WriteBatcher(database, Clock().now), []
    commits = database._held.commits

    async def work(tx: Transaction) -> None:
        await tx.audit(1, "add", "network", 1)
        seen.append(len(await tx.fetch("SELECT 1 FROM audit")))

    await asyncio.gather(*(batcher.write(7, work) for _ in range(5)))
    assert seen == [1, 2, 3, 4, 5]
    assert database._held.commits == commits + 1


async def test_a_work_that_does_not_say_what_it_changed_is_undone_alone(database: Database) -> None:
    batcher = WriteBatcher(database, Clock().now)

    async def silent(tx: Transaction) -> None:
        await tx.execute("INSERT INTO network (guild_id) VALUES (1)")

    async def honest(tx: Transaction) -> None:
        await tx.audit(2, "add", "network", 2)

    done = await asyncio.gather(batcher.write(7, silent), batcher.write(8, honest), return_exceptions=True)
    assert [type(one) for one in done] == [UnauditedChangeError, type(None)]
    assert await database.fetch("SELECT 1 FROM network") == []
    assert await audited(database) == [(2, 8)]


async def test_a_work_that_waits_for_something_else_is_refused_and_undone(database: Database) -> None:
    batcher = WriteBatcher(database, Clock().now)

    async def work(tx: Transaction) -> None:
        await tx.audit(1, "add", "network", 1)
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="waits for nothing"):
        await batcher.write(7, work)
    assert await audited(database) == []


async def test_what_waits_for_the_commit_is_called_only_for_what_is_on_disk(database: Database) -> None:
    batcher, called = WriteBatcher(database, Clock().now), []

    async def work(tx: Transaction, number: int) -> None:
        tx.once_committed(lambda: called.append(number))
        if number:
            raise LookupError

    await asyncio.gather(*(batcher.write(7, lambda tx, n=n: work(tx, n)) for n in (0, 1)), return_exceptions=True)
    assert called == [0]
