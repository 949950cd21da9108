import asyncio
import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from storage.changes import WEBINARS, Changes, changes
from storage.database import Database, Transaction
from storage.event_state import EventState
from storage.local_times import WEBINAR_START, keep_local
from storage.webinars.models import (
    ListedWebinar,
    Webinar,
    WebinarAnswer,
    WebinarCounts,
    WebinarReply,
    WebinarValue,
)

_COLUMNS: Final = {
    "title": "title",
    "starts_at": "starts_at",
    "length": "minutes",
    "timezone": "timezone",
    "link": "link",
    "description": "description",
    "speakers": "speakers",
    "languages": "languages",
    "reminders": "reminders",
}


_LISTED: Final = (
    f"SELECT id, title, starts_at, minutes, cancelled_at FROM webinar WHERE guild_id = ?1 AND id IN ({WEBINARS.since})"
)
_AT_ONCE: Final = 500
"""Webinars of a list that are made of their rows without leaving the loop to others."""


class WebinarsRepository:
    """Webinars and who answered what."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    async def get(self, guild_id: int, webinar_id: int) -> Webinar | None:
        """Return the network's webinar with that id, or None."""
        row = await self._database.fetch_one(
            "SELECT * FROM webinar WHERE guild_id = ? AND id = ?", (guild_id, webinar_id)
        )
        return _webinar(row) if row is not None else None

    async def all(self, guild_id: int) -> list[Webinar]:
        """Return every webinar of the network, the latest start first, cancelled ones too."""
        rows = await self._database.fetch(
            "SELECT * FROM webinar WHERE guild_id = ? ORDER BY starts_at DESC, id DESC", (guild_id,)
        )
        return [_webinar(row) for row in rows]

    async def version(self, guild_id: int) -> int:
        """Return the version that lists of the network's webinars have now: higher after each change of them."""
        rows = await self._database.fetch_held(WEBINARS.version, (guild_id,))
        return rows[0]["version"] or 0

    async def listed(self, guild_id: int, since: int = 0) -> Changes[ListedWebinar]:
        """Return the network's webinars that changed after the version ``since`` (0: all), as lists show them."""
        bounds, ids, rows = await self._database.fetch_each(
            (WEBINARS.bounds, (guild_id,)),
            (WEBINARS.since, (guild_id, since)),
            (_LISTED, (guild_id, since)),
        )
        found = _listed(rows) if len(rows) <= _AT_ONCE else await asyncio.to_thread(_listed, rows)
        return changes(bounds, ids, since, found)

    async def past(self, guild_id: int, now: datetime, limit: int) -> tuple[list[Webinar], int]:
        """Return the webinars that :meth:`ahead` leaves out, the latest start first, and how many there are in all."""
        rows = await self._database.fetch(
            "SELECT * FROM webinar WHERE guild_id = ?1 AND (cancelled_at IS NOT NULL OR starts_at + minutes * 60 <= ?2)"
            " ORDER BY starts_at DESC, id DESC LIMIT ?3",
            (guild_id, int(now.timestamp()), limit),
        )
        [all_] = await self._database.fetch_held("SELECT count(*) FROM webinar WHERE guild_id = ?", (guild_id,))
        return [_webinar(row) for row in rows], all_[0] - len(await self.ahead(guild_id, now))

    async def ahead(self, guild_id: int, now: datetime, tx: Transaction | None = None) -> list[Webinar]:
        """Return the webinars that have not ended at ``now`` and are not cancelled, the next one first.

        As last committed, or as ``tx`` sees them.
        """
        rows = await (tx or self._database).fetch(
            # None lasts longer than a day: what began before is not looked at.
            "SELECT * FROM webinar WHERE guild_id = ?1 AND starts_at > ?2 - 86400 AND starts_at + minutes * 60 > ?2"
            " AND cancelled_at IS NULL ORDER BY starts_at, id",
            (guild_id, int(now.timestamp())),
        )
        return [_webinar(row) for row in rows]

    async def cancelled(self, guild_id: int, since: datetime) -> list[Webinar]:
        """Return the cancelled webinars that were to end after ``since``, the earliest first."""
        rows = await self._database.fetch(
            "SELECT * FROM webinar WHERE guild_id = ?1 AND starts_at > ?2 - 86400 AND starts_at + minutes * 60 > ?2"
            " AND cancelled_at IS NOT NULL ORDER BY starts_at, id",
            (guild_id, int(since.timestamp())),
        )
        return [_webinar(row) for row in rows]

    async def last(self, guild_id: int, now: datetime) -> Webinar | None:
        """Return the latest webinar that has begun at ``now`` and was not cancelled, or None."""
        row = await self._database.fetch_one(
            "SELECT * FROM webinar WHERE guild_id = ? AND starts_at <= ? AND cancelled_at IS NULL"
            " ORDER BY starts_at DESC, id DESC LIMIT 1",
            (guild_id, int(now.timestamp())),
        )
        return _webinar(row) if row is not None else None

    async def of_event(self, guild_id: int, event_id: int) -> Webinar | None:
        """Return the webinar that Discord's scheduled event stands for, or None."""
        row = await self._database.fetch_one(
            "SELECT * FROM webinar WHERE guild_id = ? AND event_id = ?", (guild_id, event_id)
        )
        return _webinar(row) if row is not None else None

    async def answers(self, guild_id: int, webinar_id: int) -> list[WebinarAnswer]:
        """Return every answer to a webinar, in the order of the accounts."""
        rows = await self._database.fetch(
            "SELECT * FROM webinar_answer WHERE guild_id = ? AND webinar_id = ? ORDER BY account_id",
            (guild_id, webinar_id),
        )
        return [_answer(row) for row in rows]

    async def answer_of(self, guild_id: int, webinar_id: int, account_id: int) -> WebinarAnswer | None:
        """Return what an account answered, or None."""
        row = await self._database.fetch_one(
            "SELECT * FROM webinar_answer WHERE guild_id = ? AND webinar_id = ? AND account_id = ?",
            (guild_id, webinar_id, account_id),
        )
        return _answer(row) if row is not None else None

    async def counts(self, guild_id: int, webinar_id: int) -> WebinarCounts:
        """Return how many answered what."""
        rows = await self._database.fetch(
            "SELECT answer, count(*) AS number FROM webinar_answer"
            " WHERE guild_id = ? AND webinar_id = ? AND answer IS NOT NULL GROUP BY answer",
            (guild_id, webinar_id),
        )
        return WebinarCounts(**{row["answer"]: row["number"] for row in rows})

    # Writing

    async def add(self, tx: Transaction, guild_id: int, fields: Mapping[str, WebinarValue]) -> int:
        """Write a webinar down and return its id; ``fields`` are those of :class:`Webinar` up to ``reminders``."""
        stored = _stored(fields)
        marks = ", ".join("?" for _ in stored)
        added = await tx.insert(
            f"INSERT INTO webinar (guild_id, created_at, {', '.join(stored)}) VALUES (?, ?, {marks})",
            (guild_id, tx.at, *stored.values()),
        )
        await keep_local(tx, WEBINAR_START, guild_id, added)
        await tx.audit(guild_id, "schedule", "webinar", added, fields)
        return added

    async def change(
        self, tx: Transaction, guild_id: int, webinar_id: int, sequence: int, fields: Mapping[str, WebinarValue]
    ) -> bool:
        """Set the named fields; False when somebody changed or cancelled it since it had that ``sequence``."""
        stored = _stored(fields)
        assignments = ", ".join(f"{column} = ?" for column in stored)
        done = await tx.execute(
            f"UPDATE webinar SET {assignments}, sequence = sequence + 1"
            " WHERE guild_id = ? AND id = ? AND sequence = ? AND cancelled_at IS NULL",
            (*stored.values(), guild_id, webinar_id, sequence),
        )
        await keep_local(tx, WEBINAR_START, guild_id, webinar_id)
        await tx.audit(guild_id, "change", "webinar", webinar_id, fields)
        return bool(done)

    async def cancel(self, tx: Transaction, guild_id: int, webinar_id: int, sequence: int, reason: str) -> bool:
        """Cancel a webinar; False when somebody changed or cancelled it since it had that ``sequence``."""
        done = await tx.execute(
            "UPDATE webinar SET cancelled_at = ?, cancel_reason = ?, sequence = sequence + 1"
            " WHERE guild_id = ? AND id = ? AND sequence = ? AND cancelled_at IS NULL",
            (tx.at, reason, guild_id, webinar_id, sequence),
        )
        await tx.audit(guild_id, "cancel", "webinar", webinar_id, ("cancelled_at", "cancel_reason"))
        return bool(done)

    async def record(self, tx: Transaction, guild_id: int, webinar_id: int, recording: str) -> None:
        """Write down where the recording is."""
        await tx.execute(
            "UPDATE webinar SET recording = ? WHERE guild_id = ? AND id = ?", (recording, guild_id, webinar_id)
        )
        await tx.audit(guild_id, "recording", "webinar", webinar_id, ("recording",))

    async def set_event(
        self, tx: Transaction, guild_id: int, webinar_id: int, event_id: int | None, state: EventState
    ) -> None:
        """Write down Discord's scheduled event of a webinar and what is out of step with it."""
        await tx.execute(
            "UPDATE webinar SET event_id = ?, event_state = ? WHERE guild_id = ? AND id = ?",
            (event_id, state, guild_id, webinar_id),
        )

    async def answer(
        self, tx: Transaction, guild_id: int, webinar_id: int, account_id: int, reply: WebinarReply
    ) -> None:
        """Write an account's answer down; the last one counts."""
        await tx.execute(
            "INSERT INTO webinar_answer (guild_id, webinar_id, account_id, answer, answered_at)"
            " VALUES (?, ?, ?, ?, ?) ON CONFLICT (guild_id, webinar_id, account_id)"
            " DO UPDATE SET answer = excluded.answer, answered_at = excluded.answered_at",
            (guild_id, webinar_id, account_id, reply, tx.at),
        )
        await tx.audit(guild_id, "answer", "webinar", webinar_id, ("answer",))

    async def ask_recording(self, tx: Transaction, guild_id: int, webinar_id: int, account_id: int) -> None:
        """Write down that an account asked for the recording."""
        await tx.execute(
            "INSERT INTO webinar_answer (guild_id, webinar_id, account_id, answered_at, wants_recording)"
            " VALUES (?, ?, ?, ?, 1) ON CONFLICT (guild_id, webinar_id, account_id) DO UPDATE SET wants_recording = 1",
            (guild_id, webinar_id, account_id, tx.at),
        )
        await tx.audit(guild_id, "answer", "webinar", webinar_id, ("wants_recording",))


