"""The secretariat's own messages: whom each audience means, and how they read."""

from collections.abc import Sequence
from typing import ClassVar

import discord

from bot import names
from bot.outbox import Message, Standing, Subject
from bot.services import Services
from bot.texts import Reader, Text, escaped, t
from cogs.outbox.words import AUDIENCES
from storage.meeting_models import Meeting
from storage.models import OutboxRow, Seat, WrittenMessage

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


class Written(Subject):
    """Answers for ``/message send``."""

    name: ClassVar[str] = SUBJECT

    def __init__(self, services: Services) -> None:
        self._services = services

    async def standing(self, row: OutboxRow) -> Standing | None:
        """It is owed for as long as its text is kept."""
        return Standing() if await self._services.messages.get(row.guild_id, row.subject_id) is not None else None

    async def title(self, row: OutboxRow) -> Text:
        """Name the message by how it begins."""
        written = await self._written(row)
        return t("Message from the secretariat: {text}", text=" ".join(written.text.split())[:_TITLE])

    async def message(self, row: OutboxRow, reader: Reader) -> Message:
        """Say that the secretariat writes, and show the text once: in the sentence, its rest in the card."""
        first, rest = beginning((await self._written(row)).text)
        sentence = reader.say(t("The secretariat writes: {text}", text=first))
        if not rest:
            return Message(sentence)
        return Message(sentence, discord.Embed(description=escaped(rest)[:4096], colour=discord.Colour.blue()))

    async def people(self, row: OutboxRow) -> Sequence[int]:
        """Return who belongs to the audience now."""
        written = await self._written(row)
        seats = await self._seats(row.guild_id, written)
        return list(dict.fromkeys(holder.person.id for seat in seats for holder in seat.holders))

    async def why(self, row: OutboxRow) -> Text | None:
        """Say to which audience it was written."""
        written = await self._written(row)
        return t("The secretariat wrote this to: {audience}.", audience=AUDIENCES[written.audience])

    async def _written(self, row: OutboxRow) -> WrittenMessage:
        written = await self._services.messages.get(row.guild_id, row.subject_id)
        if written is None:
            raise LookupError(f"no message {row.subject_id}")
        return written

    async def _seats(self, guild_id: int, written: WrittenMessage) -> list[Seat]:
        services = self._services
        today = services.today(await services.settings.network(guild_id))
        seats = await services.members.seats(guild_id, today)
        match written.audience:
            case "steering":
                return [seat for seat in seats if seat.in_steering_group]
            case "region":
                return [seat for seat in seats if names.regional_group(seat.delegation.code) == written.region]
            case "unanswered":
                meeting = await services.meetings.next(guild_id, today)
                if meeting is None or meeting.cancelled_at is not None or meeting.ends_on < today:
                    return []
                answers = await self._answers(meeting)
                return [seat for seat in seats if seat.delegation.code not in answers]
            case "attending":
                meeting = await services.meetings.next(guild_id, today)
                answers = await self._answers(meeting) if meeting is not None else {}
                return [seat for seat in seats if answers.get(seat.delegation.code, False)]
            case _:
                return seats

    async def _answers(self, meeting: Meeting) -> dict[str, bool]:
        """Return, by code, the delegations that have answered to the meeting, and whether they come."""
        answers = await self._services.registrations.of_meeting(meeting.guild_id, meeting.id)
        return {answer.code: answer.attends for answer in answers}
