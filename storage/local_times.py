"""Local times as they were announced, and the instants that follow from them.

An instant is written by its room, with the time zone data in force; :func:`keep_local` writes its local time beside it.
When other data are in force, :meth:`LocalTimesRepository.work_out_again` goes the other way: 15:00 stays 15:00.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from storage.database import Database, Transaction

_OF_MEETING: Final = "(SELECT m.{} FROM meeting AS m WHERE m.guild_id = t.guild_id AND m.id = t.meeting_id)"
_OF_POLL: Final = "(SELECT p.{} FROM poll AS p WHERE p.guild_id = t.guild_id AND p.id = t.poll_id)"


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A column that holds an instant, with ``{instant}_local`` and ``{instant}_fold`` beside it.

    ``subject`` is the outbox's name of what is announced, ``owner`` the column with its id, ``keys`` those that find
    the row within its network. ``zone`` and ``is_live`` are SQL of the row ``t``: its IANA zone, and whether what is
    announced may still change; ``is_announced``: whether members know of it. A deadline is never made earlier.
    """

    subject: str
    table: str
    instant: str
    owner: str = "id"
    keys: tuple[str, ...] = ("id",)
    zone: str = "t.timezone"
    is_live: str = "t.cancelled_at IS NULL"
    is_deadline: bool = False
    has_sequence: bool = True
    is_announced: str = "1"

    @property
    def name(self) -> str:
        """What tells it from the others: ``table.column``."""
        return f"{self.table}.{self.instant}"


WEBINAR_START: Final = LocalTime("webinar", "webinar", "starts_at")
REGISTRATION_DEADLINE: Final = LocalTime("meeting", "meeting", "register_by", is_deadline=True)
SESSION_START: Final = LocalTime(
    "meeting",
    "meeting_session",
    "starts_at",
    owner="meeting_id",
    zone=_OF_MEETING.format("timezone"),
    is_live=f"t.removed_at IS NULL AND {_OF_MEETING.format('cancelled_at')} IS NULL",
)
POLL_CLOSE: Final = LocalTime("poll", "poll", "closes_at", is_live="t.state = 'open'", is_deadline=True)
POLL_OPTION: Final = LocalTime(
    "poll",
    "poll_option",
    "at",
    owner="poll_id",
    keys=("poll_id", "number"),
    zone=_OF_POLL.format("timezone"),
    is_live=f"{_OF_POLL.format('state')} = 'open'",
    has_sequence=False,
)
DECISION_EXPIRY: Final = LocalTime(
    "decision", "decision", "expires_at", is_live="t.state = 'open'", is_deadline=True, has_sequence=False
)
STATEMENT_CLOSE: Final = LocalTime(
    "statement",
    "statement",
    "closes_at",
    is_live="t.state IN ('draft', 'final', 'open')",
    is_deadline=True,
    is_announced="t.state <> 'draft'",
)
LOCAL_TIMES: Final = (
    WEBINAR_START,
    REGISTRATION_DEADLINE,
    SESSION_START,
    POLL_CLOSE,
    POLL_OPTION,
    DECISION_EXPIRY,
    STATEMENT_CLOSE,
)


@dataclass(frozen=True, slots=True)
class MovedTime:
    """An instant that follows differently from its local time by other data. ``name`` is the :class:`LocalTime`'s.

    ``old`` and ``new`` are UTC seconds. Where they are equal, the local time is another: of a deadline that would have
    come earlier and kept its instant, or of a time that clocks leave out now. ``is_announced``: members know of it.
    """

    guild_id: int
    subject: str
    subject_id: int
    name: str
    old: int
    new: int
    zone: str
    is_announced: bool = True


async def keep_local(tx: Transaction, time: LocalTime, guild_id: int, owner_id: int) -> None:
    """Write down which local times the instants of ``owner_id`` show: after each change of them or of their zone."""
    await _keep(tx, time, guild_id, time.owner, owner_id)


async def keep_local_of(tx: Transaction, time: LocalTime, guild_id: int, ids: Iterable[int]) -> None:
    """Do the same for rows by their own ids."""
    for row_id in ids:
        await _keep(tx, time, guild_id, "id", row_id)


