from collections.abc import Iterable
from io import BytesIO

import discord

from bot.services import Services
from storage.documents.models import Document
from storage.outbox.models import OutboxRow


async def files_of(services: Services, documents: Iterable[Document]) -> list[discord.File]:
    """Return the files as Discord takes them; those whose bytes are not kept any more are left out.

    Raises DocumentAlteredError where the bytes are not those of the fingerprint.
    """
    found: list[discord.File] = []
    for document in documents:
        content = await services.documents.content(document)
        if content is not None:
            found.append(discord.File(BytesIO(content), document.file_name))
    return found


async def files_of_message(services: Services, row: OutboxRow, documents: Iterable[Document]) -> list[discord.File]:
    """Return what a message of the outbox carries when it is sent.

    One that is there keeps its files through every edit, so that nothing is uploaded again: then there are none.
    """
    return [] if row.message_id is not None else await files_of(services, documents)
