"""A message of the outbox as an e-mail to its person."""

from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.identify import reader_of_person
from bot.languages import Language
from bot.mail.plain_text import plain_text
from bot.outbox import LoadedRow, Message, Subject
from bot.services import Services
from bot.texts import Reader
from storage.members.models import Person


@dataclass(frozen=True, slots=True)
class Mail:
    """An e-mail to one person. ``name`` and ``address`` are as the directory has them, ``body`` is plain text."""

    name: str
    address: str
    language: Language
    subject: str
    body: str


async def mail_of(
    services: Services, subject: Subject[Any], row: LoadedRow[Any], person: Person, name: str, address: str
) -> Mail:
    """Render a row for its person, in their language. Raises what its subject raises."""
    reader = await reader_of_person(services, await services.settings.network(row.guild_id), person)
    if subject.is_written_for_email(row):
        # What may not be said in an e-mail of the bot may not be in one of the secretariat either.
        mail = await subject.email_text(row, reader)
        title = reader.label(mail.subject)
        body = "\n\n".join(reader.label(paragraph) for paragraph in mail.paragraphs)
        return Mail(name, address, reader.language, f"{title[:1].upper()}{title[1:]}", body)
    message = await subject.message(row, reader)
    blocks = [message.sentence, *_blocks(message.card)]
    written = [plain_text(block, reader).strip() for block in blocks]
    text = "\n\n".join([*filter(None, written), *_links(message)])
    return Mail(name, address, reader.language, await _heading(subject, row, message, reader), text)


async def _heading(subject: Subject[Any], row: LoadedRow[Any], message: Message, reader: Reader) -> str:
    """Name what the message is about: as its card does, else as the outbox's lists do."""
    titled = message.card.title if message.card is not None and message.card.title else None
    heading = plain_text(titled, reader) if titled else reader.label(await subject.title(row))
    return f"{heading[:1].upper()}{heading[1:]}"


def _blocks(card: discord.Embed | None) -> list[str]:
    if card is None:
        return []
    fields = [f"{one.name}\n{one.value}" for one in card.fields]
    return [block for block in (card.title, card.description, *fields) if block]


def _links(message: Message) -> list[str]:
    buttons = [item for item in message.buttons if isinstance(item, ui.Button) and item.url]
    return [f"{button.label}: {button.url}" for button in buttons]