def without_local(row: sqlite3.Row) -> dict[str, Any]:
    """Return a row's columns but those beside an instant, which are nobody's but this module's."""
    return {name: row[name] for name in row.keys() if not name.endswith(("_local", "_fold"))}  # noqa: SIM118 - no dict


async def _keep(tx: Transaction, time: LocalTime, guild_id: int, column: str, value: int) -> None:
    rows = await tx.fetch(
        f"SELECT {', '.join(time.keys)}, t.{time.instant} AS instant, {time.zone} AS zone FROM {time.table} AS t"
        f" WHERE t.guild_id = ? AND t.{column} = ?",
        (guild_id, value),
    )
    where = " AND ".join(f"{key} = ?" for key in time.keys)
    await tx.execute_many(
        f"UPDATE {time.table} SET {time.instant}_local = ?, {time.instant}_fold = ? WHERE guild_id = ? AND {where}",
        [(*_local(row["instant"], row["zone"]), guild_id, *(row[key] for key in time.keys)) for row in rows],
    )


class LocalTimesRepository:
    """Works instants out again when other time zone data are in force."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def noted_version(self) -> str:
        """Return the version of the data that the instants follow from; empty where it is unknown."""
        row = await self._database.fetch_one("SELECT version FROM zone_data")
        return row["version"] if row is not None else ""

    async def note_version(self, tx: Transaction, version: str) -> None:
        """Write down the version of the data that the instants follow from now."""
        await tx.execute("UPDATE zone_data SET version = ?", (version,))

    async def work_out_again(self, tx: Transaction) -> list[MovedTime]:
        """Let every instant ahead that may still change follow from its local time; return those that are different.

        A time that clocks leave out goes forward. A deadline that would come earlier keeps its instant and gets
        another local time.
        """
        return [moved for time in LOCAL_TIMES for moved in await self._work_out(tx, time)]

    async def _work_out(self, tx: Transaction, time: LocalTime) -> list[MovedTime]:
        rows = await tx.fetch(
            f"SELECT t.guild_id, {', '.join(f't.{key}' for key in time.keys)}, t.{time.owner} AS owner_id,"
            f" t.{time.instant} AS instant, t.{time.instant}_local AS local, t.{time.instant}_fold AS fold,"
            f" {time.zone} AS zone, {time.is_announced} AS is_announced FROM {time.table} AS t"
            f" WHERE t.{time.instant}_local IS NOT NULL AND {time.is_live}",
        )
        where = " AND ".join(f"{key} = ?" for key in ("guild_id", *time.keys))
        raised = ", sequence = sequence + 1" if time.has_sequence else ""
        found: list[MovedTime] = []
        for row in rows:
            old, derived = row["instant"], _instant(row["local"], row["fold"], row["zone"])
            new = max(old, derived) if time.is_deadline else derived
            local = _local(new, row["zone"])
            if (new, *local) == (old, row["local"], row["fold"]) or max(old, new) <= tx.at:
                continue
            await tx.execute(
                f"UPDATE {time.table} SET {time.instant} = ?, {time.instant}_local = ?, {time.instant}_fold = ?{raised}"
                f" WHERE {where}",
                (new, *local, row["guild_id"], *(row[key] for key in time.keys)),
            )
            about = (row["guild_id"], time.subject, row["owner_id"], time.name)
            found.append(MovedTime(*about, old, new, row["zone"], bool(row["is_announced"])))
        return found


def _local(seconds: int | None, zone: str) -> Sequence[str | int | None]:
    if seconds is None:
        return None, 0
    local = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone))
    return local.replace(tzinfo=None, fold=0).isoformat(), local.fold


def _instant(local: str, fold: int, zone: str) -> int:
    wall, info = datetime.fromisoformat(local), ZoneInfo(zone)
    instant = wall.replace(tzinfo=info, fold=fold).astimezone(UTC)
    if instant.astimezone(info).replace(tzinfo=None, fold=0) != wall:
        # No clock shows it. With fold 0 it is counted from before the change, which gives a later time after it.
        instant = wall.replace(tzinfo=info).astimezone(UTC)
    return int(instant.timestamp())
