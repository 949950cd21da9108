import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import UTC, datetime
from typing import Final, Literal

from storage.database import Database, Transaction
from storage.resources.models import NewResource, Resource, ResourceState, SearchText

COLUMNS: Final = (
    "r.id, r.guild_id, r.url, r.title, r.category, r.language, r.year, r.authors, r.published, r.doi, r.tags,"
    " r.descriptions, r.visibility, r.meeting_id, r.state, r.added_at, r.suggested_by, r.reason"
)
FIELDS: Final = tuple(field.name for field in fields(NewResource))
_STANDING: Final = "state IN ('shelved', 'suggested')"
_TEXT_COLUMNS: Final = tuple(field.name for field in fields(SearchText))


class OnTheShelfError(Exception):
    """The page is on the shelf already, or waits there as a suggestion."""


class ResourcesRepository:
    """The shelf's links, in every state, with the words that the search looks in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    async def is_open(self, guild_id: int) -> bool:
        """Tell whether the network's shelf was given its first links."""
        return bool(await self._database.fetch_held("SELECT 1 FROM shelf WHERE guild_id = ?", (guild_id,)))

    async def resource(self, guild_id: int, resource_id: int) -> Resource | None:
        """Return a resource of the network in whatever state, or None."""
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM resource AS r WHERE r.guild_id = ? AND r.id = ?", (guild_id, resource_id)
        )
        return resource_of(rows[0]) if rows else None

    async def same_page(self, guild_id: int, sameness: str) -> Resource | None:
        """Return the resource that is on the shelf, or suggested for it, with the same page; else None."""
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM resource AS r WHERE r.guild_id = ? AND r.sameness = ? AND r.{_STANDING}",
            (guild_id, sameness),
        )
        return resource_of(rows[0]) if rows else None

    async def shelved(self, guild_id: int) -> list[Resource]:
        """Return all that is on the network's shelf, by id."""
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM resource AS r WHERE r.guild_id = ? AND r.state = 'shelved' ORDER BY r.id",
            (guild_id,),
        )
        return [resource_of(row) for row in rows]

    async def shelved_or_suggested(self, guild_id: int) -> list[Resource]:
        """Return all that is on the network's shelf or suggested for it, by id."""
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM resource AS r WHERE r.guild_id = ? AND r.{_STANDING} ORDER BY r.id", (guild_id,)
        )
        return [resource_of(row) for row in rows]

    async def of_meeting(
        self, guild_id: int, meeting_id: int, source: str | None, *, for_members: bool
    ) -> list[Resource]:
        """Return what is on the shelf for a meeting, newest first; without ``for_members`` only what is public.

        ``source`` is the sameness of the page that tells of the meeting, which belongs to it too; None: unknown.
        """
        rows = await self._database.fetch(
            # The plus keeps SQLite from reading the whole shelf in the order of its years.
            f"SELECT {COLUMNS} FROM resource AS r WHERE +r.guild_id = ?1 AND r.id IN ("
            "SELECT m.id FROM resource AS m WHERE m.guild_id = ?1 AND m.meeting_id = ?2 UNION ALL"
            f" SELECT s.id FROM resource AS s WHERE s.guild_id = ?1 AND s.sameness = ?4 AND s.{_STANDING})"
            " AND r.state = 'shelved' AND (?3 OR r.visibility = 'public') ORDER BY r.year DESC, r.id DESC",
            (guild_id, meeting_id, for_members, source),
        )
        return [resource_of(row) for row in rows]

    async def added_between(self, guild_id: int, since: datetime, until: datetime) -> list[Resource]:
        """Return what came onto the shelf from ``since`` (inclusive) to ``until``, and is on it still.

        The links that the shelf was opened with are not news.
        """
        rows = await self._database.fetch(
            f"SELECT {COLUMNS} FROM resource AS r JOIN shelf AS s ON s.guild_id = r.guild_id"
            " WHERE r.guild_id = ? AND r.state = 'shelved' AND r.added_at >= ? AND r.added_at < ?"
            " AND r.added_at > s.opened_at ORDER BY r.id",
            (guild_id, int(since.timestamp()), int(until.timestamp())),
        )
        return [resource_of(row) for row in rows]

    # Writing

    async def open_shelf(
        self, tx: Transaction, guild_id: int, first: Iterable[tuple[NewResource, str, SearchText]]
    ) -> bool:
        """Open the network's shelf with its ``first`` links, each with its sameness and words.

        False when it was open before: what was taken off since then does not come back.
        """
        if not await tx.execute(
            "INSERT INTO shelf (guild_id, opened_at) VALUES (?, ?) ON CONFLICT DO NOTHING", (guild_id, tx.at)
        ):
            return False
        for new, sameness, text in first:
            await self._insert(tx, guild_id, new, sameness, text, "shelved", None)
        await tx.audit(guild_id, "open", "shelf", None)
        return True

    async def add(
        self,
        tx: Transaction,
        guild_id: int,
        new: NewResource,
        sameness: str,
        text: SearchText,
        *,
        state: Literal["shelved", "suggested"] = "shelved",
        suggested_by: int | None = None,
    ) -> int:
        """Put a link on the shelf, or as a suggestion beside it, and return its id. Raises OnTheShelfError.

        ``suggested_by`` is the person who suggested it.
        """
        added = await self._insert(tx, guild_id, new, sameness, text, state, suggested_by)
        await tx.audit(guild_id, "add" if state == "shelved" else "suggest", "resource", added, FIELDS)
        return added

    async def change(
        self,
        tx: Transaction,
        guild_id: int,
        resource_id: int,
        changed: Mapping[str, object],
        sameness: str,
        text: SearchText,
    ) -> bool:
        """Set the fields ``changed`` of a link on the shelf; False when it is not there. Raises OnTheShelfError."""
        stored = _stored(changed)
        assignments = ", ".join(f"{name} = ?" for name in stored)
        try:
            done = await tx.execute(
                f"UPDATE resource SET sameness = ?, {assignments} WHERE guild_id = ? AND id = ? AND state = 'shelved'",
                (sameness, *stored.values(), guild_id, resource_id),
            )
        except sqlite3.IntegrityError as error:
            raise _named(error) from error
        if done:
            await self._index(tx, resource_id, text)
        await tx.audit(guild_id, "change", "resource", resource_id, stored)
        return bool(done)

    async def move(
        self,
        tx: Transaction,
        guild_id: int,
        resource_id: int,
        before: ResourceState,
        after: ResourceState,
        text: SearchText,
        *,
        reason: str = "",
    ) -> bool:
        """Take a link from one state to another; False when it is not in ``before`` (somebody was quicker).

        What comes onto the shelf comes now; what is put back keeps its day. Raises OnTheShelfError.
        """
        arrives = after == "shelved" and before == "suggested"
        try:
            done = await tx.execute(
                "UPDATE resource SET state = ?, reason = ?, added_at = iif(?, ?, added_at)"
                " WHERE guild_id = ? AND id = ? AND state = ?",
                (after, reason, arrives, tx.at, guild_id, resource_id, before),
            )
        except sqlite3.IntegrityError as error:
            raise _named(error) from error
        if done:
            await self._index(tx, resource_id, text if after == "shelved" else None)
        await tx.audit(guild_id, after, "resource", resource_id, ("state",))
        return bool(done)

    async def _insert(
        self,
        tx: Transaction,
        guild_id: int,
        new: NewResource,
        sameness: str,
        text: SearchText,
        state: ResourceState,
        suggested_by: int | None,
    ) -> int:
        stored = _stored({name: getattr(new, name) for name in FIELDS})
        columns = ", ".join(stored)
        marks = ", ".join("?" for _ in stored)
        try:
            added = await tx.insert(
                f"INSERT INTO resource (guild_id, sameness, state, added_at, suggested_by, {columns})"
                f" VALUES (?, ?, ?, ?, ?, {marks})",
                (guild_id, sameness, state, tx.at, suggested_by, *stored.values()),
            )
        except sqlite3.IntegrityError as error:
            raise _named(error) from error
        if state == "shelved":
            await self._index(tx, added, text)
        return added

    async def _index(self, tx: Transaction, resource_id: int, text: SearchText | None) -> None:
        await tx.execute("DELETE FROM resource_text WHERE rowid = ?", (resource_id,))
        if text is not None:
            marks = ", ".join("?" for _ in _TEXT_COLUMNS)
            await tx.execute(
                f"INSERT INTO resource_text (rowid, {', '.join(_TEXT_COLUMNS)}) VALUES (?, {marks})",
                (resource_id, *(getattr(text, name) for name in _TEXT_COLUMNS)),
            )


