from dataclasses import dataclass
from datetime import date

from storage.database import Database, Transaction


@dataclass(frozen=True, slots=True)
class LinkedAccount:
    """A linked account, whose it is, and whether that person holds a post on the day that was asked for."""

    account_id: int
    person_id: int
    is_member: bool


@dataclass(frozen=True, slots=True)
class RoleGrant:
    """An account that the bot gave a role, which may be a former one."""

    account_id: int
    role_id: int


class RoleGrantsRepository:
    """The member role as the bot granted it, and what it follows: terms by their days."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def linked_accounts(self, guild_id: int, on: date) -> list[LinkedAccount]:
        """Return every linked account of the network."""
        rows = await self._database.fetch(
            "SELECT p.account_id, p.id AS person_id, EXISTS (SELECT 1 FROM appointment AS a"
            " WHERE a.guild_id = ?1 AND a.person_id = p.id AND a.starts_on <= ?2"
            " AND coalesce(a.ends_on, '9999-12-31') >= ?2) AS is_member"
            " FROM person AS p WHERE p.guild_id = ?1 AND p.account_id IS NOT NULL ORDER BY p.id",
            (guild_id, on.isoformat()),
        )
        return [LinkedAccount(row["account_id"], row["person_id"], bool(row["is_member"])) for row in rows]

    async def unlink(self, tx: Transaction, guild_id: int, linked: LinkedAccount) -> bool:
        """Take the account from its person; False when it is not the person's any more."""
        taken = await tx.execute(
            "UPDATE person SET account_id = NULL WHERE guild_id = ? AND id = ? AND account_id = ?",
            (guild_id, linked.person_id, linked.account_id),
        )
        if taken:
            await tx.audit(guild_id, "unlink", "person", linked.person_id, ("account_id",))
        return bool(taken)

    async def granted(self, guild_id: int) -> list[RoleGrant]:
        """Return who holds which role from the bot."""
        rows = await self._database.fetch("SELECT account_id, role_id FROM role_grant WHERE guild_id = ?", (guild_id,))
        return [RoleGrant(row["account_id"], row["role_id"]) for row in rows]

    async def keep(self, tx: Transaction, guild_id: int, account_id: int, role_id: int) -> None:
        """Write down that the account holds the role."""
        await tx.execute(
            "INSERT INTO role_grant VALUES (?, ?, ?) ON CONFLICT DO NOTHING", (guild_id, account_id, role_id)
        )

    async def drop(self, tx: Transaction, guild_id: int, account_id: int, role_id: int | None = None) -> None:
        """Write down that the account holds the role (None: any role) no more."""
        await tx.execute(
            "DELETE FROM role_grant WHERE guild_id = ?1 AND account_id = ?2 AND (?3 IS NULL OR role_id = ?3)",
            (guild_id, account_id, role_id),
        )

    async def note_role_trouble(self, tx: Transaction, guild_id: int, trouble: str) -> bool:
        """Remember what stands in the way of the role ('' for nothing); False when that was known before."""
        return bool(
            await tx.execute(
                "UPDATE network SET role_trouble = ?1 WHERE guild_id = ?2 AND role_trouble <> ?1", (trouble, guild_id)
            )
        )

    async def next_change(self, guild_id: int, after: date) -> date | None:
        """Return the first day after ``after`` on which somebody becomes a member or is none any more."""
        row = await self._database.fetch_one(
            "SELECT min(day) AS day FROM (SELECT starts_on AS day FROM appointment WHERE guild_id = ?1"
            " UNION ALL SELECT date(ends_on, '+1 day') FROM appointment WHERE guild_id = ?1 AND ends_on IS NOT NULL)"
            " WHERE day > ?2",
            (guild_id, after.isoformat()),
        )
        return date.fromisoformat(row["day"]) if row is not None and row["day"] is not None else None
