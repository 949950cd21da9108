"""The file from which the secretariat's own mail program writes to many: a mail merge."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from bot.csvfiles import file_of
from bot.mail.compose import Mail
from bot.texts import Reader, Text, t

COLUMNS: Final = ("name", "email", "language", "subject", "body")
DELETE_ONCE_SENT: Final[Text] = t("Delete this file once the messages are sent.")
"""The heading of a last column that is empty: in the file, and in no message that is made of it."""


def merge_file(mails: Iterable[Mail], reader: Reader) -> bytes:
    """Return the e-mails as CSV, a row each; ``reader`` is the person who handles the file."""
    rows = [(mail.name, mail.address, mail.language, mail.subject, mail.body, "") for mail in mails]
    return file_of(rows, (*COLUMNS, reader.label(DELETE_ONCE_SENT)))


def merge_file_name(what: str, day: date) -> str:
    """Return the name of a file made on ``day``, which bears that date; ``what`` is a word of ASCII."""
    return f"{what}-{day.isoformat()}.csv"
