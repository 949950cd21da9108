from typing import Any, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.errors import NotFoundError
from bot.outbox.reference import nonce_of
from bot.texts import Markdown, Reader, Text, t
from bot.ui import StoredButton, answer, host_of
from storage.models import OutboxRow


class DetailsButton(StoredButton, template=r"owed:(?P<network>\d+):(?P<row_id>\d+):(?P<nonce>[A-Z2-7]{25})"):
    """What a message of the outbox is about, and why it came: for whoever presses it, in private.

    Its custom_id is how a message says which row it is, whatever the reader's settings hide.
    """

    level = Level.EVERYBODY

    def __init__(self, network: int, row_id: int, nonce: str, *, label: str = "") -> None:
        super().__init__(
            ui.Button[Any](
                custom_id=f"owed:{network}:{row_id}:{nonce}", label=label, style=discord.ButtonStyle.secondary
            )
        )
        self.network = network
        self.row_id = row_id
        self.nonce = nonce

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["network"]), int(state["row_id"]), state["nonce"])

    @classmethod
    def under(cls, row: OutboxRow, salt: bytes, reader: Reader) -> Self:
        """Return the button for a row's message."""
        return cls(row.guild_id, row.id, nonce_of(row, salt), label=reader.label(t("Details")))

    def guild_id(self) -> int | None:
        """Return the network of the row: the button works in direct messages too."""
        return self.network

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Show the message as its subject is now, and say why it came."""
        outbox = host_of(interaction).services.outbox
        row = await outbox.rows.row(asker.guild_id, self.row_id)
        subject = outbox.subject(row.subject) if row is not None else None
        if row is None or subject is None or nonce_of(row, outbox.salt) != self.nonce or not _concerns(row, asker):
            raise NotFoundError(
                t("There is no record of this message any more; the secretariat can tell you what it was about.")
            )
        message = await subject.message(row, asker.reader)
        why = await subject.why(row) or _why(row)
        await answer(
            interaction,
            f"{message.sentence}\n{asker.reader.say(why)}"[:2000],
            embeds=[message.card] if message.card is not None else [],
        )


def _concerns(row: OutboxRow, asker: Asker) -> bool:
    if row.person_id is not None:
        return asker.person is not None and asker.person.id == row.person_id
    return row.account_id is None or row.account_id == asker.account_id


def _why(row: OutboxRow) -> Text:
    if row.person_id is not None:
        return t(
            "You get this because it concerns you and you accept direct messages; {command} changes that.",
            command=Markdown("`/settings reminders`"),
        )
    if row.account_id is not None:
        return t("You get this because you asked for a test.")
    return t("This is for everybody who can read the channel.")
