"""Brings a database in use up to date, keeping a copy of what it was."""

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.backups.copies import back_up
from storage.backups.kept_copies import copies_before_upgrades, copy_before_upgrade
from storage.errors import DatabaseDamagedError
from storage.files import destroy
from storage.migrate import migrate, newest_version, version_of


def upgrade(path: Path) -> None:
    """Make the database when absent, else bring its schema up to date.

    A file that has to change is first copied beside itself, as ``focalbot backup`` would: that copy replaces the one
    kept at the last upgrade. Raises DatabaseDamagedError, also where nothing has to change: going on with a
    damaged file loses more. Raises DatabaseTooNewError, DatabaseUnusableError when no copy can be made, MigrationError
    and sqlite3.Error; the file is then as it was.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        found = version_of(connection)
        ((said,),) = connection.execute("PRAGMA quick_check(1)").fetchall()
        if said != "ok":
            raise DatabaseDamagedError(" ".join(str(said).split()))
        if 0 < found < newest_version():
            _keep_copy(path, found)
        migrate(connection)
        connection.execute("PRAGMA journal_mode = WAL").fetchall()


def _keep_copy(path: Path, version: int) -> None:
    kept = copy_before_upgrade(path, version)
    # One of an upgrade that failed may be older than what the database holds by now.
    destroy(kept)
    back_up(path, kept)
    for older in copies_before_upgrades(path):
        if older != kept:
            destroy(older)
