"""A delegation that withdraws from a statement leaves nothing behind, and cannot once the text is delivered."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.database import Database
from storage.members.members import MembersRepository
from storage.statements.statements import StatementsRepository

NETWORK = 7
NOW = datetime(2027, 3, 9, 12, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    yield database
    await database.close()


async def joined(database: Database) -> tuple[StatementsRepository, int, int]:
    """Return an open statement and the delegation that has joined it."""
    statements, values = StatementsRepository(database), dict[str, Any]()
    values |= {"title": "Joint statement", "audience": "all", "timezone": "UTC", "closes_at": NOW + timedelta(days=9)}
    async with database.transaction(NOW) as tx:
        delegation = await MembersRepository(database).add_delegation(tx, NETWORK, "GH", "state")
        number = await statements.add(tx, NETWORK, values)
        await statements.step(tx, NETWORK, number, "draft", "final")
        await statements.step(tx, NETWORK, number, "final", "open")
        statement = await statements.get(NETWORK, number, tx)
        assert statement is not None
        # The files of its text are not at stake here.
        assert await statements.join(tx, NETWORK, replace(statement, version=1), delegation)
    return statements, number, delegation


async def test_who_withdraws_leaves_the_log_of_the_file_at_once(database: Database) -> None:
    statements, number, delegation = await joined(database)
    log = database.path.with_name(f"{database.path.name}-wal")
    assert log.stat().st_size > 0
    async with database.transaction(NOW) as tx:
        assert await statements.withdraw(tx, NETWORK, number, delegation)
    assert log.stat().st_size == 0
    assert await statements.joinings(NETWORK, number) == []


@pytest.mark.parametrize(("states", "may"), [((), True), (("closed",), True), (("closed", "delivered"), False)])
async def test_nobody_withdraws_from_what_is_delivered(database: Database, states: tuple[Any, ...], may: bool) -> None:
    statements, number, delegation = await joined(database)
    async with database.transaction(NOW) as tx:
        for before, after in zip(("open", *states), states, strict=False):
            assert await statements.step(tx, NETWORK, number, before, after)
    async with database.transaction(NOW) as tx:
        assert await statements.withdraw(tx, NETWORK, number, delegation) is may
    assert len(await statements.joinings(NETWORK, number)) == (not may)
