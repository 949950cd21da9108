"""The text of a file to its rows, within limits: which separator it has, and where each row ends.

A file costs no more than its limits, whatever is in it: they are checked while it is read.
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.errors import UserError
from bot.texts import t

MAX_ROWS: Final = 20_000
"""Rows that are read from one file: far above any network, and a minute's work at most."""
MAX_RECORDS: Final = 100_000
"""The same with the blank rows: spreadsheets save those that were formatted once."""
MAX_CHARACTERS: Final = 50_000
"""Of one row: more means a quotation mark that is never closed, or no table."""
MAX_HEADER: Final = 4_000
"""Characters of the row that names the columns."""

_SEPARATORS: Final = (",", ";", "\t", "|", ":")
_QUOTES: Final = ('"', "'")
# Excel's own way of saying which separator follows.
_SEPARATOR_ROW: Final = re.compile(r"\"?sep=([^\r\n\"])\"?[^\S\r\n]*(?:\r\n|\r|\n)", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W_]")

Record = tuple[int, list[str]]
"""The number of a row, as the spreadsheet counts it, and its cells."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file separates its cells and quotes them, and how many rows go before its text."""

    separator: str
    quote: str
    skipped: int = 0


def dialect_of(text: str, known: Callable[[str], bool]) -> tuple[Dialect, int] | None:
    """Return how the file is written and how many columns its header then names; None where it has no header.

    ``known`` tells whether a title is that of a column.
    """
    declared = _SEPARATOR_ROW.match(text)
    start = declared.end() if declared else 0
    first = _WORD.search(text, start)
    if first is None:
        return None
    line = _line_around(text, first.start(), start)
    if len(line) > MAX_HEADER:
        return None
    separators = dict.fromkeys((*([declared[1]] if declared and _may_separate(declared[1]) else ()), *_SEPARATORS))
    quotes = _QUOTES if not line.startswith("'") else _QUOTES[::-1]
    best = max(
        ((Dialect(separator, quote, 1 if declared else 0)) for quote in quotes for separator in separators),
        key=lambda dialect: _count(line, dialect, known),
    )
    return best, _count(line, best, known)


def rows_within(text: str, dialect: Dialect) -> Iterator[Record]:
    """Yield the rows that are not blank, with their number in the spreadsheet.

    Raises UserError for a row that cannot be read and for a file that is too long.
    """
    filled = 0
    for number, record in _records(text, dialect, strict=True):
        if number > MAX_RECORDS:
            raise UserError(
                t(
                    "This file has more than {most} rows, most of them empty: delete the empty rows below the table and"
                    " save it again.",
                    most=MAX_RECORDS,
                )
            )
        if any(cell and not cell.isspace() for cell in record):
            filled += 1
            # The header is one of them.
            if filled > MAX_ROWS + 1:
                raise UserError(
                    t(
                        "This file has more than {most} rows, and at most {most} are read at once: divide it.",
                        most=MAX_ROWS,
                    )
                )
            yield number, record


def row_of_byte(data: bytes, position: int, dialect: Dialect) -> int:
    """Return the number of the row in which a byte of a file lies, in whatever encoding of single bytes."""
    before = data[:position].decode("latin-1") + "?"
    number = 0
    for number, _ in _records(before, dialect, strict=False):
        if number > MAX_RECORDS:
            break
    return number


def single_bytes(data: bytes) -> str:
    """Return the text of a file in an unknown encoding, right in its ASCII letters: enough to find the header."""
    return data[: MAX_HEADER * 2].decode("latin-1")


def _line_around(text: str, position: int, start: int) -> str:
    begin = max(text.rfind("\n", start, position), text.rfind("\r", start, position), start - 1) + 1
    ends = [end for mark in "\r\n" if (end := text.find(mark, position)) != -1]
    return text[begin : min(ends, default=len(text))]


def _may_separate(character: str) -> bool:
    return not character.isalnum() and character not in "\"' "


def _count(line: str, dialect: Dialect, known: Callable[[str], bool]) -> int:
    titles = next(csv.reader([line], delimiter=dialect.separator, quotechar=dialect.quote), list[str]())
    return sum(map(known, titles))


class _TooLongError(Exception):
    """A row goes on for too long; on how many lines."""

    def __init__(self, lines: int) -> None:
        super().__init__()
        self.lines = lines


class _Lines:
    """The lines of a text, whatever ends them, for the csv module; raises where one row takes too many."""

    def __init__(self, text: str) -> None:
        self._lines = io.StringIO(text, newline="")
        self._characters = 0
        self._count = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self._characters += len(line)
        self._count += 1
        if self._characters > MAX_CHARACTERS:
            raise _TooLongError(self._count)
        return line

    def begin_row(self) -> None:
        self._characters = self._count = 0


def _records(text: str, dialect: Dialect, *, strict: bool) -> Iterator[Record]:
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=dialect.separator, quotechar=dialect.quote, strict=strict)
    number = 0
    try:
        for number, record in enumerate(reader, 1):
            lines.begin_row()
            if number > dialect.skipped:
                yield number, record
    except _TooLongError as error:
        if error.lines > 1:
            raise _unclosed(number + 1) from error
        raise UserError(
            t("Row {row} has more than {most} characters: shorten its cells.", row=number + 1, most=MAX_CHARACTERS)
        ) from error
    except csv.Error as error:
        raise _unclosed(number + 1) from error


def _unclosed(row: int) -> UserError:
    return UserError(
        t(
            "Row {row} cannot be read: a quotation mark in it is not closed. Put the cell between quotation marks and"
            " double those within it.",
            row=row,
        )
    )
