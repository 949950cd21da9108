"""What is said of a file: version, date and file name. Pure."""

from bot.texts import Reader, Text, t
from storage.documents.models import Document


def named(document: Document, reader: Reader) -> Text | str:
    """Name a file with its language, such as "French: statement.pdf"; its name alone where it has no language."""
    if not document.language:
        return document.file_name
    language = reader.language_name(document.language)
    return t("{language}: {file}", language=language[:1].upper() + language[1:], file=document.file_name)


def described(document: Document, reader: Reader) -> Text:
    """Describe a file by its name, version and day, and say whether it is the authoritative one of several."""
    values: dict[str, object] = {
        "file": named(document, reader),
        "version": document.version,
        "day": document.added_at.astimezone(reader.tzinfo).date(),
    }
    if document.language and document.authoritative:
        return t("{file} (version {version}, {day}; the authoritative text)", **values)
    return t("{file} (version {version}, {day})", **values)
