from typing import ClassVar

from bot.commands import Command
from bot.names.delegation_names import called
from bot.outbox import Message, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Reader, Text, t
from storage.members.models import Delegation
from storage.outbox.models import OutboxRow


class ErasureMessages(RecordlessSubject):
    """Tells the secretariat that somebody of a delegation is gone, without saying who."""

    name: ClassVar[str] = "erasure"

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """It is owed while the delegation is there."""
        return Standing() if await self._seat(row) is not None else None

    async def title(self, row: OutboxRow) -> Text:  # noqa: ARG002 - the same for all
        """Name the line for lists."""
        return t("To the secretariat: somebody had their data erased")

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say which delegation to write to."""
        seat = await self._seat(row)
        said = t(
            "Somebody who spoke for {delegation} had their data erased, and the term has ended: {command} appoints the"
            " next.",
            delegation=called(seat, reader.language) if seat is not None else "?",
            command=Command("member appoint"),
        )
        return Message(reader.say(said))

    async def _seat(self, row: OutboxRow) -> Delegation | None:
        seats = await self._services.members.delegations(row.guild_id)
        return next((seat for seat in seats if seat.id == row.subject_id), None)
