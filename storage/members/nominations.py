import sqlite3
from datetime import UTC, date, datetime
from typing import Final

from storage.database import Database, Transaction
from storage.members.models import Nomination, Place, Role
from storage.members.rows import person_of_row

_NOMINATION: Final = """
    SELECT n.id, n.guild_id, n.delegation_id, n.person_id, n.nominated_by, n.role, n.title, n.ministry, n.starts_on,
           n.place, n.account_id AS named_account, n.state, n.reason, n.created_at, n.decided_by,
           p.name, p.email, p.phone, p.languages, p.expertise, p.timezone, p.visibility, p.account_id,
           p.email_returned_at, p.email_allowed, p.channel, p.language
    FROM nomination AS n JOIN person AS p ON p.guild_id = n.guild_id AND p.id = n.person_id
"""


class NominationsRepository:
    """What delegations have asked the secretariat for: colleagues to appoint."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def nomination(self, guild_id: int, nomination_id: int) -> Nomination | None:
        """Return a nomination of the network, or None."""
        row = await self._database.fetch_one(
            f"{_NOMINATION} WHERE n.guild_id = ? AND n.id = ?", (guild_id, nomination_id)
        )
        return _nomination(row) if row is not None else None

    async def of_delegations(self, guild_id: int, delegation_ids: list[int]) -> list[Nomination]:
        """Return what these delegations have ever asked for, the latest first."""
        marks = ", ".join("?" for _ in delegation_ids)
        rows = await self._database.fetch(
            f"{_NOMINATION} WHERE n.guild_id = ? AND n.delegation_id IN ({marks}) ORDER BY n.id DESC",
            (guild_id, *delegation_ids),
        )
        return [_nomination(row) for row in rows]

    async def waiting(self, guild_id: int) -> list[Nomination]:
        """Return what the secretariat has not yet decided, the oldest first."""
        rows = await self._database.fetch(
            f"{_NOMINATION} WHERE n.guild_id = ? AND n.state = 'waiting' ORDER BY n.id", (guild_id,)
        )
        return [_nomination(row) for row in rows]

    async def add(
        self,
        tx: Transaction,
        guild_id: int,
        delegation_id: int,
        person_id: int,
        nominated_by: int,
        role: Role,
        *,
        title: str = "",
        ministry: str = "",
        starts_on: date | None = None,
        place: Place | None = None,
        account_id: int | None = None,
    ) -> int:
        """Write a nomination down and return its id. ``nominated_by`` is a person's id."""
        added = await tx.insert(
            "INSERT INTO nomination (guild_id, delegation_id, person_id, nominated_by, role, title, ministry,"
            " starts_on, place, account_id, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                guild_id,
                delegation_id,
                person_id,
                nominated_by,
                role,
                title,
                ministry,
                starts_on.isoformat() if starts_on is not None else None,
                place,
                account_id,
                tx.at,
            ),
        )
        await tx.audit(guild_id, "nominate", "nomination", added, ("role", "title", "ministry", "starts_on", "place"))
        return added

    async def decide(
        self, tx: Transaction, guild_id: int, nomination_id: int, *, approved: bool, reason: str = ""
    ) -> bool:
        """Write the secretariat's decision down; False when it was decided before."""
        state = "approved" if approved else "declined"
        decided = await tx.execute(
            "UPDATE nomination SET state = ?, reason = ?, decided_at = ?, decided_by = ?"
            " WHERE guild_id = ? AND id = ? AND state = 'waiting'",
            (state, reason, tx.at, tx.account_id, guild_id, nomination_id),
        )
        if decided:
            await tx.audit(guild_id, "approve" if approved else "decline", "nomination", nomination_id, ("state",))
        return bool(decided)


def _nomination(row: sqlite3.Row) -> Nomination:
    starts_on = row["starts_on"]
    return Nomination(
        id=row["id"],
        guild_id=row["guild_id"],
        delegation_id=row["delegation_id"],
        person=person_of_row(row, row["person_id"]),
        nominated_by=row["nominated_by"],
        role=row["role"],
        title=row["title"],
        ministry=row["ministry"],
        starts_on=date.fromisoformat(starts_on) if starts_on is not None else None,
        account_id=row["named_account"],
        state=row["state"],
        reason=row["reason"],
        created_at=datetime.fromtimestamp(row["created_at"], UTC),
        decided_by=row["decided_by"],
        place=row["place"],
    )
