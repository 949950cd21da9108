from typing import Annotated, Self

from bot.access import Asker
from bot.commands import Command
from bot.errors import NotFoundError
from bot.outbox.reference import nonce_of
from bot.texts import Reader, Text, t
from bot.ui import Context, PersistentButton
from bot.ui.state import LARGEST
from storage.outbox.models import OutboxRow


class DetailsButton(PersistentButton, custom_id="owed:{guild_id}:{row_id}:{nonce}"):
    """What a message of the outbox is about, and why it came: for the person who presses it, in private.

    Its custom_id is how a message says which row it is, whatever the reader's settings hide.
    """

    guild_id: int
    row_id: int
    nonce: Annotated[str, r"[A-Z2-7]{25}"]

    @classmethod
    def under(cls, row: OutboxRow, salt: bytes, reader: Reader) -> Self:
        """Return the button for a row's message."""
        return cls(row.guild_id, row.id & LARGEST, nonce_of(row, salt)).labelled(reader.label(t("Details")))

    async def on_press(self, context: Context) -> None:
        """Show the message as its subject is now, and say why it came."""
        outbox = context.services.outbox
        row = await outbox.rows.row(context.guild_id, _row_id(self.row_id))
        subject = outbox.subject(row.subject) if row is not None else None
        if (
            row is None
            or subject is None
            or nonce_of(row, outbox.salt) != self.nonce
            or not _concerns(row, context.asker)
        ):
            raise NotFoundError(t("There is no record of this message any more."))
        row = await subject.loaded(row)
        message = await subject.message(row, context.reader)
        why = await subject.why(row) or _why(row)
        embeds = [message.card] if message.card is not None else []
        await context.answer(f"{message.sentence}\n{context.say(why)}"[:2000], embeds=embeds)


def _row_id(written: int) -> int:
    """Return the row's id as it was before it was written without its sign."""
    return written if written <= LARGEST // 2 else written - LARGEST - 1


def _concerns(row: OutboxRow, asker: Asker) -> bool:
    if row.person_id is not None:
        return asker.person is not None and asker.person.id == row.person_id
    return row.account_id is None or row.account_id == asker.account_id


def _why(row: OutboxRow) -> Text:
    if row.person_id is not None:
        return t(
            "You get this because it concerns you and you accept direct messages; {command} changes that.",
            command=Command("settings reminders"),
        )
    if row.account_id is not None:
        return t("You get this because you asked for a test.")
    return t("This is for everybody who can read the channel.")
