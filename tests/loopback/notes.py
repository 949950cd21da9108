"""An extension of the tests' own: notes that say all of themselves in their payload.

``people`` are the ids of the persons whom a note to people is for, ``until`` the Unix second at which it lapses.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import ClassVar, cast

from bot.app import Focalbot
from bot.outbox import EmailText, Message, RecordlessSubject, Standing
from bot.texts import Reader, Text, t
from storage.outbox.models import OutboxRow

NAME = "note"
SENTENCE = "Note "


class Notes(RecordlessSubject):
    """Answers for the notes."""

    name: ClassVar[str] = NAME

    async def standing(self, row: OutboxRow) -> Standing | None:
        until = cast(int | None, row.payload.get("until"))
        return Standing(datetime.fromtimestamp(until, UTC) if until is not None else None)

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        return Message(f"{SENTENCE}{row.subject_id}")

    async def title(self, row: OutboxRow) -> Text:
        return t("{number}", number=row.subject_id)

    def has_email_text(self, row: OutboxRow) -> bool:
        return True

    async def email_text(self, row: OutboxRow, reader: Reader) -> EmailText:
        return EmailText(t("a note"), [t("{number}", number=row.subject_id)])

    async def people(self, row: OutboxRow) -> Sequence[int]:
        return cast(list[int], row.payload["people"])


async def setup(bot: Focalbot) -> None:
    bot.services.outbox.register(Notes())
