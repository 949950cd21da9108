"""What an upgrade or a restore has kept beside the database forgets with it, and goes in time."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from storage.backups.copies import back_up, restore
from storage.backups.kept_copies import copy_before_upgrade, replaced_by_restore, tidy
from storage.database import Database
from storage.erasures import make_again, new_erasure, remember, remembered
from storage.migrate import newest_version
from storage.privacy import PrivacyRepository
from storage.upgrade import upgrade
from tests.full_disk import damage
from tests.storage.filling import fill
from tests.world import World

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
DAY = timedelta(days=1)
NETWORK = 1


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "db"
    upgrade(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        fill(connection)
        connection.execute("UPDATE person SET name = 'Wilhelmina Oyelaran-Quist'")
    return path


def person(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT id FROM person WHERE guild_id = ?", (NETWORK,)).fetchone()[0]


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM person ORDER BY guild_id")]


def kept(path: Path, made: datetime = NOW) -> Path:
    """Keep a copy as the upgrade of an earlier schema does."""
    copy = copy_before_upgrade(path, newest_version() - 1)
    back_up(path, copy)
    os.utime(copy, (made.timestamp(), made.timestamp()))
    return copy


def erased(path: Path) -> None:
    erasure = new_erasure(NETWORK, person(path), None, date(2026, 11, 24))
    remember(path, erasure)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        make_again(connection, [erasure])


@pytest.mark.parametrize(("made_before", "stays"), [(None, True), (NOW, True), (NOW + DAY, False)])
def test_the_copy_of_an_upgrade_goes_after_its_time(path: Path, made_before: datetime | None, stays: bool) -> None:
    copy = kept(path)
    tidy(path, made_before)
    assert copy.exists() is stays


@pytest.mark.parametrize(("days", "stays"), [(29, True), (32, False)])
async def test_the_bot_keeps_copies_for_thirty_days(world: World, days: int, stays: bool) -> None:
    with world.env.time_context():
        now = world.bot.services.clock.now()
    copy = kept(world.settings.database_path, now)
    await world.travel(days * DAY)
    assert copy.exists() is stays


def test_the_copy_of_an_upgrade_goes_when_somebody_is_erased(path: Path) -> None:
    copy = kept(path)
    erased(path)
    tidy(path)
    assert not copy.exists()


def test_a_copy_that_has_been_through_all_erasures_stays(path: Path) -> None:
    erased(path)
    copy = kept(path)
    tidy(path)
    assert copy.exists()


async def test_an_erasure_by_the_bot_takes_the_copy_with_it(path: Path) -> None:
    copy = kept(path)
    database = await Database.open(path)
    async with database.transaction(NOW) as tx:
        await PrivacyRepository(database).erase(tx, NETWORK, person(path), None, date(2026, 11, 24))
    await database.close()
    assert not copy.exists()


def test_a_replaced_database_forgets_whoever_is_erased_later(path: Path) -> None:
    backup = path.with_name("backup")
    back_up(path, backup)
    replaced = restore(backup, path, NOW)
    assert replaced is not None
    assert replaced == replaced_by_restore(path, NOW)
    erased(path)
    tidy(path)
    assert [name != "" for name in names(replaced)] == [False, True], "one network's, and nobody else"
    tidy(path, NOW)
    assert replaced.exists()
    tidy(path, NOW + DAY)
    assert not replaced.exists()


def test_a_replaced_database_that_is_damaged_is_kept_for_its_time(path: Path) -> None:
    backup = path.with_name("backup")
    back_up(path, backup)
    damage(path)
    damaged = path.read_bytes()
    replaced = restore(backup, path, NOW)
    assert replaced is not None
    erased(path)
    tidy(path)
    assert replaced.read_bytes() == damaged
    tidy(path, NOW + DAY)
    assert not replaced.exists()


@pytest.mark.parametrize(
    "left",
    ["db.incoming", "db.incoming-journal", "db.schema-0012.unfinished", "db.replaced-20261122T000000Z.unfinished"],
)
def test_what_a_killed_process_left_unfinished_goes(path: Path, left: str) -> None:
    (path.parent / left).write_bytes(b"half a copy")
    other = path.parent / "db.monday.unfinished"
    other.touch()
    tidy(path)
    assert not (path.parent / left).exists()
    assert other.exists(), "a backup that is being written just now"


def test_what_is_destroyed_cannot_be_read_under_another_name(path: Path) -> None:
    """An open handle still reads what a file held when it was removed, as one who reads the bare disk does."""
    copy = kept(path)
    with copy.open("rb") as open_file:
        tidy(path, NOW + DAY)
        assert set(open_file.read()) == {0}


def test_a_file_with_two_names_is_not_overwritten(path: Path) -> None:
    before = path.read_bytes()
    os.link(path, copy_before_upgrade(path, 3))
    tidy(path, datetime.now(UTC) + DAY)
    assert not copy_before_upgrade(path, 3).exists()
    assert path.read_bytes() == before


def test_half_an_erasure_left_by_a_killed_process_spoils_no_other(path: Path) -> None:
    first, second = (new_erasure(NETWORK, number, None, date(2026, 11, 24)) for number in (1, 2))
    remember(path, first)
    file = path.with_name("db.erasures")
    with file.open("ab") as half:
        half.write(b'{"key": "half an')
    remember(path, second)
    assert remembered(path) == [first, second]
