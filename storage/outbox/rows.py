"""How a row of the outbox is read from the database."""

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any, Final

from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, SentBy

COLUMNS: Final = (
    "o.id, o.guild_id, o.subject, o.subject_id, o.kind, o.occurrence, o.target, o.parent_id, o.planned, o.payload,"
    " o.state, o.reason, o.due_at, o.deadline, o.wake_at, o.attempts, o.attempted_at, o.called_off, o.channel_id,"
    " o.failures, o.hung, o.send_unproven, o.refused_directly, o.told_in IS NOT NULL AS alerted,"
    " o.after_id, o.message_id, o.settled_at, o.sent_by, o.generation, o.email_step, o.address"
)
_AS_STORED: Final = (
    *("id", "guild_id", "subject", "subject_id", "kind", "occurrence", "target", "reason", "parent_id", "attempts"),
    *("failures", "channel_id", "after_id", "message_id", "generation", "email_step", "address"),
)
_FLAGS: Final = ("planned", "hung", "send_unproven", "refused_directly", "called_off", "alerted")
_INSTANTS: Final = ("due_at", "deadline", "wake_at", "attempted_at", "settled_at")


def seconds(at: datetime) -> int:
    """Return an aware instant as UTC seconds, the fraction cut off."""
    return int(at.timestamp())


def instant(at: int | None) -> datetime | None:
    """Return UTC seconds as an aware instant."""
    return datetime.fromtimestamp(at, UTC) if at is not None else None


def as_row(row: sqlite3.Row | None) -> OutboxRow | None:
    """Return what a row of the outbox means, or None for none."""
    return row_of(row) if row is not None else None


def row_of(row: sqlite3.Row) -> OutboxRow:
    """Return what a row of the outbox means."""
    values: dict[str, Any] = {name: row[name] for name in _AS_STORED}
    values |= {name: bool(row[name]) for name in _FLAGS}
    values |= {name: instant(row[name]) for name in _INSTANTS}
    values["state"] = OutboxState(row["state"])
    values["payload"] = json.loads(row["payload"])
    values["sent_by"] = SentBy(row["sent_by"]) if row["sent_by"] is not None else None
    return OutboxRow(**values)
