"""The bytes of a file to its text, in every encoding that names itself; the others are refused by their name."""

import codecs
from typing import Final

from bot.errors import UserError
from bot.texts import t

_ZIP: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
# An OpenDocument file begins with the name of its kind, uncompressed.
_OPEN_DOCUMENT: Final = b"mimetypeapplication/vnd.oasis"


def decoded(data: bytes) -> str:
    """Return the text of a file in UTF-8 or UTF-16 (Excel's "Unicode text"), without its byte-order mark.

    Raises UserError for workbooks, which says how to save them, and UnicodeDecodeError for other encodings.
    """
    if data.startswith(_ZIP) and _OPEN_DOCUMENT in data[:100]:
        raise UserError(
            t(
                "This is a LibreOffice file, not a CSV file: choose *Save As*, *Text CSV* and the character set"
                " *Unicode (UTF-8)*, then send that file."
            )
        )
    if data.startswith((_ZIP, _OLD_WORKBOOK)):
        raise UserError(
            t(
                "This is an Excel workbook, not a CSV file: in Excel choose *Save As* and *CSV UTF-8 (comma"
                " delimited)*, then send that file."
            )
        )
    if wide := _utf_16(data):
        try:
            return data.decode(wide).lstrip("\ufeff")
        except UnicodeDecodeError as error:
            raise UserError(
                t("This file in UTF-16 is damaged or cut off: save it again as *CSV UTF-8 (comma delimited)*.")
            ) from error
    return data.decode("utf-8-sig").lstrip("\ufeff")


def _utf_16(data: bytes) -> str | None:
    if data.startswith(codecs.BOM_UTF16_LE) or (data[:1] != b"\0" and data[1:2] == b"\0"):
        return "utf-16-le"
    if data.startswith(codecs.BOM_UTF16_BE) or (data[:1] == b"\0" and data[1:2] != b"\0"):
        return "utf-16-be"
    return None
