import sqlite3
from datetime import UTC, datetime
from typing import Any, Final

from storage.database import Database, Transaction
from storage.meetings.models import AnswerSource, Attendance, Registration, Representative

_INVITED: Final = (
    "EXISTS (SELECT 1 FROM meeting AS m WHERE m.guild_id = r.guild_id AND m.id = r.meeting_id"
    " AND (m.kind = 'annual' OR m.is_recorded OR EXISTS (SELECT 1 FROM invited_delegation AS i"
    " WHERE i.guild_id = r.guild_id AND i.meeting_id = r.meeting_id AND i.code = r.code)))"
)


class RegistrationsRepository:
    """What delegations answered to meetings: one answer each, the last one counts.

    The answer of a delegation that is not invited any more is kept, and nobody is given it: it counts again when the
    delegation is invited again.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_meeting(self, guild_id: int, meeting_id: int) -> list[Registration]:
        """Return all answers to a meeting, by the delegation's code."""
        rows = await self._database.fetch(
            f"SELECT * FROM registration AS r WHERE guild_id = ? AND meeting_id = ? AND {_INVITED} ORDER BY code",
            (guild_id, meeting_id),
        )
        return [_registration(row) for row in rows]

    async def of_delegation(self, guild_id: int, meeting_id: int, code: str) -> Registration | None:
        """Return a delegation's answer, or None while it has not answered."""
        row = await self._database.fetch_one(
            f"SELECT * FROM registration AS r WHERE guild_id = ? AND meeting_id = ? AND code = ? AND {_INVITED}",
            (guild_id, meeting_id, code),
        )
        return _registration(row) if row is not None else None

    async def kept_answer(self, guild_id: int, meeting_id: int, code: str) -> Registration | None:
        """Return a delegation's answer also where the delegation is not invited any more."""
        row = await self._database.fetch_one(
            "SELECT * FROM registration WHERE guild_id = ? AND meeting_id = ? AND code = ?",
            (guild_id, meeting_id, code),
        )
        return _registration(row) if row is not None else None

    async def register(
        self,
        tx: Transaction,
        guild_id: int,
        meeting_id: int,
        code: str,
        attendance: Attendance,
        representative: Representative | None,
        *,
        comes: str,
        source: AnswerSource,
        reference: str = "",
    ) -> None:
        """Write a delegation's answer over the one before."""
        await tx.execute(
            "INSERT INTO registration (guild_id, meeting_id, code, attendance, representative, comes, source,"
            " account_id, changed_at, reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (guild_id, meeting_id, code) DO UPDATE SET attendance = excluded.attendance,"
            " representative = excluded.representative, comes = excluded.comes, source = excluded.source,"
            " account_id = excluded.account_id, changed_at = excluded.changed_at, reference = excluded.reference",
            (guild_id, meeting_id, code, attendance, representative, comes, source, tx.account_id, tx.at, reference),
        )
        fields = ("attendance", "representative", "comes", *(("reference",) if reference else ()))
        await tx.audit(guild_id, f"register {code}", "meeting", meeting_id, fields)


def _registration(row: sqlite3.Row) -> Registration:
    values: dict[str, Any] = {**dict(row), "changed_at": datetime.fromtimestamp(row["changed_at"], UTC)}
    return Registration(**values)
