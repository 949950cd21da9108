"""The secretariat's own messages: whom each audience means, and how they read."""

from collections.abc import Sequence
from typing import ClassVar

import discord

from bot import audience
from bot.outbox import EmailText, Message, RecordlessSubject, Standing
from bot.services import Services
from bot.texts import Reader, Text, clipped, escaped, t
from cogs.outbox import emails
from cogs.outbox.queries import meeting_meant
from cogs.outbox.sentences import audience_name
from storage.members.models import Seat
from storage.outbox.models import OutboxRow, WrittenMessage

SUBJECT = "message"
KIND = "written"
_TITLE = 60
_SENTENCE = 400
"""Characters of a message that a phone's preview and the bot's next reply show."""


def beginning(text: str) -> tuple[str, str]:
    """Return the words of ``text`` that a sentence has room for, and the rest; each marks with … where it was cut."""
    if len(text) <= _SENTENCE:
        return text, ""
    end = max(text.rfind(space, 0, _SENTENCE) for space in " \n")
    end = end if end > 0 else _SENTENCE
    return f"{text[:end].rstrip()} …", f"… {text[end:].lstrip()}"


class ManualMessages(RecordlessSubject):
    """Answers for ``/message send``."""

    name: ClassVar[str] = SUBJECT
    to_people = (KIND,)

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """It is owed for as long as its text is kept."""
        return Standing() if await self._services.messages.get(row.guild_id, row.subject_id) is not None else None

    async def title(self, row: OutboxRow) -> Text:
        """Name the message by how it begins."""
        written = await self._record(row)
        return t("Message from the secretariat: {text}", text=clipped(" ".join(written.text.split()), _TITLE))

    async def email_text(self, row: OutboxRow, reader: Reader) -> EmailText:  # noqa: ARG002 - it is as it was written
        """Pass on the text."""
        return emails.text_of(await self._record(row))

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say that the secretariat writes, and show the text once: in the sentence, its rest in the card."""
        first, rest = beginning((await self._record(row)).text)
        sentence = reader.say(t("The secretariat writes: {text}", text=first))
        if not rest:
            return Message(sentence)
        card = discord.Embed(description=escaped(rest)[:4096], colour=discord.Colour.blue())
        return Message(sentence, card, is_whole=True)

    async def people(self, row: OutboxRow) -> Sequence[int]:
        """Return who belongs to the audience now."""
        written = await self._record(row)
        seats = await self._seats(row.guild_id, written)
        return [person.id for person in audience.people_in(seats)]

    async def why(self, row: OutboxRow) -> Text | None:
        """Say to which audience it was written."""
        written = await self._record(row)
        meeting = await meeting_meant(self._services, written)
        return t("The secretariat wrote this to: {audience}.", audience=audience_name(written.audience, meeting))

    async def _record(self, row: OutboxRow) -> WrittenMessage:
        written = await self._services.messages.get(row.guild_id, row.subject_id)
        if written is None:
            raise LookupError(f"no message {row.subject_id}")
        return written

    async def _seats(self, guild_id: int, written: WrittenMessage) -> list[Seat]:
        if written.audience in ("attending", "unanswered"):
            meeting = await meeting_meant(self._services, written)
            return await audience.seats_towards(self._services, meeting, written.audience)
        seats = await audience.seats_today(self._services, guild_id)
        return audience.seats_of(seats, written.audience, written.region)
