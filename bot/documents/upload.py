from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import aiohttp
import discord

from bot.documents.formats import file_name_of, require_content, require_named
from bot.errors import UserError
from bot.texts import Text, clipped, t
from bot.ui import Context
from storage.documents.models import Document


@dataclass(frozen=True, slots=True)
class Upload:
    """Files of a command that are yet to arrive, by the id under which each is expected."""

    files: Mapping[int, discord.Attachment]

    def written(self) -> str:
        """Return the ids as what a form or a draft keeps; :func:`ids_written` reads it."""
        return " ".join(map(str, self.files))

    async def receive(self, context: Context) -> None:
        """Read the bytes from Discord and keep them, once the interaction has been answered or deferred.

        Raises UserError for a file that is not what its name says, or that Discord does not give.
        """
        for document_id, file in self.files.items():
            name = file_name_of(file.filename)
            try:
                content = await file.read()
            except (discord.HTTPException, aiohttp.ClientError, ConnectionError, TimeoutError) as error:
                raise UserError(_not_arrived(name)) from error
            require_content(name, content)
            async with context.write() as tx:
                await context.services.documents.receive(tx, context.guild_id, document_id, content)


async def expect(context: Context, files: Mapping[str, discord.Attachment | None]) -> Upload:
    """Keep, for each language ('' where there is one file only), that its file is to arrive; None: no file.

    Quick enough to come before a form. Raises UserError for a file that is too large or of a kind that is not taken.
    """
    given = {language: file for language, file in files.items() if file is not None}
    for file in given.values():
        require_named(file_name_of(file.filename), file.size)
    expected: dict[int, discord.Attachment] = {}
    if given:
        documents = context.services.documents
        async with context.write() as tx:
            for language, file in given.items():
                name = file_name_of(file.filename)
                expected[await documents.expect(tx, context.guild_id, language, name, file.size)] = file
    return Upload(expected)


def ids_written(written: str) -> list[int]:
    """Return the ids that :meth:`Upload.written` wrote; none of an empty text."""
    return [int(number) for number in written.split()]


async def received(context: Context, ids: Iterable[int]) -> Sequence[Document]:
    """Return the files with these ids. Raises UserError for one that has not arrived, or is not kept any more."""
    found: list[Document] = []
    for document_id in ids:
        document = await context.services.documents.document(context.guild_id, document_id)
        if document is None or document.subject:
            raise UserError(t("The file that you attached is no longer kept: start again and attach it again."))
        if not document.fingerprint:
            raise UserError(_not_arrived(document.file_name))
        found.append(document)
    return found


def _not_arrived(file_name: str) -> Text:
    return t(
        "“{file}” has not arrived yet: try again in a moment. If it still does not arrive, start again and"
        " attach it again.",
        file=clipped(file_name),
    )
