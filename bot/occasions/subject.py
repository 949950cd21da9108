"""What an occasion says: its record is loaded once for a row, as it is or as a proposal would make it."""

from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from bot.occasions.proposal import PROPOSED
from bot.occasions.record import Record, merged, unpacked
from bot.outbox import LoadedRow, RecordGoneError, Standing, Subject
from bot.services import Services
from storage.outbox.models import OutboxRow

_Record = TypeVar("_Record", bound=Record)


class OccasionSubject(Subject[_Record]):
    """Answers for the messages of one kind of occasion."""

    record: ClassVar[type[Any]]
    """The dataclass of the record."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @abstractmethod
    async def get(self, guild_id: int, record_id: int) -> _Record | None:
        """Return the record, or None where there is none."""

    @abstractmethod
    def unsaved(self, guild_id: int, values: Mapping[str, Any]) -> _Record:
        """Return the record that ``values`` will make."""

    @abstractmethod
    async def owed(self, row: LoadedRow[_Record]) -> Standing | None:
        """Return until when a message that was sent for makes sense; None where it is not owed any more."""

    async def load(self, row: OutboxRow) -> _Record:
        """Return the row's record; for the test of a proposal, the record as it would be."""
        proposed = unpacked(self.record, row.payload.get(PROPOSED, {}))
        if not row.subject_id:
            return self.unsaved(row.guild_id, proposed)
        record = await self.get(row.guild_id, row.subject_id)
        if record is None:
            raise RecordGoneError(f"{self.name} {row.subject_id}")
        return merged(record, proposed)

    async def standing(self, row: LoadedRow[_Record]) -> Standing | None:
        """Tell until when the message makes sense; a test always does."""
        return Standing() if PROPOSED in row.payload else await self.owed(row)
