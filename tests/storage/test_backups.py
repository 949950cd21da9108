"""Backups are made by themselves, checked, kept for their time, and forget the people who are erased."""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.backups import OVERDUE
from bot.doctor.backups import examine_backups
from bot.retention import BACKUPS
from storage.backups.copies import back_up, examine, restore
from storage.backups.failures import Failure, last_failure, note_failure
from storage.backups.folder import BackupFolder
from storage.backups.rotation import outdated
from storage.erasures import Erasure, file_beside, make_again, new_erasure, remember, remembered
from storage.errors import DatabaseDamagedError, DatabaseUnusableError, DiskFullError
from storage.migrate import Migration, migrations
from storage.upgrade import upgrade
from tests.full_disk import damage, full_disk
from tests.storage.filling import fill

NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
DAY = timedelta(days=1)
NETWORK = 1
NAME = "Wilhelmina Oyelaran-Quist"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "db" / "focalbot.sqlite3"
    path.parent.mkdir()
    upgrade(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        fill(connection)
        connection.execute("UPDATE person SET name = ?", (NAME,))
    return path


@pytest.fixture
def folder(tmp_path: Path, database: Path) -> BackupFolder:
    (tmp_path / "backups").mkdir()
    return BackupFolder(tmp_path / "backups", database, BACKUPS)


def erase(database: Path) -> Erasure:
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        (person,) = connection.execute("SELECT id FROM person WHERE guild_id = ?", (NETWORK,)).fetchone()
        erasure = new_erasure(NETWORK, person, None, date(2026, 11, 24))
        remember(database, erasure)
        make_again(connection, [erasure])
    return erasure


def names(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [row[0] for row in connection.execute("SELECT name FROM person ORDER BY guild_id")]


def test_after_years_of_nights_seven_days_four_weeks_and_twelve_months_are_left() -> None:
    kept: set[datetime] = set()
    for night in range(3 * 366):
        kept.add(NOW + night * DAY)
        kept -= outdated(kept, BACKUPS)
    last = max(kept)
    ages = sorted((last - at).days for at in kept)
    assert ages[:7] == list(range(7)), "each of the last seven days"
    weeks = {(last - age * DAY).isocalendar()[:2] for age in ages}
    assert {(last - 7 * back * DAY).isocalendar()[:2] for back in range(4)} <= weeks, "each of the last four weeks"
    months = {(at.year, at.month) for at in kept}
    assert len(months) == 12
    assert len(kept) == len(set(range(7)) | {age for age in ages if age >= 7}) <= 7 + 3 + 11


def test_days_without_a_backup_do_not_count() -> None:
    weekly = {NOW + 7 * week * DAY for week in range(7)}
    assert outdated(weekly, BACKUPS) == set()


def test_of_one_day_the_last_stays() -> None:
    made = {NOW + timedelta(hours=hour) for hour in range(5)}
    assert outdated(made, BACKUPS) == made - {max(made)}


def test_what_is_made_is_one_whole_file_of_this_schema(folder: BackupFolder) -> None:
    made = folder.make(NOW)
    condition = examine(made)
    assert (condition.version, condition.problems) == (condition.known, ())
    assert [path.name for path in folder.folder.iterdir()] == [made.name]
    assert [(backup.path, backup.made_at) for backup in folder.backups()] == [(made, NOW)]


def test_backups_go_on_when_the_files_of_a_newer_version_are_there_before_the_restart(
    folder: BackupFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_newer = [*migrations(), Migration(9001, "9001_newer", "SELECT 1", is_python=False)]
    monkeypatch.setattr("storage.migrate.migrations", lambda: with_newer)
    assert examine(folder.make(NOW)).version == with_newer[-2].version


def test_what_is_outdated_is_removed_and_nothing_else_in_the_folder(folder: BackupFolder) -> None:
    strangers = [folder.folder / name for name in ("notes.txt", "other-20200101T030000Z.sqlite3")]
    for stranger in strangers:
        stranger.write_text("not ours")
    for night in range(30):
        folder.make(NOW + night * DAY)
    assert len(folder.backups()) == len({NOW + n * DAY for n in range(30)} - outdated_of(30))
    assert all(stranger.exists() for stranger in strangers)


def outdated_of(nights: int) -> set[datetime]:
    return outdated({NOW + night * DAY for night in range(nights)}, BACKUPS)


def test_a_damaged_database_costs_no_earlier_backup(folder: BackupFolder, database: Path) -> None:
    for night in range(9):
        folder.make(NOW + night * DAY)
    before = folder.backups()
    damage(database)
    with pytest.raises(DatabaseDamagedError):
        folder.make(NOW + 9 * DAY)
    assert folder.backups() == before
    assert len(list(folder.folder.iterdir())) == len(before)


def test_a_full_disk_leaves_no_part_of_a_backup(folder: BackupFolder, database: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE large AS SELECT randomblob(300000) AS x")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with full_disk(), pytest.raises(DiskFullError):
        folder.make(NOW)
    assert list(folder.folder.iterdir()) == []


def test_a_folder_that_is_not_there_is_not_made(database: Path, tmp_path: Path) -> None:
    folder = BackupFolder(tmp_path / "bakcups", database, BACKUPS)
    with pytest.raises(DatabaseUnusableError):
        folder.make(NOW)
    folder.forget()
    assert not folder.folder.exists()


def test_whoever_is_erased_is_erased_from_every_backup(folder: BackupFolder, database: Path) -> None:
    backups = [folder.make(NOW + night * DAY) for night in range(3)]
    assert all(NAME.encode() in backup.read_bytes() for backup in backups)
    erase(database)
    folder.forget()
    assert [backup.path for backup in folder.backups()] == backups[::-1]
    for backup in backups:
        assert names(backup) == ["", NAME], "one network's, and nobody else"
        assert examine(backup).problems == ()
    assert len(list(folder.folder.iterdir())) == len(backups) + len({"the erasures"})


def test_a_backup_of_an_older_schema_forgets_too(folder: BackupFolder, database: Path) -> None:
    older = migrations()[-2].version
    path = folder.folder / f"focalbot-{NOW:%Y%m%dT%H%M%SZ}.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for step in migrations():
            if step.version <= older:
                step.apply(connection)
        connection.execute(f"PRAGMA user_version = {older}")
        fill(connection)
        connection.execute("UPDATE person SET name = ?", (NAME,))
    erase(database)
    folder.forget()
    assert names(path) == ["", NAME]


def test_a_damaged_backup_in_which_nothing_can_be_erased_is_destroyed(folder: BackupFolder, database: Path) -> None:
    backup = folder.make(NOW)
    damage(backup)
    with backup.open("rb") as open_file:
        erase(database)
        folder.forget()
        assert not backup.exists()
        assert set(open_file.read()) == {0}


@pytest.mark.parametrize("moment", [".forgetting", ".before", ".unchecked", ".unchecked.unfinished"])
def test_what_a_killed_process_left_half_done_is_cleared_away(folder: BackupFolder, moment: str) -> None:
    backup = folder.make(NOW)
    whole = backup.read_bytes()
    if moment == ".before":
        backup.rename(f"{backup}{moment}")
    else:
        backup.with_name(f"{backup.name}{moment}").write_bytes(b"half")
    folder.forget()
    assert [path.name for path in folder.folder.iterdir()] == [backup.name]
    assert backup.read_bytes() == whole


def test_an_older_state_left_by_a_killed_process_is_destroyed(folder: BackupFolder) -> None:
    backup = folder.make(NOW)
    before = backup.with_name(f"{backup.name}.before")
    before.write_text(NAME)
    with before.open("rb") as open_file:
        folder.forget()
        assert set(open_file.read()) == {0}
    assert backup.exists()


def test_the_erasures_travel_with_the_backups(folder: BackupFolder, database: Path, tmp_path: Path) -> None:
    """On a new machine there is a folder of backups and nothing else."""
    elsewhere = tmp_path / "elsewhere"
    made = folder.make(NOW)
    back_up(made, elsewhere)
    erasure = erase(database)
    folder.make(NOW + DAY)
    os.replace(elsewhere, folder.folder / "from elsewhere")  # noqa: PTH105 - one word
    new = tmp_path / "new machine" / "focalbot.sqlite3"
    new.parent.mkdir()
    restore(folder.folder / "from elsewhere", new, NOW)
    assert names(new) == ["", NAME]
    assert remembered(new) == [erasure]
    restore(folder.folder / "from elsewhere", new, NOW + DAY)
    assert remembered(new) == [erasure], "remembered once"


def test_doctor_says_how_the_backups_are(folder: BackupFolder, database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = NOW
    monkeypatch.setattr("discord.utils.utcnow", lambda: now)

    def found(where: Path | None = folder.folder) -> tuple[bool, str]:
        (finding,) = examine_backups(where, database)
        return finding.well, finding.what

    assert found(None)[0]
    assert "BACKUP_FOLDER" in found(None)[1]
    assert found(folder.folder / "absent")[0] is False
    assert found()[0]
    made = folder.make(NOW)
    assert found()[0]
    now = NOW + OVERDUE + timedelta(hours=1)
    assert found() == (False, f"backups: the last one in {folder.folder} is 37 hours old: is the bot running?")
    now = NOW
    note_failure(database, Failure.NO_ROOM)
    assert found()[0] is False
    assert "no room" in found()[1]
    assert last_failure(database) is Failure.NO_ROOM
    database.with_name(f"{database.name}.backup-failed").unlink()
    damage(made)
    assert found()[0] is False
    assert file_beside(database).name not in os.listdir(folder.folder)  # noqa: PTH208 - names are compared
