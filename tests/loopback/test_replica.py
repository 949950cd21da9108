"""A second machine takes over from what Litestream, the real program, has replicated."""

# ruff: noqa: ASYNC110 - what is waited for happens in other processes

import asyncio
import contextlib
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import checkpoints
from storage.database import Database
from tests.loopback.process import BotProcess
from tests.loopback.server import LoopbackDiscord
from tests.patience import ELSEWHERE

LITESTREAM = Path(sys.executable).with_name("litestream")
SILENT = asyncio.subprocess.DEVNULL
ERASED = "Quist, of whom nothing stays"
CONFIGURATION = """
snapshot: {{interval: 6h, retention: 24h}}
dbs:
  - path: {database}
    replica: {{type: file, path: {replica}, sync-interval: 100ms}}
"""


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as server:
        yield server


@contextlib.asynccontextmanager
async def replicating(database: Path, replica: Path) -> AsyncIterator[None]:
    configuration = replica.with_name("litestream.yml")
    configuration.write_text(CONFIGURATION.format(database=database, replica=replica))
    program = await asyncio.create_subprocess_exec(
        LITESTREAM,
        "replicate",
        "-config",
        configuration,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        program.kill()
        await program.wait()


async def restored(database: Path, replica: str, discord: LoopbackDiscord) -> BotProcess:
    restore = BotProcess(discord, database, "restore", "--replica", replica)
    async with restore:
        await restore.wait()
    assert "Traceback" not in restore.stderr
    return restore


async def test_a_second_machine_takes_over_from_the_replica(discord: LoopbackDiscord, tmp_path: Path) -> None:
    a, b, replica = (tmp_path / name for name in ("a", "b", "replica"))
    a.mkdir()
    database = a / "focalbot.sqlite3"
    async with BotProcess(discord, database) as bot:
        await bot.ready()
        async with replicating(database, replica):
            with closing(sqlite3.connect(database)) as connection, connection:
                connection.execute("CREATE TABLE written_last (x)")
            await _reaches(tmp_path, replica, "written_last")
            doctor = BotProcess(discord, database, "doctor")
            async with doctor:
                assert await doctor.wait() == 0, doctor.stdout
            await bot.kill()
    shutil.rmtree(a)
    moved = b / "focalbot.sqlite3"
    b.mkdir()
    done = await restored(moved, f"file://{replica}", discord)
    assert done.exit_code == 0, done.stderr
    assert [path.name for path in b.iterdir() if path.name.endswith("from-replica")] == []
    with closing(sqlite3.connect(moved)) as connection:
        assert connection.execute("SELECT take_over_owed FROM database_file").fetchone() == (1,)
        assert connection.execute("SELECT count(*) FROM written_last").fetchone() == (0,)
    async with BotProcess(discord, moved) as bot:
        await bot.ready()
        assert await bot.stop() == 0
    with closing(sqlite3.connect(moved)) as connection:
        assert connection.execute("SELECT generation FROM database_file").fetchone() == (1,)


async def _tables(folder: Path, replica: Path) -> set[str]:
    target = folder / "looked-at"
    target.unlink(missing_ok=True)
    looking = await asyncio.create_subprocess_exec(
        LITESTREAM,
        "restore",
        "-o",
        target,
        f"file://{replica}",
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    if await looking.wait():
        return set()
    with closing(sqlite3.connect(target)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


async def test_a_replica_that_is_not_there_changes_nothing(discord: LoopbackDiscord, tmp_path: Path) -> None:
    done = await restored(tmp_path / "focalbot.sqlite3", f"file://{tmp_path}/nothing", discord)
    assert done.exit_code == 1
    assert "nothing was changed" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "focalbot.sqlite3").exists()


async def test_what_was_erased_stays_in_the_log_while_litestream_runs_and_goes_once_it_is_stopped(
    discord: LoopbackDiscord, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpoints, "LONGEST_DELAY", 2.0)
    place, replica = tmp_path / "a" / "focalbot.sqlite3", tmp_path / "replica"
    place.parent.mkdir()
    log = place.with_name(f"{place.name}-wal")
    database = await Database.open(place)
    try:
        await _write(database, "CREATE TABLE box (x TEXT)")
        async with replicating(place, replica):
            await _reaches(tmp_path, replica, "box")
            await _write(database, f"INSERT INTO box VALUES ('{ERASED}')")
            await _write(database, "DELETE FROM box", "CREATE TABLE without (x)")
            await _reaches(tmp_path, replica, "without")
            assert ERASED.encode() in log.read_bytes()
            assert database.is_replicated
            doctor = BotProcess(discord, place, "doctor")
            async with doctor:
                assert await doctor.wait() == 0, doctor.stdout
            assert "until Litestream is stopped" in doctor.stdout
        async with asyncio.timeout(ELSEWHERE):
            while log.stat().st_size:
                await asyncio.sleep(0.1)
        assert ERASED.encode() not in place.read_bytes()
        await _write(database, "CREATE TABLE afterwards (x)")
        async with replicating(place, replica):
            # It notices that the log began anew, and goes on.
            await _reaches(tmp_path, replica, "afterwards")
        assert ERASED.encode() not in (tmp_path / "looked-at").read_bytes()
    finally:
        await database.close()


async def _write(database: Database, *statements: str) -> None:
    async with database.transaction(datetime.now(UTC)) as tx:
        for statement in statements:
            await tx.execute(statement)
        tx.erase_from_log()


async def _reaches(folder: Path, replica: Path, table: str) -> None:
    async with asyncio.timeout(ELSEWHERE):
        while table not in await _tables(folder, replica):
            await asyncio.sleep(0.2)
