import json
from datetime import UTC, datetime

from storage.database import Database
from storage.models import AuditEntry


class AuditRepository:
    """The audit log, read. It is written by each transaction, beside the change."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(
        self,
        guild_id: int,
        *,
        account_id: int | None = None,
        words: str = "",
        offset: int = 0,
        limit: int = 20,
    ) -> tuple[list[AuditEntry], int]:
        """Return one page of the log, newest first, and how many entries there are in all.

        ``account_id`` None: by anybody. ``words`` must stand in the action, the subject or the fields.
        """
        condition = (
            "guild_id = ?1 AND (?2 IS NULL OR account_id = ?2)"
            " AND (?3 = '' OR instr(lower(action || ' ' || subject || ' ' || fields), lower(?3)))"
        )
        found = (guild_id, account_id, words)
        rows = await self._database.fetch(
            f"SELECT * FROM audit WHERE {condition} ORDER BY id DESC LIMIT ?4 OFFSET ?5",
            (*found, limit, offset),
        )
        total = await self._database.fetch_one(f"SELECT count(*) FROM audit WHERE {condition}", found)
        entries = [
            AuditEntry(
                id=row["id"],
                guild_id=row["guild_id"],
                at=datetime.fromtimestamp(row["at"], UTC),
                account_id=row["account_id"],
                action=row["action"],
                subject=row["subject"],
                subject_id=row["subject_id"],
                fields=tuple(json.loads(row["fields"])),
            )
            for row in rows
        ]
        return entries, int(total[0]) if total is not None else 0
