"""Brings a database in use up to date, keeping a copy of what it was."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from storage.copies import back_up
from storage.migrate import migrate, newest_version, version_of

_KEPT: Final = "schema"


def copy_before_upgrade(path: Path, version: int) -> Path:
    """Return where the copy of a database at ``path`` is kept that was of schema ``version`` before its upgrade."""
    return path.with_name(f"{path.name}.{_KEPT}-{version:04}")


def upgrade(path: Path) -> None:
    """Make the database when absent, else bring its schema up to date.

    A file that has to change is first copied beside itself, as ``focalbot backup`` would: that copy replaces the one
    kept at the last upgrade. Raises DatabaseTooNewError, DatabaseUnusableError when no copy can be made, MigrationError
    and sqlite3.Error; the file is then as it was.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        found = version_of(connection)
        if 0 < found < newest_version():
            _keep_copy(path, found)
        migrate(connection)
        connection.execute("PRAGMA journal_mode = WAL").fetchall()


def _keep_copy(path: Path, version: int) -> None:
    kept = copy_before_upgrade(path, version)
    # One of an upgrade that failed may be older than what the database holds by now.
    kept.unlink(missing_ok=True)
    back_up(path, kept)
    # What is erased from the database since is erased from no copy: no more of them are kept than needed.
    for older in path.parent.glob(f"{path.name}.{_KEPT}-[0-9][0-9][0-9][0-9]"):
        if older != kept:
            older.unlink()
