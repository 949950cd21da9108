import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from storage.database import Database
from storage.models import AuditEntry

_LOG: Final = (
    "(SELECT id, guild_id, at, account_id, action, subject, subject_id, fields, NULL AS day FROM audit"
    " UNION ALL SELECT 0, guild_id, CAST(strftime('%s', day) AS INTEGER), NULL, action, 'delegation', delegation_id,"
    " '[]', day FROM secret_vote_day)"
)


@dataclass(frozen=True, slots=True)
class NamedPost:
    """Who held a post, for which delegation."""

    appointment_id: int
    person_id: int
    person_name: str
    delegation_id: int


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

    async def posts_of(self, guild_id: int, entries: Iterable[AuditEntry]) -> list[NamedPost]:
        """Return the posts that ``entries`` are about, and all of the persons that they are about, the latest first."""
        about: dict[str, list[int | None]] = {"appointment": [], "person": []}
        for entry in entries:
            about.get(entry.subject, []).append(entry.subject_id)
        rows = await self._database.fetch(
            "SELECT a.id, a.person_id, p.name, a.delegation_id FROM appointment AS a"
            " JOIN person AS p ON p.guild_id = a.guild_id AND p.id = a.person_id WHERE a.guild_id = ?1"
            " AND (a.id IN (SELECT value FROM json_each(?2)) OR a.person_id IN (SELECT value FROM json_each(?3)))"
            " ORDER BY a.starts_on DESC, a.id DESC",
            (guild_id, json.dumps(about["appointment"]), json.dumps(about["person"])),
        )
        return [NamedPost(row["id"], row["person_id"], row["name"], row["delegation_id"]) for row in rows]
