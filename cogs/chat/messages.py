from typing import ClassVar, Final

import discord

from bot.outbox import Message, RecordlessSubject, Standing
from bot.previews.recipients import names_of
from bot.services import Services
from bot.texts import Reader, Text, clipped, escaped, t
from storage.outbox.models import OutboxRow

SUBJECT: Final = "chat"
PASSED_ON: Final = "passed_on"


class ChatMessages(RecordlessSubject):
    """What somebody had passed on to the secretariat. ``subject_id`` is the person's id, 0 for one without a post."""

    name: ClassVar[str] = SUBJECT

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:  # noqa: ARG002 - it has no record that may change
        """It is owed: its author pressed the button."""
        return Standing()

    async def title(self, row: OutboxRow) -> Text:
        """Name the message by its author only: what it says is for the secretariat's channel."""
        return t("Message to the secretariat from {name}", name=await self._author(row, Reader("en", "UTC")))

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say who writes, and show the text."""
        sentence = reader.say(t("{name} writes to the secretariat:", name=await self._author(row, reader)))
        return Message(sentence, card_of(str(row.payload["text"])))

    async def _author(self, row: OutboxRow, reader: Reader) -> str:
        person = await self._services.members.person(row.guild_id, row.subject_id) if row.subject_id else None
        names = await names_of(self._services, row.guild_id, [person], reader.language) if person else []
        return names[0] if names else clipped(str(row.payload.get("account", "")))


def card_of(text: str) -> discord.Embed:
    """Show the text exactly as it was written."""
    return discord.Embed(description=escaped(text)[:4096], colour=discord.Colour.blue())