def resource_of(row: sqlite3.Row) -> Resource:
    """Return what a row with the columns ``COLUMNS`` means."""
    return Resource(
        id=row["id"],
        guild_id=row["guild_id"],
        url=row["url"],
        title=row["title"],
        category=row["category"],
        language=row["language"],
        year=row["year"],
        authors=tuple(json.loads(row["authors"])),
        published=row["published"],
        doi=row["doi"],
        tags=tuple(json.loads(row["tags"])),
        descriptions=json.loads(row["descriptions"]),
        visibility=row["visibility"],
        meeting_id=row["meeting_id"],
        state=row["state"],
        added_at=datetime.fromtimestamp(row["added_at"], UTC),
        suggested_by=row["suggested_by"],
        reason=row["reason"],
    )


def _stored(changed: Mapping[str, object]) -> dict[str, str | int | None]:
    unknown = changed.keys() - set(FIELDS)
    if unknown:
        raise ValueError(f"no such fields: {unknown}")
    return {name: _cell(value) for name, value in changed.items()}


def _cell(value: object) -> str | int | None:
    match value:
        case None | str() | int():
            return value
        case _:
            return json.dumps(value, ensure_ascii=False)


def _named(error: sqlite3.IntegrityError) -> Exception:
    return OnTheShelfError() if "resource.sameness" in str(error) else error
