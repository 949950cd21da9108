"""The write-ahead log is emptied without holding anybody up, and in the end also while others read."""

import asyncio
import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.doctor import installation
from storage import checkpoints
from storage.checkpoints import is_overdue
from storage.database import Database
from tests.patience import ELSEWHERE

NOW = datetime(2026, 11, 22, tzinfo=UTC)
SECRET = "a link from a voter to a ballot"


@pytest.fixture
async def database(tmp_path: Path) -> AsyncGenerator[Database]:
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    async with database.transaction(NOW) as tx:
        await tx.execute("CREATE TABLE box (link TEXT)")
        await tx.execute("INSERT INTO box VALUES (?)", (SECRET,))
    yield database
    await database.close()


def log_of(database: Database) -> bytes:
    return database.path.with_name(f"{database.path.name}-wal").read_bytes()


async def erase(database: Database) -> None:
    async with database.transaction(NOW) as tx:
        await tx.execute("DELETE FROM box")


async def test_what_was_erased_leaves_the_log_at_once(database: Database) -> None:
    assert SECRET.encode() in log_of(database)
    await erase(database)
    await database.checkpoint()
    assert log_of(database) == b""
    assert not is_overdue(database.path)


async def test_a_reader_holds_up_neither_the_caller_nor_a_writer_and_the_log_is_emptied_after_it(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "FIRST_DELAY", 0.02)
    with closing(sqlite3.connect(database.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM box").fetchall()
        await erase(database)
        async with asyncio.timeout(ELSEWHERE):
            await database.checkpoint()
            async with database.transaction(NOW) as tx:
                await tx.execute("INSERT INTO box VALUES ('next')")
        assert SECRET.encode() in log_of(database)
        assert is_overdue(database.path)
    [trying] = [task for task in asyncio.all_tasks() if task.get_name() == "checkpoint"]
    async with asyncio.timeout(ELSEWHERE):
        await trying
    assert not is_overdue(database.path)
    assert SECRET.encode() not in log_of(database)
    assert SECRET.encode() not in database.path.read_bytes()


def test_an_attempt_waits_for_no_lock(database: Database) -> None:
    with closing(checkpoints._connected(database.path)) as connection:
        assert connection.execute("PRAGMA busy_timeout").fetchone() == (0,)


async def test_the_writer_is_not_needed(database: Database) -> None:
    await erase(database)
    async with database.transaction(NOW):
        async with asyncio.timeout(ELSEWHERE):
            await database.checkpoint()


async def test_doctor_says_when_one_has_not_succeeded(database: Database) -> None:
    assert installation._log_of(database.path) == []
    with closing(sqlite3.connect(database.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM box").fetchall()
        await erase(database)
        await database.checkpoint()
        [finding] = installation._log_of(database.path)
        assert not finding.well
        assert "-wal" in finding.what
    await database.checkpoint()
    assert installation._log_of(database.path) == []


async def test_closing_the_file_is_a_checkpoint_and_removes_the_mark(database: Database) -> None:
    with closing(sqlite3.connect(database.path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM box").fetchall()
        await erase(database)
        await database.checkpoint()
    await database.close()
    assert [path.name for path in database.path.parent.iterdir()] == [database.path.name]
    assert SECRET.encode() not in database.path.read_bytes()


async def test_what_waits_for_the_commit_is_called_after_it_and_not_without(database: Database) -> None:
    called: list[str] = []

    async def fail() -> None:
        async with database.transaction(NOW) as tx:
            tx.once_committed(lambda: called.append("rolled back"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.transaction(NOW) as tx:
        tx.once_committed(lambda: called.append("committed"))
        assert called == []
    assert called == ["committed"]
