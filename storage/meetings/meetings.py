import json
import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any, Final, cast
from uuid import uuid4

from storage.database import Database, Transaction
from storage.event_state import EventState
from storage.local_times import REGISTRATION_DEADLINE, SESSION_START, keep_local, without_local
from storage.meetings.models import (
    Meeting,
    MeetingKind,
    MeetingRegion,
    MeetingValue,
    NumberTakenError,
    RecordedMeeting,
)

_FIELDS: Final = frozenset(
    {
        "number",
        "starts_on",
        "ends_on",
        "city",
        "country",
        "timezone",
        "theme",
        "hosts",
        "partners",
        "register_by",
        "reminders",
        "panelists",
        "observers",
        "kind",
        "region",
        "is_public",
    }
)
_SELECT: Final = (
    "SELECT m.*, (SELECT json_group_array(i.code) FROM invited_delegation AS i WHERE i.guild_id = m.guild_id"
    " AND i.meeting_id = m.id) AS invited FROM meeting AS m"
)
_IN_CALENDARS: Final = frozenset(
    {"number", "starts_on", "ends_on", "city", "country", "timezone", "theme", "hosts", "register_by"}
)
"""The fields whose change a calendar that holds the meeting has to hear of."""


class MeetingsRepository:
    """Meetings of every kind: those ahead and those on record."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Reading

    async def all(self, guild_id: int, tx: Transaction | None = None) -> list[Meeting]:
        """Return every meeting of the network, cancelled ones too, the latest first.

        As last committed, or as ``tx`` sees them.
        """
        rows = await (tx or self._database).fetch(
            f"{_SELECT} WHERE guild_id = ? ORDER BY starts_on DESC, id DESC", (guild_id,)
        )
        return [_meeting(row) for row in rows]

    async def get(self, guild_id: int, meeting_id: int) -> Meeting | None:
        """Return a meeting of this network, or None."""
        row = await self._database.fetch_one(f"{_SELECT} WHERE guild_id = ? AND id = ?", (guild_id, meeting_id))
        return _meeting(row) if row is not None else None

    async def next_number(self, guild_id: int, kind: MeetingKind, region: MeetingRegion | None) -> int | None:
        """Return the number after the highest one of the kind and region; None where no such meeting has a number."""
        row = await self._database.fetch_one(
            "SELECT max(number) + 1 FROM meeting WHERE guild_id = ? AND kind = ? AND region IS ?"
            " AND cancelled_at IS NULL",
            (guild_id, kind, region),
        )
        return row[0] if row is not None else None

    async def of_event(self, guild_id: int, event_id: int) -> Meeting | None:
        """Return the meeting that Discord's scheduled event stands for, or None."""
        row = await self._database.fetch_one(f"{_SELECT} WHERE guild_id = ? AND event_id = ?", (guild_id, event_id))
        return _meeting(row) if row is not None else None

    # Writing

    async def add(self, tx: Transaction, guild_id: int, **fields: MeetingValue) -> int:
        """Add a meeting and return its id. ``fields`` are those of :class:`Meeting`. Raises NumberTakenError."""
        invited = cast(tuple[str, ...], fields.get("invited", ()))
        values = _stored({name: value for name, value in fields.items() if name != "invited"})
        columns = ", ".join(values)
        marks = ", ".join("?" for _ in values)
        try:
            added = await tx.insert(
                f"INSERT INTO meeting (guild_id, uid, {columns}) VALUES (?, ?, {marks})",
                (guild_id, uuid4().hex, *values.values()),
            )
        except sqlite3.IntegrityError as error:
            raise _named(error) from error
        await self._invite(tx, guild_id, added, invited)
        await keep_local(tx, REGISTRATION_DEADLINE, guild_id, added)
        await tx.audit(guild_id, "plan", "meeting", added, fields)
        return added

    async def invite(self, tx: Transaction, guild_id: int, meeting_id: int, code: str) -> bool:
        """Invite a delegation; False when it was invited already."""
        invited = await self._invite(tx, guild_id, meeting_id, (code,))
        await tx.audit(guild_id, f"invite {code}", "meeting", meeting_id, ("invited",))
        return bool(invited)

    async def uninvite(self, tx: Transaction, guild_id: int, meeting_id: int, code: str) -> bool:
        """Take a delegation's invitation back; False when it was not invited. Its registration is kept, uncounted."""
        removed = await tx.execute(
            "DELETE FROM invited_delegation WHERE guild_id = ? AND meeting_id = ? AND code = ?",
            (guild_id, meeting_id, code),
        )
        await tx.audit(guild_id, f"uninvite {code}", "meeting", meeting_id, ("invited",))
        return bool(removed)

    async def _invite(self, tx: Transaction, guild_id: int, meeting_id: int, codes: Iterable[str]) -> int:
        added = 0
        for code in codes:
            added += await tx.execute(
                "INSERT INTO invited_delegation (guild_id, meeting_id, code) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                (guild_id, meeting_id, code),
            )
        return added

    async def change(self, tx: Transaction, guild_id: int, meeting_id: int, **fields: MeetingValue) -> None:
        """Set the named fields; what calendars show raises the sequence. Raises NumberTakenError."""
        values = _stored(fields)
        assignments = "".join(f"{name} = ?, " for name in values)
        try:
            await tx.execute(
                f"UPDATE meeting SET {assignments} sequence = sequence + ? WHERE guild_id = ? AND id = ?",
                (*values.values(), int(bool(_IN_CALENDARS & fields.keys())), guild_id, meeting_id),
            )
        except sqlite3.IntegrityError as error:
            raise _named(error) from error
        await keep_local(tx, REGISTRATION_DEADLINE, guild_id, meeting_id)
        # Its sessions are held in its zone.
        await keep_local(tx, SESSION_START, guild_id, meeting_id)
        await tx.audit(guild_id, "change", "meeting", meeting_id, fields)

    async def cancel(self, tx: Transaction, guild_id: int, meeting_id: int, reason: str) -> bool:
        """Cancel a meeting; False when it was cancelled already."""
        changed = await tx.execute(
            "UPDATE meeting SET cancelled_at = ?, cancel_reason = ?, sequence = sequence + 1"
            " WHERE guild_id = ? AND id = ? AND cancelled_at IS NULL",
            (tx.at, reason, guild_id, meeting_id),
        )
        await tx.audit(guild_id, "cancel", "meeting", meeting_id, ("cancelled_at", "cancel_reason"))
        return bool(changed)

    async def set_event(
        self, tx: Transaction, guild_id: int, meeting_id: int, event_id: int | None, state: EventState
    ) -> None:
        """Write down Discord's scheduled event of a meeting and what is out of step with it."""
        await tx.execute(
            "UPDATE meeting SET event_id = ?, event_state = ? WHERE guild_id = ? AND id = ?",
            (event_id, state, guild_id, meeting_id),
        )
        await tx.audit(guild_id, "event", "meeting", meeting_id, ("event_id",))

    async def add_recorded(self, tx: Transaction, guild_id: int, meetings: Iterable[RecordedMeeting]) -> int:
        """Add the past meetings whose number the network does not have yet; return how many were added."""
        rows = await tx.fetch("SELECT kind, region, number FROM meeting WHERE guild_id = ?", (guild_id,))
        held = {tuple(row) for row in rows}
        missing = [one for one in meetings if (one.kind, one.region, one.number) not in held]
        for meeting in missing:
            await self._record(tx, guild_id, meeting)
        return len(missing)

    async def _record(self, tx: Transaction, guild_id: int, meeting: RecordedMeeting) -> None:
        added = await tx.insert(
            "INSERT INTO meeting (guild_id, uid, kind, region, number, starts_on, ends_on, city, country, timezone,"
            " theme, hosts, partners, countries, countries_more_than, panelists, observers, source, is_recorded)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
            (
                guild_id,
                uuid4().hex,
                meeting.kind,
                meeting.region,
                meeting.number,
                meeting.starts_on.isoformat(),
                meeting.ends_on.isoformat(),
                meeting.city,
                meeting.country,
                meeting.timezone,
                meeting.theme,
                json.dumps(meeting.hosts),
                json.dumps(meeting.partners, ensure_ascii=False),
                meeting.countries,
                meeting.countries_more_than,
                meeting.panelists,
                meeting.observers,
                meeting.source,
            ),
        )
        came = [(c, "capital") for c in meeting.from_capital] + [(c, "mission") for c in meeting.from_mission]
        await tx.execute_many(
            "INSERT INTO registration (guild_id, meeting_id, code, attendance, representative, source, changed_at)"
            " VALUES (?, ?, ?, 'in_person', ?, 'record', ?)",
            [(guild_id, added, code, whence, tx.at) for code, whence in came],
        )
        await tx.audit(guild_id, "record", "meeting", added, ("number", "starts_on", "ends_on", "city", "hosts"))


