import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from storage.database import Database
from storage.models import AuditEntry

_ANY: Final = "guild_id = ?1 AND ?2 = ''"
_WITH_WORDS: Final = "guild_id = ?1 AND instr(lower(action || ' ' || subject || ' ' || fields), lower(?2))"
_VOTED: Final = "guild_id = ?1 AND (?2 = '' OR instr(lower(action || ' delegation []'), lower(?2)))"
# Each part gives as many of its newest as the page may need: what is older is not read.
_PAGE: Final = (
    "SELECT * FROM (SELECT id, at, account_id, action, subject, subject_id, fields, NULL AS day FROM audit"
    " WHERE {log} ORDER BY at DESC, id DESC LIMIT {limit} + {offset})"
    " UNION ALL SELECT * FROM (SELECT 0, CAST(strftime('%s', day) AS INTEGER), NULL, action, 'delegation',"
    " delegation_id, '[]', day FROM secret_vote_day WHERE {voted}"
    " ORDER BY day DESC, delegation_id LIMIT {limit} + {offset})"
    " ORDER BY at DESC, id DESC, subject_id LIMIT {limit} OFFSET {offset}"
)
_COUNT: Final = (
    "SELECT (SELECT count(*) FROM audit WHERE {log}) + (SELECT count(*) FROM secret_vote_day WHERE {voted}) AS number"
)


@dataclass(frozen=True, slots=True)
class NamedPost:
    """A person's name with a post of theirs, and of which delegation; both None where they never had one."""

    person_id: int
    person_name: str
    appointment_id: int | None
    delegation_id: int | None


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
        log, voted = _WITH_WORDS if words else _ANY, _VOTED
        found: tuple[int | str, ...] = (guild_id, words)
        if account_id is not None:
            # Nobody's account is with the votes of a day.
            log, voted, found = f"{log} AND account_id = ?3", f"{voted} AND ?3 IS NULL", (*found, account_id)
        rows = await self._database.fetch_held(_PAGE.format(log=log, voted=voted, limit=limit, offset=offset), found)
        [total] = await self._database.fetch_held(_COUNT.format(log=log, voted=voted), found)
        entries = [
            AuditEntry(
                id=row["id"],
                guild_id=guild_id,
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
        return entries, total["number"]

    async def posts_of(self, guild_id: int, entries: Iterable[AuditEntry]) -> list[NamedPost]:
        """Return the persons of the entries, and those of the posts that they are about, with all posts of each.

        The latest post of a person comes first.
        """
        about: dict[str, list[int | None]] = {"appointment": [], "person": []}
        for entry in entries:
            about.get(entry.subject, []).append(entry.subject_id)
        rows = await self._database.fetch(
            "SELECT p.id AS person_id, p.name AS person_name, a.id AS appointment_id, a.delegation_id"
            " FROM person AS p LEFT JOIN appointment AS a ON a.guild_id = p.guild_id AND a.person_id = p.id"
            " WHERE p.guild_id = ?1 AND p.id IN (SELECT value FROM json_each(?3) UNION ALL"
            # The plus keeps SQLite from reading all of the network by an index that has the persons.
            " SELECT o.person_id FROM appointment AS o WHERE +o.guild_id = ?1"
            " AND o.id IN (SELECT value FROM json_each(?2))) ORDER BY a.starts_on DESC, a.id DESC",
            (guild_id, json.dumps(about["appointment"]), json.dumps(about["person"])),
        )
        return [NamedPost(**row) for row in rows]