def _stored(fields: Mapping[str, WebinarValue]) -> dict[str, str | int]:
    return {_COLUMNS[name]: _cell(value) for name, value in fields.items()}


def _cell(value: WebinarValue) -> str | int:
    match value:
        case datetime():
            return int(value.timestamp())
        case timedelta():
            return int(value.total_seconds()) // 60
        case tuple():
            return json.dumps(value)
        case _:
            return value


def _webinar(row: sqlite3.Row) -> Webinar:
    cancelled_at = row["cancelled_at"]
    return Webinar(
        id=row["id"],
        guild_id=row["guild_id"],
        title=row["title"],
        starts_at=datetime.fromtimestamp(row["starts_at"], UTC),
        length=timedelta(minutes=row["minutes"]),
        timezone=row["timezone"],
        link=row["link"],
        description=row["description"],
        speakers=row["speakers"],
        languages=tuple(json.loads(row["languages"])),
        reminders=row["reminders"],
        sequence=row["sequence"],
        cancelled_at=datetime.fromtimestamp(cancelled_at, UTC) if cancelled_at is not None else None,
        cancel_reason=row["cancel_reason"],
        recording=row["recording"],
        event_id=row["event_id"],
        event_state=row["event_state"],
    )


def _listed(rows: Iterable[sqlite3.Row]) -> dict[int, ListedWebinar]:
    return {row["id"]: _listed_webinar(row) for row in rows}


def _listed_webinar(row: sqlite3.Row) -> ListedWebinar:
    starts_at, cancelled_at = datetime.fromtimestamp(row["starts_at"], UTC), row["cancelled_at"]
    return ListedWebinar(
        id=row["id"],
        title=row["title"],
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=row["minutes"]),
        cancelled_at=datetime.fromtimestamp(cancelled_at, UTC) if cancelled_at is not None else None,
    )


def _answer(row: sqlite3.Row) -> WebinarAnswer:
    return WebinarAnswer(
        account_id=row["account_id"],
        reply=row["answer"],
        answered_at=datetime.fromtimestamp(row["answered_at"], UTC),
        wants_recording=bool(row["wants_recording"]),
    )
