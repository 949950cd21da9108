"""Files that the network agrees on: the text of a statement, the proposal of a decision.

A command takes them as attachments, before or beside its form::

    upload = await expect(context, {"en": document_en, "fr": document_fr})   # size and kind; keeps what is to come
    await context.acknowledge()  # or a form, with upload.written() in it
    await upload.receive(context)                                            # the bytes, with their fingerprint
    documents = await received(context, ids_written(typed["documents"]))     # on submitting, on confirming

A record takes them as its next version with ``services.documents.attach`` in its own transaction, and its message
carries them: ``Message(..., files=await files_of_message(services, row, documents))``. What nobody confirms goes with
the drafts; what a newer version replaces keeps its fingerprint and loses its bytes.
"""

from bot.documents.files import files_of, files_of_message
from bot.documents.formats import MAX_BYTES, file_name_of, require_content, require_named
from bot.documents.sentences import described, named
from bot.documents.upload import Upload, expect, ids_written, received

__all__ = [
    "MAX_BYTES",
    "Upload",
    "described",
    "expect",
    "file_name_of",
    "files_of",
    "files_of_message",
    "ids_written",
    "named",
    "received",
    "require_content",
    "require_named",
]
