"""Whether a database file is the one that last ran here, or a copy of it, made by whatever program."""

import asyncio
import json
import secrets
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

from storage.backups.copies import mark_copied
from storage.database import Database
from storage.errors import unusable
from storage.files import flush
from storage.upgrade import upgrade

_MARK_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class State:
    """What a file says of the last minute in which a bot ran on it: the mark of that start, and when (UTC seconds)."""

    mark: str
    alive_at: int


def file_beside(database: Path) -> Path:
    """Return where it is kept which file the database was in the last minute in which a bot ran on it."""
    return database.with_name(f"{database.name}.identity")


def is_copy(database: Path) -> bool:
    """Tell whether the file at ``database`` is a copy of the one that last ran here.

    A file that no bot has run on yet (a new one, one of an older schema) is none. Raises DatabaseUnusableError where
    it cannot be read.
    """
    if not database.exists():
        return False
    try:
        state = _state_of(database)
    except (OSError, sqlite3.Error) as error:
        raise unusable(error) from error
    return state is not None and not _is_known(database, state)


def _state_of(database: Path) -> State | None:
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'database_file'").fetchone():
            return None
        mark, alive_at = connection.execute("SELECT mark, alive_at FROM database_file").fetchone()
    return State(mark, alive_at) if mark else None


def _is_known(database: Path, state: State) -> bool:
    try:
        said = cast(dict[str, object], json.loads(file_beside(database).read_text("utf-8")))
        known = [State(*one) for one in cast(list[tuple[str, int]], said["states"])]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return said.get("inode") == database.stat().st_ino and state in known


async def open_database(path: Path, at: datetime, *, as_copy: bool = False) -> tuple[Database, "Identity"]:
    """Open the database at ``path`` for a bot that starts; the caller holds the bot's lock.

    A copy is marked as one before anything else is written in it; ``as_copy``: whether it is one or not. Raises what
    :meth:`Database.open` raises.
    """
    try:
        await asyncio.to_thread(_mark_if_copied, path, at, as_copy)
    except (OSError, sqlite3.Error) as error:
        raise unusable(error) from error
    database = await Database.open(path)
    identity = Identity(database)
    try:
        await identity.begin(at)
    except (OSError, sqlite3.Error) as error:
        await database.close()
        raise unusable(error) from error
    return database, identity


def _mark_if_copied(path: Path, at: datetime, as_copy: bool) -> None:
    if path.exists() if as_copy else is_copy(path):
        upgrade(path)
        mark_copied(path, at)


class Identity:
    """Keeps the file and what is beside it in step, while a bot runs on it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, at: datetime) -> None:
        """Mark the start of a bot on this file, before it does anything else with it. Raises OSError.

        It does not count as running before its first :meth:`beat`: another copy may have taken over.
        """
        before = await self._present()
        await self._move_to(State(secrets.token_hex(_MARK_BYTES), before.alive_at or int(at.timestamp())))

    async def beat(self, at: datetime, checked_at: datetime | None) -> None:
        """Note that the bot runs: once it may, and each minute, so that a copy knows how old it is. Raises OSError.

        ``checked_at`` is when it was last certain that no other copy had taken over (None: as noted before).
        """
        state = await self._present()
        await self._move_to(State(state.mark, int(at.timestamp())), checked_at)

    async def _present(self) -> State:
        row = await self._database.fetch_one("SELECT mark, coalesce(alive_at, 0) AS alive_at FROM database_file")
        if row is None:
            raise LookupError("the database does not know which file it is")
        return State(row["mark"], row["alive_at"])

    async def _move_to(self, state: State, checked_at: datetime | None = None) -> None:
        # Beside it both, first: killed before the commit or after, the file is known again.
        await asyncio.to_thread(_write, self._database.path, [await self._present(), state])
        async with self._database.transaction(datetime.fromtimestamp(state.alive_at, UTC)) as tx:
            await tx.execute(
                "UPDATE database_file SET mark = ?, alive_at = ?, checked_at = coalesce(?, checked_at)",
                (state.mark, state.alive_at, int(checked_at.timestamp()) if checked_at is not None else None),
            )
        # Then that one alone: an earlier state of the file is a copy, also where it is written into the same inode.
        await asyncio.to_thread(_write, self._database.path, [state])


def _write(database: Path, states: list[State]) -> None:
    target = file_beside(database)
    new = target.with_name(f"{target.name}.new")
    said = {"inode": database.stat().st_ino, "states": [(state.mark, state.alive_at) for state in states]}
    new.write_text(json.dumps(said), "utf-8")
    flush(new)
    new.replace(target)
    flush(target.parent)
