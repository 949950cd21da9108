"""Which rows changed since they were last read: triggers write it down, so that what holds rows reads only those."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Row
from typing import Final, Generic, TypeVar

Changed = TypeVar("Changed")


@dataclass(frozen=True, slots=True)
class Changes(Generic[Changed]):
    """What changed in a network after some version, and the ``version`` that it has now.

    ``rows`` are by id, as they are now; None where one is gone. ``is_all``: no other rows are there.
    """

    version: int
    is_all: bool
    rows: Mapping[int, Changed | None]


@dataclass(frozen=True, slots=True)
class ChangeLog:
    """A table that has for each row of another the version of its last change: later changes have higher ones."""

    table: str
    column: str

    @property
    def version(self) -> str:
        """The statement for the version of a network (``?1``): None where it has had no rows."""
        return f"SELECT max(version) AS version FROM {self.table} WHERE guild_id = ?1"

    @property
    def bounds(self) -> str:
        """The statement for the lowest and the highest version of a network (``?1``)."""
        return (
            f"SELECT (SELECT min(version) FROM {self.table} WHERE guild_id = ?1) AS first,"
            f" (SELECT max(version) FROM {self.table} WHERE guild_id = ?1) AS last"
        )

    @property
    def since(self) -> str:
        """The statement for the ids of a network (``?1``) that changed after a version (``?2``)."""
        return f"SELECT {self.column} AS id FROM {self.table} WHERE guild_id = ?1 AND version > ?2"


SEATS: Final = ChangeLog("seat_change", "delegation_id")
WEBINARS: Final = ChangeLog("webinar_change", "webinar_id")


def changes(bounds: Sequence[Row], ids: Sequence[Row], since: int, found: Mapping[int, Changed]) -> Changes[Changed]:
    """Put together what :attr:`ChangeLog.bounds` and :attr:`ChangeLog.since` say, and the rows that were ``found``."""
    first, last = bounds[0]["first"], bounds[0]["last"]
    rows: dict[int, Changed | None] = {row["id"]: found.get(row["id"]) for row in ids}
    # Where even the oldest change is newer, nothing else is there: also after a network was erased and came again.
    return Changes(last or 0, first is None or first > since, rows)
