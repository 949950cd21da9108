import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any, Final
from uuid import uuid4

from storage.database import Database, Transaction
from storage.local_times import SESSION_START, keep_local, keep_local_of, without_local
from storage.meetings.models import MeetingValue, Session

_FIELDS: Final = frozenset({"starts_at", "minutes", "format", "level", "title", "speakers", "links"})


class SessionsRepository:
    """The sessions of annual meetings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_meeting(self, guild_id: int, meeting_id: int, *, with_removed: bool = False) -> list[Session]:
        """Return a meeting's sessions in the order they start; removed ones only if asked for."""
        rows = await self._database.fetch(
            "SELECT * FROM meeting_session WHERE guild_id = ? AND meeting_id = ? AND (? OR removed_at IS NULL)"
            " ORDER BY starts_at, id",
            (guild_id, meeting_id, with_removed),
        )
        return [_session(row) for row in rows]

    async def title(self, guild_id: int, session_id: int) -> str | None:
        """Return the title of a session of this network, removed or not, or None."""
        row = await self._database.fetch_one(
            "SELECT title FROM meeting_session WHERE guild_id = ? AND id = ?", (guild_id, session_id)
        )
        return str(row["title"]) if row is not None else None

    async def get(self, guild_id: int, session_id: int) -> Session | None:
        """Return a session of this network that was not removed, or None."""
        row = await self._database.fetch_one(
            "SELECT * FROM meeting_session WHERE guild_id = ? AND id = ? AND removed_at IS NULL",
            (guild_id, session_id),
        )
        return _session(row) if row is not None else None

    async def add(self, tx: Transaction, guild_id: int, meeting_id: int, **fields: MeetingValue) -> int:
        """Add a session and return its id. ``fields`` are those of :class:`Session`."""
        values = _stored(fields)
        columns = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        added = await tx.insert(
            f"INSERT INTO meeting_session (guild_id, meeting_id, uid, {columns}) VALUES (?, ?, ?, {marks})",
            (guild_id, meeting_id, uuid4().hex, *values.values()),
        )
        await keep_local(tx, SESSION_START, guild_id, meeting_id)
        await tx.audit(guild_id, "add", "session", added, fields)
        return added

    async def change(self, tx: Transaction, guild_id: int, session_id: int, **fields: MeetingValue) -> None:
        """Set the named fields of a session."""
        values = _stored(fields)
        assignments = "".join(f"{name} = ?, " for name in values)
        await tx.execute(
            f"UPDATE meeting_session SET {assignments} sequence = sequence + 1 WHERE guild_id = ? AND id = ?",
            (*values.values(), guild_id, session_id),
        )
        await keep_local_of(tx, SESSION_START, guild_id, [session_id])
        await tx.audit(guild_id, "change", "session", session_id, fields)

    async def move(self, tx: Transaction, guild_id: int, starts: Mapping[int, datetime]) -> None:
        """Give sessions, by id, new starts: they move with their meeting."""
        await tx.execute_many(
            "UPDATE meeting_session SET starts_at = ?, sequence = sequence + 1 WHERE guild_id = ? AND id = ?",
            [(int(start.timestamp()), guild_id, session_id) for session_id, start in starts.items()],
        )
        await keep_local_of(tx, SESSION_START, guild_id, starts)

    async def remove(self, tx: Transaction, guild_id: int, session_id: int) -> bool:
        """Take a session out of the agenda; False when it was out already."""
        changed = await tx.execute(
            "UPDATE meeting_session SET removed_at = ?, sequence = sequence + 1"
            " WHERE guild_id = ? AND id = ? AND removed_at IS NULL",
            (tx.at, guild_id, session_id),
        )
        await tx.audit(guild_id, "remove", "session", session_id, ("removed_at",))
        return bool(changed)


def _stored(fields: Mapping[str, MeetingValue]) -> dict[str, str | int | None]:
    unknown = fields.keys() - _FIELDS
    if unknown:
        raise ValueError(f"no such fields of a session: {unknown}")
    return {name: _cell(value) for name, value in fields.items()}


def _cell(value: MeetingValue) -> str | int | None:
    match value:
        case tuple():
            return json.dumps(value)
        case datetime():
            return int(value.timestamp())
        case date():
            raise TypeError("a session has no field that is a day")
        case _:
            return value


def _session(row: sqlite3.Row) -> Session:
    removed = row["removed_at"]
    values: dict[str, Any] = {
        **without_local(row),
        "starts_at": datetime.fromtimestamp(row["starts_at"], UTC),
        "links": tuple(json.loads(row["links"])),
        "removed_at": datetime.fromtimestamp(removed, UTC) if removed is not None else None,
    }
    return Session(**values)
