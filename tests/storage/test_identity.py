"""A copy of the database is known as one, whatever program made it and wherever it was put."""

# ruff: noqa: ASYNC240 - a few small files

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.backups.copies import back_up, restore
from storage.migrate import migrations
from storage.takeover import identity
from storage.takeover.identity import file_beside, is_copy, open_database

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class KilledError(Exception):
    pass


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "focalbot.sqlite3"


async def run(path: Path, at: datetime, minutes: int = 0) -> None:
    database, mine = await open_database(path, at)
    for minute in range(1, minutes + 1):
        await mine.beat(at + minute * MINUTE, None)
    await database.close()


def is_owed(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return bool(connection.execute("SELECT take_over_owed FROM database_file").fetchone()[0])


def by_cp(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)


def by_rsync(source: Path, target: Path) -> None:
    shutil.copy2(source, target.with_name("new"))
    target.with_name("new").replace(target)


def by_restore(source: Path, target: Path) -> None:
    restore(source, target, NOW)


async def test_what_ran_here_is_no_copy(path: Path) -> None:
    assert not is_copy(path), "not there yet"
    for start in range(3):
        await run(path, NOW + start * MINUTE, minutes=2)
        assert not is_copy(path)
        assert not is_owed(path)


@pytest.mark.parametrize("copied", [by_cp, by_rsync, by_restore])
@pytest.mark.parametrize("minutes", [0, 1])
async def test_an_earlier_state_is_a_copy(path: Path, copied: Callable[[Path, Path], None], minutes: int) -> None:
    """Of an earlier start, or of an earlier minute of the same one."""
    await run(path, NOW)
    back_up(path, path.with_name("earlier"))
    if minutes:
        database, mine = await open_database(path, NOW + MINUTE)
        path.with_name("earlier").unlink()
        back_up(path, path.with_name("earlier"))
        await mine.beat(NOW + 2 * MINUTE, None)
        await database.close()
    else:
        await run(path, NOW + MINUTE)
    copied(path.with_name("earlier"), path)
    assert is_copy(path)
    await run(path, NOW + 5 * MINUTE)
    assert is_owed(path)
    assert not is_copy(path), "it is what runs here now"


async def test_a_file_that_was_moved_to_another_place_alone_is_a_copy(path: Path) -> None:
    await run(path, NOW)
    path.rename(path.with_name("moved"))
    assert is_copy(path.with_name("moved"))


async def test_a_file_that_was_moved_with_all_that_is_beside_it_is_none(path: Path) -> None:
    await run(path, NOW)
    path.parent.joinpath("other").mkdir()
    for name in (path.name, file_beside(path).name):
        path.with_name(name).rename(path.parent / "other" / name)
    assert not is_copy(path.parent / "other" / path.name)


async def test_an_older_schema_has_no_mark_and_is_no_copy(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for step in migrations():
            if step.version < 20:
                step.apply(connection)
        connection.execute("PRAGMA user_version = 19")
    assert not is_copy(path)
    await run(path, NOW)
    assert not is_owed(path)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"inode": 1, "states": 7}'])
async def test_what_cannot_be_read_beside_it_says_nothing(path: Path, content: str) -> None:
    await run(path, NOW)
    file_beside(path).write_text(content)
    assert is_copy(path)


@pytest.mark.parametrize("step", ["before the commit", "after it"])
async def test_killed_between_the_two_files_it_is_known_again(
    path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await run(path, NOW)
    database, mine = await open_database(path, NOW + MINUTE)
    writes = 0

    def killed_at(database: Path, states: list[identity.State]) -> None:
        nonlocal writes
        writes += 1
        if writes == 2:
            raise KilledError
        written(database, states)
        if step == "before the commit":
            raise KilledError

    written = identity._write
    monkeypatch.setattr(identity, "_write", killed_at)
    with pytest.raises(KilledError):
        await mine.beat(NOW + 2 * MINUTE, None)
    await database.close()
    assert not is_copy(path)


async def test_a_copy_is_as_old_as_its_last_minute_and_gives_no_number_out_again(path: Path) -> None:
    await run(path, NOW, minutes=3)
    back_up(path, path.with_name("B"))
    for start in (10, 20):
        database, _ = await open_database(path.with_name("B"), NOW + start * MINUTE)
        row = await database.fetch_one("SELECT copied_at, take_over_owed FROM database_file")
        assert row is not None
        assert tuple(row) == (int((NOW + 3 * MINUTE).timestamp()), 1), "a take-over that was cut off changes nothing"
        (lowest,) = await database.fetch("SELECT min(seq) FROM sqlite_sequence")
        assert lowest[0] >= (NOW - datetime(2020, 1, 1, tzinfo=UTC)).total_seconds()
        await database.close()
        back_up(path.with_name("B"), path.with_name("C"))
        path.with_name("C").replace(path.with_name("B"))
