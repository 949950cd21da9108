"""Copies that stay beside the database after an upgrade or a restore: until when, and what they forget before."""

import logging
import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from storage.erasures import Erasure, make_again, missed_by, remembered
from storage.errors import DatabaseTooNewError, MigrationError
from storage.files import UNFINISHED, destroy
from storage.migrate import migrate

_log: Final = logging.getLogger("storage")

_INSTANT: Final = "%Y%m%dT%H%M%SZ"


def copy_before_upgrade(path: Path, version: int) -> Path:
    """Return where the copy of a database at ``path`` is kept that was of schema ``version`` before its upgrade."""
    return path.with_name(f"{path.name}.schema-{version:04}")


def copies_before_upgrades(path: Path) -> list[Path]:
    """Return every copy that an upgrade of the database at ``path`` has kept."""
    return _beside(path, r"schema-\d{4}")


def replaced_by_restore(path: Path, at: datetime) -> Path:
    """Return where the database at ``path`` is kept that a restore replaced at that instant."""
    return path.with_name(f"{path.name}.replaced-{at:{_INSTANT}}")


def tidy(path: Path, made_before: datetime | None = None) -> None:
    """Let no copy beside the database at ``path`` keep what must not be kept; the caller holds the bot's lock.

    What was made before an instant is destroyed (None: nothing for its age). What was erased from the database since is
    erased from a replaced database too. The copy of an upgrade is of an older schema, where nothing can be erased: it
    is destroyed. So is what a killed process left unfinished. What cannot be done is logged, and done the next time.
    """
    erasures = remembered(path)
    try:
        for left in _beside(
            path, rf"(incoming|schema-\d{{4}}{re.escape(UNFINISHED)}|replaced-\w+{re.escape(UNFINISHED)})(-journal)?"
        ):
            destroy(left)
        for copy in copies_before_upgrades(path):
            made = datetime.fromtimestamp(copy.stat().st_mtime, UTC)
            if _is_older(made, made_before) or missed_by(copy, erasures):
                destroy(copy)
        for copy in _beside(path, r"replaced-\d{8}T\d{6}Z"):
            made = datetime.strptime(copy.name[-16:], _INSTANT).replace(tzinfo=UTC)
            if _is_older(made, made_before):
                for file in (copy, copy.with_name(f"{copy.name}-wal"), copy.with_name(f"{copy.name}-shm")):
                    destroy(file)
            elif missed_by(copy, erasures):
                _erase_where_readable(copy, erasures)
    except OSError as error:
        _log.warning("a copy kept beside the database could not be tidied: %s", error)


def _is_older(made: datetime, made_before: datetime | None) -> bool:
    return made_before is not None and made < made_before


def erase_from(copy: Path, erasures: list[Erasure]) -> None:
    """Bring a copy's schema up to date, and erase from it what these erasures have erased since it was made.

    Killed in between, the file may be damaged: its journal is in memory, because one on the disk would keep what is
    erased. Raises sqlite3.Error, MigrationError and DatabaseTooNewError.
    """
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = MEMORY").fetchall()
        migrate(connection)
        make_again(connection, erasures)


def _erase_where_readable(copy: Path, erasures: list[Erasure]) -> None:
    try:
        erase_from(copy, erasures)
    except (sqlite3.Error, MigrationError, DatabaseTooNewError) as error:
        # One too damaged to be read is kept for somebody who may still save something from it, until its time is over.
        _log.warning("%s still holds what was erased since: %s", copy.name, error)


def _beside(path: Path, suffix: str) -> list[Path]:
    named = re.compile(rf"{re.escape(path.name)}\.{suffix}")
    return sorted(file for file in path.parent.iterdir() if named.fullmatch(file.name))
