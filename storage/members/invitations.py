import sqlite3
from datetime import UTC, datetime, timedelta

from storage.database import Database, Transaction
from storage.members.models import Invitation


class InvitationsRepository:
    """One-time codes, kept as their hashes, and who typed wrong ones."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def by_hash(self, guild_id: int, code_hash: bytes) -> Invitation | None:
        """Return the network's invitation whose code has the SHA-256 ``code_hash``, in any state, or None."""
        row = await self._database.fetch_one(
            "SELECT * FROM invitation WHERE guild_id = ? AND code_hash = ?", (guild_id, code_hash)
        )
        return _invitation(row) if row is not None else None

    async def invitation(self, guild_id: int, invitation_id: int) -> Invitation | None:
        """Return an invitation of the network, or None."""
        row = await self._database.fetch_one(
            "SELECT * FROM invitation WHERE guild_id = ? AND id = ?", (guild_id, invitation_id)
        )
        return _invitation(row) if row is not None else None

    async def add(
        self,
        tx: Transaction,
        guild_id: int,
        delegation_id: int,
        person_id: int,
        code_hash: bytes,
        lifetime: timedelta,
    ) -> int:
        """Keep a new code for a person and return its id; an earlier one that is open opens nothing any more."""
        await tx.execute(
            "UPDATE invitation SET state = 'replaced' WHERE guild_id = ? AND person_id = ? AND state = 'open'",
            (guild_id, person_id),
        )
        added = await tx.insert(
            "INSERT INTO invitation (guild_id, person_id, delegation_id, code_hash, created_at, expires_at)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (guild_id, person_id, delegation_id, code_hash, tx.at, tx.at + int(lifetime.total_seconds())),
        )
        await tx.audit(guild_id, "invite", "person", person_id)
        return added

    async def use(self, tx: Transaction, guild_id: int, invitation_id: int) -> bool:
        """Use a code up; False when it was used, replaced or has run out."""
        used = await tx.execute(
            "UPDATE invitation SET state = 'used' WHERE guild_id = ? AND id = ? AND state = 'open' AND expires_at > ?",
            (guild_id, invitation_id, tx.at),
        )
        return bool(used)

    async def failures(self, guild_id: int, account_id: int) -> tuple[int, datetime | None]:
        """Return how many wrong codes the account has typed since its last right one, and when the last was."""
        row = await self._database.fetch_one(
            "SELECT failures, last_at FROM claim_attempt WHERE guild_id = ? AND account_id = ?",
            (guild_id, account_id),
        )
        return (row["failures"], datetime.fromtimestamp(row["last_at"], UTC)) if row is not None else (0, None)

    async def count_failure(self, tx: Transaction, guild_id: int, account_id: int) -> None:
        """Count a wrong code."""
        await tx.execute(
            "INSERT INTO claim_attempt VALUES (?, ?, 1, ?) ON CONFLICT (guild_id, account_id)"
            " DO UPDATE SET failures = failures + 1, last_at = excluded.last_at",
            (guild_id, account_id, tx.at),
        )
        await tx.audit(guild_id, "wrong_code", "account", account_id)

    async def forget_failures(self, tx: Transaction, guild_id: int, account_id: int) -> None:
        """Start counting wrong codes anew, after a right one."""
        await tx.execute("DELETE FROM claim_attempt WHERE guild_id = ? AND account_id = ?", (guild_id, account_id))


def _invitation(row: sqlite3.Row) -> Invitation:
    return Invitation(
        id=row["id"],
        guild_id=row["guild_id"],
        person_id=row["person_id"],
        delegation_id=row["delegation_id"],
        expires_at=datetime.fromtimestamp(row["expires_at"], UTC),
        state=row["state"],
    )