def _stored(fields: Mapping[str, MeetingValue]) -> dict[str, str | int | None]:
    unknown = fields.keys() - _FIELDS
    if unknown:
        raise ValueError(f"no such fields of a meeting: {unknown}")
    return {name: _cell(value) for name, value in fields.items()}


def _cell(value: MeetingValue) -> str | int | None:
    match value:
        case tuple():
            return json.dumps(value, ensure_ascii=False)
        case datetime():
            return int(value.timestamp())
        case date():
            return value.isoformat()
        case _:
            return value


def _named(error: sqlite3.IntegrityError) -> Exception:
    return NumberTakenError() if "meeting_number" in str(error) else error


def _instant(seconds: int | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None


def _meeting(row: sqlite3.Row) -> Meeting:
    values: dict[str, Any] = {
        **without_local(row),
        "starts_on": date.fromisoformat(row["starts_on"]),
        "ends_on": date.fromisoformat(row["ends_on"]),
        "hosts": tuple(json.loads(row["hosts"])),
        "partners": tuple(json.loads(row["partners"])),
        "register_by": _instant(row["register_by"]),
        "is_recorded": bool(row["is_recorded"]),
        "is_public": bool(row["is_public"]),
        "invited": tuple(sorted(json.loads(row["invited"]))),
        "cancelled_at": _instant(row["cancelled_at"]),
    }
    return Meeting(**values)
