"""``focalbot doctor``, ``backup`` and ``restore`` as operators type them."""

# ruff: noqa: ASYNC240 - a few small files, read while no bot needs an answer

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.loopback.process import BotProcess
from tests.loopback.server import LoopbackDiscord


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as server:
        yield server


@pytest.fixture
async def database(discord: LoopbackDiscord, tmp_path: Path) -> Path:
    """A database that a bot has made and left."""
    path = tmp_path / "focalbot.sqlite3"
    async with BotProcess(discord, path) as bot:
        await bot.ready()
        assert await bot.stop() == 0
    return path


async def typed(
    discord: LoopbackDiscord, database: Path, *words: str, folder: Path | None = None, **changes: str | None
) -> BotProcess:
    """Run ``focalbot WORDS`` to its end."""
    bot = BotProcess(discord, database, *words, folder=folder, **changes)
    async with bot:
        await bot.wait()
    assert "Traceback" not in bot.stderr, bot.stderr
    return bot


def mark(path: Path, table: str) -> None:
    """Leave a trace in the database by which it is known again."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"CREATE TABLE {table} (x)")


def tables(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


async def test_doctor_finds_a_sound_installation_well(discord: LoopbackDiscord, database: Path) -> None:
    doctor = await typed(discord, database, "doctor")
    lines = doctor.stdout.splitlines()
    assert doctor.exit_code == 0
    assert len(lines) == 10
    assert all(line.startswith("OK ") for line in lines), lines
    assert discord.token not in doctor.stdout


async def test_doctor_sees_the_bot_running(discord: LoopbackDiscord, database: Path) -> None:
    async with BotProcess(discord, database) as bot:
        await bot.ready()
        doctor = await typed(discord, database, "doctor")
        assert "a bot is running" in doctor.stdout
        assert bot.exit_code is None


async def test_doctor_says_what_is_wrong(discord: LoopbackDiscord, database: Path) -> None:
    doctor = await typed(discord, database, "doctor", DISCORD_TOKEN="changeme")
    assert doctor.exit_code == 1
    assert "FAIL DISCORD_TOKEN is not a bot token" in doctor.stdout
    assert "changeme" not in doctor.stdout
    doctor = await typed(discord, database, "doctor", LOG_LEVEL="loud")
    assert doctor.exit_code == 1
    assert "LOG_LEVEL" in doctor.stdout


async def test_doctor_sees_a_damaged_database(discord: LoopbackDiscord, database: Path) -> None:
    content = bytearray(database.read_bytes())
    content[8192 : 8192 + 2048] = b"\xff" * 2048
    database.write_bytes(content)
    doctor = await typed(discord, database, "doctor")
    assert doctor.exit_code == 1
    assert "FAIL database" in doctor.stdout


async def test_doctor_changes_nothing(discord: LoopbackDiscord, tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    doctor = await typed(discord, tmp_path / "here" / "absent" / "focalbot.sqlite3", "doctor", folder=tmp_path)
    assert doctor.exit_code == 0
    assert list((tmp_path / "here").iterdir()) == []


async def test_a_backup_of_a_running_bot_is_restored(discord: LoopbackDiscord, database: Path) -> None:
    copy = database.parent / "copies" / "monday.sqlite3"
    copy.parent.mkdir()
    async with BotProcess(discord, database) as bot:
        await bot.ready()
        backup = await typed(discord, database, "backup", str(copy))
        assert backup.exit_code == 0, backup.stderr
        refused = await typed(discord, database, "restore", str(copy))
        assert refused.exit_code == 1
        assert "stop it first" in refused.stderr
        assert await bot.stop() == 0
    assert tables(copy) == tables(database)
    assert [path.name for path in copy.parent.iterdir()] == [copy.name]
    mark(database, "since_then")
    restored = await typed(discord, database, "restore", str(copy))
    assert restored.exit_code == 0, restored.stderr
    assert "since_then" not in tables(database)
    kept = [path for path in database.parent.iterdir() if ".replaced-" in path.name]
    assert len(kept) == 1
    assert kept[0].name in restored.stdout
    assert "since_then" in tables(kept[0])
    async with BotProcess(discord, database) as bot:
        await bot.ready()
        assert await bot.stop() == 0


async def test_a_killed_bots_last_words_are_kept_with_the_replaced_file(
    discord: LoopbackDiscord, database: Path
) -> None:
    copy = database.parent / "copy.sqlite3"
    assert (await typed(discord, database, "backup", str(copy))).exit_code == 0
    connection = sqlite3.connect(database)
    connection.execute("CREATE TABLE only_in_the_log (x)")
    assert database.with_name(f"{database.name}-wal").stat().st_size > 0
    restored = await typed(discord, database, "restore", str(copy))
    connection.close()
    assert restored.exit_code == 0, restored.stderr
    assert "only_in_the_log" not in tables(database)
    (kept,) = database.parent.glob("*.replaced-*Z")
    assert "only_in_the_log" in tables(kept)


async def test_what_is_no_backup_is_refused(discord: LoopbackDiscord, database: Path) -> None:
    folder = database.parent
    (folder / "letter").write_bytes(b"no database " * 1000)
    with closing(sqlite3.connect(folder / "other")) as connection:
        connection.execute("CREATE TABLE other (x)")
    with closing(sqlite3.connect(folder / "newer")) as connection:
        connection.execute("PRAGMA user_version = 9999")
    before = database.read_bytes()
    for name in ("letter", "other", "newer", "absent"):
        refused = await typed(discord, database, "restore", str(folder / name))
        assert refused.exit_code == 1
        assert "nothing was changed" in refused.stderr
        assert len(refused.stderr.splitlines()) == 1
    assert database.read_bytes() == before


async def test_a_backup_never_overwrites(discord: LoopbackDiscord, database: Path) -> None:
    taken = database.parent / "taken"
    taken.write_text("a report")
    refused = await typed(discord, database, "backup", str(taken))
    assert refused.exit_code == 1
    assert "exists already" in refused.stderr
    assert taken.read_text() == "a report"
    absent = await typed(discord, database.parent / "absent", "backup", str(database.parent / "copy"))
    assert absent.exit_code == 1
    assert not (database.parent / "copy").exists()
