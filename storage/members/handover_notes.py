import sqlite3
from datetime import UTC, datetime
from typing import Any

from storage.database import Database, Transaction
from storage.members.models import HandoverNote


class HandoverNotesRepository:
    """What people leave to those who follow them in a post: one note for each appointment."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self, guild_id: int) -> list[HandoverNote]:
        """Return the network's notes, the latest first."""
        rows = await self._database.fetch(
            "SELECT * FROM handover_note WHERE guild_id = ? ORDER BY written_at DESC, appointment_id DESC", (guild_id,)
        )
        return [_note(row) for row in rows]

    async def write(self, tx: Transaction, guild_id: int, appointment_id: int, author_id: int, text: str) -> None:
        """Write the note of an appointment, over the one before; those who had read that one have not read this one."""
        tx.erase_from_log()
        await tx.execute(
            "INSERT INTO handover_note (guild_id, appointment_id, author_id, text, written_at) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (guild_id, appointment_id) DO UPDATE SET text = excluded.text,"
            " written_at = excluded.written_at, read_at = NULL",
            (guild_id, appointment_id, author_id, text, tx.at),
        )
        await tx.audit(guild_id, "write", "handover_note", appointment_id)

    async def delete(self, tx: Transaction, guild_id: int, appointment_id: int) -> bool:
        """Delete the note of an appointment, also from the write-ahead log; False when there is none any more."""
        tx.erase_from_log()
        deleted = await tx.execute(
            "DELETE FROM handover_note WHERE guild_id = ? AND appointment_id = ?", (guild_id, appointment_id)
        )
        await tx.audit(guild_id, "erase", "handover_note", appointment_id)
        return bool(deleted)

    async def mark_read(self, tx: Transaction, guild_id: int, appointment_id: int) -> None:
        """Write down when the person who follows first read a note."""
        tx.unaudited_by_design()
        await tx.execute(
            "UPDATE handover_note SET read_at = ? WHERE guild_id = ? AND appointment_id = ? AND read_at IS NULL",
            (tx.at, guild_id, appointment_id),
        )

    async def forget_read(self, tx: Transaction, before: datetime) -> int:
        """Delete every note that was read before an instant, and return how many."""
        gone = await tx.execute("DELETE FROM handover_note WHERE read_at < ?", (int(before.timestamp()),))
        if gone:
            tx.erase_from_log()
        return gone


def _note(row: sqlite3.Row) -> HandoverNote:
    values: dict[str, Any] = {**dict(row), "written_at": datetime.fromtimestamp(row["written_at"], UTC)}
    values["read_at"] = datetime.fromtimestamp(row["read_at"], UTC) if row["read_at"] is not None else None
    return HandoverNote(**values)
