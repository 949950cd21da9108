"""The overview as a CSV file."""

from collections.abc import Sequence
from typing import Final

from bot.csvfiles import file_of
from bot.names.delegation_names import called
from bot.texts import Reader
from cogs.members.directory.cards import person_name
from cogs.members.overview.rules import Concern
from cogs.members.sentences import ROLES

COLUMNS: Final = ("concern", "delegation", "name", "person", "role", "since")


def overview_file(found: Sequence[Concern], reader: Reader) -> bytes:
    """Return the file, a row for each concern."""
    return file_of([_cells(concern, reader) for concern in found], COLUMNS)


def _cells(concern: Concern, reader: Reader) -> tuple[str, ...]:
    holder = concern.holder
    return (
        concern.finding,
        concern.delegation.code,
        called(concern.delegation, reader.language),
        person_name(holder, concern.delegation, reader) if holder is not None else "",
        reader.label(ROLES[holder.appointment.role]) if holder is not None else "",
        concern.since.isoformat() if concern.since is not None else "",
    )
