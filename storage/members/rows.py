"""What the rows of the directory's tables mean, as the repositories select them."""

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, date, datetime

from storage.members.models import Appointment, Delegation, Holder, Person, SteeringTerm


def delegation_of_row(row: sqlite3.Row, names: Mapping[str, str]) -> Delegation:
    """Return the delegation; ``names`` are the secretariat's own names for it, by language."""
    return Delegation(
        id=row["id"],
        guild_id=row["guild_id"],
        code=row["code"],
        kind=row["kind"],
        joined_on=_day(row["joined_on"]),
        left_on=_day(row["left_on"]),
        names=names,
    )


def steering_term_of_row(row: sqlite3.Row) -> SteeringTerm:
    """Return the term in the steering group."""
    return SteeringTerm(
        id=row["id"],
        guild_id=row["guild_id"],
        delegation_id=row["delegation_id"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=_day(row["ends_on"]),
    )


def holder_of_row(row: sqlite3.Row) -> Holder:
    """Return the person and the post that a row of :meth:`MembersRepository.holder_rows` holds."""
    return Holder(person_of_row(row, row["person_id"]), appointment_of_row(row))


def person_of_row(row: sqlite3.Row, person_id: int | None = None) -> Person:
    """Return the person; ``person_id`` is their id where their columns are in a row beside another table's."""
    returned_at = row["email_returned_at"]
    return Person(
        id=person_id if person_id is not None else row["id"],
        guild_id=row["guild_id"],
        name=row["name"],
        email=row["email"],
        phone=row["phone"],
        languages=tuple(json.loads(row["languages"])),
        expertise=tuple(json.loads(row["expertise"])),
        timezone=row["timezone"],
        visibility=row["visibility"],
        account_id=row["account_id"],
        email_returned_at=datetime.fromtimestamp(returned_at, UTC) if returned_at is not None else None,
        email_allowed=bool(row["email_allowed"]),
        channel=row["channel"],
        language=row["language"],
    )


def appointment_of_row(row: sqlite3.Row) -> Appointment:
    """Return the appointment."""
    return Appointment(
        id=row["id"],
        guild_id=row["guild_id"],
        delegation_id=row["delegation_id"],
        person_id=row["person_id"],
        role=row["role"],
        title=row["title"],
        ministry=row["ministry"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=_day(row["ends_on"]),
        place=row["place"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None
