import json
from datetime import UTC, date, datetime
from typing import Final

from storage.database import Database
from storage.models import AuditEntry

_LOG: Final = (
    "(SELECT id, guild_id, at, account_id, action, subject, subject_id, fields, NULL AS day FROM audit"
    " UNION ALL SELECT 0, guild_id, CAST(strftime('%s', day) AS INTEGER), NULL, action, 'delegation', delegation_id,"
    " '[]', day FROM secret_vote_day)"
)


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

        ``account_id`` None: by anybody. ``words`` must stand in the action, the subject or the fields. That a
        delegation voted secretly is an entry of its day, without an id, before all others of the day.
        """
        condition = (
            "guild_id = ?1 AND (?2 IS NULL OR account_id = ?2)"
            " AND (?3 = '' OR instr(lower(action || ' ' || subject || ' ' || fields), lower(?3)))"
        )
        found = (guild_id, account_id, words)
        rows = await self._database.fetch(
            f"SELECT * FROM {_LOG} WHERE {condition} ORDER BY at DESC, id DESC, subject_id LIMIT ?4 OFFSET ?5",
            (*found, limit, offset),
        )
        total = await self._database.fetch_one(f"SELECT count(*) FROM {_LOG} WHERE {condition}", found)
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
                day=date.fromisoformat(row["day"]) if row["day"] is not None else None,
            )
            for row in rows
        ]
        return entries, int(total[0]) if total is not None else 0
