"""Who answered what, as CSV."""

from collections.abc import Sequence
from datetime import UTC
from typing import Final

from bot import csvfiles
from bot.names.delegation_names import called
from bot.texts import Reader
from cogs.webinars.attendees.rules import Attendee

COLUMNS: Final = ("delegation", "name", "person", "role", "answer", "answered_at", "wants_recording")


def file_of(attendees: Sequence[Attendee], reader: Reader) -> bytes:
    """Return all answers as a CSV file."""
    return csvfiles.file_of((_cells(one, reader) for one in attendees), COLUMNS)


def _cells(one: Attendee, reader: Reader) -> tuple[str, ...]:
    delegation = one.seat.delegation if one.seat is not None else None
    return (
        delegation.code if delegation is not None else "",
        called(delegation, reader.language) if delegation is not None else "",
        one.holder.person.name if one.holder is not None else "",
        one.holder.appointment.role if one.holder is not None else "",
        one.answer.reply or "",
        one.answer.answered_at.astimezone(UTC).isoformat(timespec="seconds"),
        "yes" if one.answer.wants_recording else "no",
    )
