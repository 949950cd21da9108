"""Single cells, and the file that they make: guarded from spreadsheets, and what a spreadsheet has spoiled in them."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.texts import Text, t

# What a spreadsheet would run, after any apostrophes: those count, so that guarding can be undone exactly.
_RISKY: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")
_SHOWN_CHARACTERS: Final = 60
# Excel's error values in English, French and Spanish, LibreOffice's numbered ones, and a column that was too narrow.
_ERROR_VALUE: Final = re.compile(
    r"#(?:NAME\?|NOM\?|¿NOMBRE\?|VALUE!|VALEUR!|¡VALOR!|¡?REF!|¡?DIV/0!|N/?[AD]|NULL!|NUL!|¡NULO!|¡?NUM!|NOMBRE!"
    r"|SPILL!|FIELD!)|Err:\d{3}|#{3,}"
)


def guarded(cell: str) -> str:
    """Return ``cell`` so that no spreadsheet runs it: an apostrophe goes before what looks like a formula."""
    return f"'{cell}" if _RISKY.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return what ``cell`` was before :func:`guarded`."""
    return cell[1:] if _GUARDED.match(cell) else cell


def shortened(typed: str) -> str:
    """Return ``typed`` cut to what a sentence can quote."""
    line = " ".join(typed.split())
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[: _SHOWN_CHARACTERS - 1]}…"


def file_of(rows: Iterable[Sequence[str]], columns: Sequence[str]) -> bytes:
    """Return a CSV file in UTF-8 with its header, every cell guarded from spreadsheets.

    It begins with a byte-order mark: without it Excel takes the accents for something else, and saves that.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return codecs.BOM_UTF8 + file.getvalue().encode()


def spoiled(cell: str) -> Text | None:
    """Say what a spreadsheet has made of the cell that its author typed; None where nothing shows it did.

    That is an error value in place of the text, or UTF-8 opened as Windows-1252 (``Ã`` in the place of ``é``).
    """
    if _ERROR_VALUE.fullmatch(cell.strip()):
        return t(
            "The spreadsheet has put the error {value} in the place of what was typed: format the cell as text and"
            " type it again.",
            value=cell.strip(),
        )
    if cell.isascii():
        return None
    try:
        meant = cell.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return t(
        "The accents of {cell} are broken, and {meant} is probably meant: the file was opened in the wrong character"
        " set. Open the original with *Data → From Text/CSV* and *UTF-8*, or correct the cell.",
        cell=shortened(cell),
        meant=shortened(meant),
    )
