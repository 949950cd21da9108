"""What is held of the file in memory is what was last committed, never older, never what was rolled back."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.database import Database, Transaction
from storage.held_rows import MOST

NOW = datetime(2027, 3, 12, 12, tzinfo=UTC)
ASKED = "SELECT guild_id FROM network ORDER BY guild_id"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    yield database
    await database.close()


async def held(database: Database) -> list[int]:
    return [row[0] for row in await database.fetch_held(ASKED)]


async def add(tx: Transaction, number: int) -> None:
    tx.unaudited_by_design()
    await tx.execute("INSERT INTO network (guild_id) VALUES (?)", (number,))


async def test_what_was_committed_shows_at_once_and_what_was_not_never(database: Database) -> None:
    assert await held(database) == []
    async with database.transaction(NOW) as tx:
        await add(tx, 1)
        assert await held(database) == []
    assert await held(database) == [1]

    async def fail() -> None:
        async with database.transaction(NOW) as tx:
            await add(tx, 2)
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    assert await held(database) == [1]
    await database.write_together(NOW, [(7, lambda tx: add(tx, 3))])
    assert await held(database) == [1, 3]


async def test_nothing_is_read_a_second_time_until_something_is_committed(database: Database) -> None:
    first = await database.fetch_held(ASKED)
    assert await database.fetch_held(ASKED) is first
    async with database.transaction(NOW):
        pass
    assert await database.fetch_held(ASKED) is not first


async def test_what_was_being_read_during_a_commit_is_not_held(database: Database) -> None:
    commits = database._held.commits
    rows = await database.fetch(ASKED)
    async with database.transaction(NOW) as tx:
        await add(tx, 1)
    database._held.keep((ASKED, ()), rows, commits)
    assert await held(database) == [1]


async def test_a_commit_that_was_broken_off_counts_as_one(database: Database) -> None:
    await held(database)
    commits = database._held.commits

    written = asyncio.Event()

    async def write() -> None:
        async with database.transaction(NOW) as tx:
            await add(tx, 1)
            written.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(write())
    await written.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert database._held.commits > commits
    assert await held(database) == []


async def test_no_more_is_held_than_there_is_room_for(database: Database) -> None:
    for number in range(MOST + 5):
        await database.fetch_held("SELECT guild_id FROM network WHERE guild_id = ?", (number,))
    assert len(database._held._held) == MOST
