"""Copies of the database file for operators: examined, taken while the bot runs, put back while it does not."""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from storage.backups.kept_copies import replaced_by_restore
from storage.backups.secrecy import leave_links_out
from storage.erasures import Erasure, bring_over, file_beside, make_again, read
from storage.errors import DatabaseUnusableError, DiskFullError, MigrationError, unusable
from storage.files import destroy, written_whole
from storage.migrate import migrate, newest_version, version_of

_IDS_BEGAN: Final = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Condition:
    """What a database file is like. ``version`` 0: not written by focalbot; ``known``: the newest we can read."""

    version: int
    known: int
    problems: tuple[str, ...]


def examine(path: Path) -> Condition:
    """Check the file without changing it.

    Raises DatabaseUnusableError when it cannot be read as a database at all.
    """
    try:
        with closing(_reading(path)) as connection:
            version = version_of(connection)
            found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.Error as error:
        raise unusable(error) from error
    found += [f"{table}: row {row} refers to no row of {parent}" for table, row, parent, _ in orphans]
    return Condition(version, newest_version(), tuple(found))


def back_up(path: Path, target: Path) -> None:
    """Copy the database, as last committed, to the new single file ``target``; a bot that runs goes on.

    Which secret ballot is whose stays out of the copy: after a restore the ballots of a poll that was open count,
    and cannot be changed. Raises FileExistsError when ``target`` exists, NotADirectoryError when its folder does not,
    DatabaseUnusableError when either cannot be read or written; then no file is left.
    """
    try:
        with (
            written_whole(target) as unfinished,
            closing(_reading(path)) as source,
            closing(sqlite3.connect(unfinished, isolation_level=None)) as copy,
        ):
            source.backup(copy)
            leave_links_out(copy)
            # One file that can be moved and opened anywhere: no write-ahead log beside it.
            copy.execute("PRAGMA journal_mode = DELETE")
    except (FileExistsError, NotADirectoryError):
        raise
    except (OSError, sqlite3.Error) as error:
        raise unusable(error) from error


def restore(backup: Path, path: Path, at: datetime) -> Path | None:
    """Put a copy of ``backup`` in the place of ``path`` and return where the replaced file is kept.

    None: there was no file before. ``at`` is now, which tells that kept file from earlier ones. The caller holds
    the bot's lock and has examined ``backup``. Neither file says which secret ballot is whose, unless the replaced
    one is too damaged to be copied. A person who was erased since the backup is erased from the copy too, also where
    only the erasures beside the backup know of it. Ids given out since then are not given out again: a message is known
    by what it is about. Killed in between, either the old file or the new one is at ``path``.
    Raises DatabaseUnusableError when a file cannot be read or written.
    """
    incoming = path.with_name(f"{path.name}.incoming")
    kept = replaced_by_restore(path, at) if path.exists() else None
    try:
        destroy(incoming)
        back_up(backup, incoming)
        _erase_again(incoming, bring_over(path, read(backup.parent / file_beside(path).name)))
        mark_copied(incoming, at)
        if kept is not None:
            _set_aside(path, kept)
        incoming.replace(path)
    except (DatabaseUnusableError, OSError) as error:
        destroy(incoming)
        raise unusable(error) from error
    return kept


def _set_aside(path: Path, kept: Path) -> None:
    logs = [path.with_name(f"{path.name}{suffix}") for suffix in ("-wal", "-shm")]
    try:
        # A copy, with what the log holds: what is kept does not say either which secret ballot is whose.
        back_up(path, kept)
    except DiskFullError:
        raise
    except DatabaseUnusableError:
        # Too damaged to be copied: somebody may still save something from it as it is.
        os.link(path, kept)
        for log in filter(Path.exists, logs):
            log.rename(kept.with_name(log.name.replace(path.name, kept.name)))
    # A write-ahead log left beside the new file would be replayed into it.
    for log in logs:
        log.unlink(missing_ok=True)


def _erase_again(copy: Path, erasures: list[Erasure]) -> None:
    if not erasures:
        return
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            migrate(connection)
            make_again(connection, erasures)
    except (sqlite3.Error, MigrationError) as error:
        raise unusable(error) from error


def mark_copied(copy: Path, at: datetime) -> None:
    """Write into a copy of the database, brought up to date first, that it is one, and when it begins to run.

    Ids go on from the seconds between 2020 and then: these are more than were ever given out, and new at each time.
    Raises DatabaseUnusableError when the file cannot be read or written, and DatabaseTooNewError.
    """
    first = int((at - _IDS_BEGAN).total_seconds())
    try:
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            migrate(connection)
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("UPDATE outbox_file SET restored_at = ?", (int(at.timestamp()),))
            # One whose take-over was cut off is as old as it was before.
            connection.execute(
                "UPDATE database_file SET copied_at = iif(take_over_owed, copied_at, alive_at), take_over_owed = 1"
            )
            counted = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%'"
            ).fetchall()
            for (table,) in counted:
                ((last,),) = connection.execute(
                    "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?", (table,)
                ).fetchall()
                connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (table,))
                connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (table, max(last, first)))
            connection.execute("COMMIT")
    except (sqlite3.Error, MigrationError) as error:
        raise unusable(error) from error


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
