from datetime import UTC, date, datetime
from typing import Final

from storage.database import Database, Transaction
from storage.erasures import Erasure, new_erasure, remember, remembered, statements
from storage.personal_data import PERSONAL

Cell = str | int | float | None
_NOBODY: Final = -1


class PrivacyRepository:
    """Everything held on one person, given back or erased."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def everything(
        self, guild_id: int, person_id: int | None, account_id: int | None
    ) -> dict[str, list[dict[str, Cell]]]:
        """Return all rows about the person and the account by table; instants as ISO text in UTC.

        That a ballot exists is among it, never what it says.
        """
        ids = (guild_id, person_id if person_id is not None else _NOBODY, account_id or _NOBODY)
        found: dict[str, list[dict[str, Cell]]] = {}
        for table, held in PERSONAL.items():
            columns = [*held.exported, *(f"{sql} AS {name}" for name, sql in held.named.items())]
            rows = await self._database.fetch(
                f"SELECT {', '.join(columns)} FROM {table}"
                f" WHERE guild_id = ?1 AND ({held.mine}) AND ?2 IS ?2 AND ?3 IS ?3",
                ids,
            )
            if rows:
                found[table] = [{name: _readable(name, row[name]) for name in row.keys()} for row in rows]  # noqa: SIM118 - a sqlite3.Row is no mapping
        return found

    async def erase(
        self, tx: Transaction, guild_id: int, person_id: int | None, account_id: int | None, last_day: date
    ) -> None:
        """Erase all that is the person's and the account's; terms that run end on ``last_day``, the seat stays.

        Remembered by id beside the database first, so that no restored copy brings it back.
        """
        erasure = new_erasure(guild_id, person_id, account_id, last_day)
        remember(self._database.path, erasure)
        await self._make(tx, erasure)
        await tx.audit(guild_id, "erase", "person", person_id)

    async def make_missed(self, tx: Transaction) -> int:
        """Make the erasures that this file has not been through (a copy put back by hand); return how many."""
        done = {row["key"] for row in await tx.fetch("SELECT key FROM erasure")}
        missed = [erasure for erasure in remembered(self._database.path) if erasure.key not in done]
        for erasure in missed:
            await self._make(tx, erasure)
        return len(missed)

    async def _make(self, tx: Transaction, erasure: Erasure) -> None:
        tx.erase_from_log()
        for sql, parameters in statements(erasure):
            await tx.execute(sql, parameters)

    async def long_gone(self, guild_id: int, ended_before: date, declined_before: datetime) -> list[int]:
        """Return the ids of persons with data whose every term ended before a day.

        Also who never got a post: nominees who were declined, and appointees withdrawn, before an instant.
        """
        rows = await self._database.fetch(
            "SELECT p.id FROM person AS p WHERE p.guild_id = ?1"
            " AND (p.name <> '' OR p.email <> '' OR p.phone <> '' OR p.account_id IS NOT NULL)"
            " AND NOT EXISTS (SELECT 1 FROM appointment AS a WHERE a.guild_id = ?1 AND a.person_id = p.id"
            " AND coalesce(a.ends_on, '9999-12-31') >= ?2)"
            " AND NOT EXISTS (SELECT 1 FROM nomination AS n WHERE n.guild_id = ?1 AND n.person_id = p.id"
            " AND coalesce(n.decided_at, ?3) >= ?3)"
            " AND (EXISTS (SELECT 1 FROM appointment AS a WHERE a.guild_id = ?1 AND a.person_id = p.id)"
            " OR EXISTS (SELECT 1 FROM nomination AS n WHERE n.guild_id = ?1 AND n.person_id = p.id)"
            " OR (SELECT max(w.at) FROM audit AS w WHERE w.guild_id = ?1 AND w.action = 'withdraw'"
            " AND w.subject = 'person' AND w.subject_id = p.id) < ?3)",
            (guild_id, ended_before.isoformat(), int(declined_before.timestamp())),
        )
        return [row["id"] for row in rows]


def _readable(column: str, value: Cell) -> Cell:
    is_instant = column == "at" or column.endswith("_at")
    return datetime.fromtimestamp(value, UTC).isoformat() if is_instant and isinstance(value, int) else value
