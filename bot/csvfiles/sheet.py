"""One kind of spreadsheet: the columns of its file, and the rows that a file of it has."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import discord

from bot.commands import Command
from bot.csvfiles.cells import file_of, shortened, unguarded
from bot.csvfiles.decoding import decoded
from bot.csvfiles.reading import Dialect, Record, dialect_of, row_of_byte, rows_within, single_bytes
from bot.errors import UserError
from bot.texts import Text, t

HEADER_ROW: Final = 1
MAX_PROBLEMS: Final = 1_000
"""Problems after which the rest of a file is not looked at: who put right so many sends it again anyway."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one cell, or with an empty ``column`` in a row; the spreadsheet's header is ``row`` 1."""

    row: int
    column: str
    text: Text


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file, its cells in the order of the sheet's columns, exactly as they stand in the file."""

    number: int
    cells: tuple[str, ...]
    places: Mapping[str, int] = field(repr=False, compare=False)

    def raw(self, column: str) -> str:
        """Return a cell as it stands in the file."""
        return self.cells[self.places[column]]

    def values(self) -> tuple[str, ...]:
        """Return all cells without the apostrophe that guards them from spreadsheets."""
        return tuple(map(unguarded, self.cells))


async def download(file: discord.Attachment, most: int) -> bytes:
    """Return what is in a file that somebody has sent. Raises UserError where it has more than ``most`` bytes."""
    if file.size > most:
        raise UserError(
            t("This file is larger than {size} megabytes: divide it, and send the parts.", size=most // 1_000_000)
        )
    return await file.read()


class Sheet:
    """One kind of spreadsheet: its ``columns``, the command that exports it, and what to say of one without rows.

    Files of before the ``added`` columns are still read, as if these were blank.
    """

    def __init__(self, columns: Sequence[str], export: Command, no_rows: Text, added: Collection[str] = ()) -> None:
        self.columns = tuple(columns)
        self._export = export
        self._no_rows = no_rows
        self._added = added
        self._order = {column: place for place, column in enumerate(self.columns)}
        self._known = {_plain(column): column for column in self.columns}

    def text_of(self, data: bytes) -> str:
        """Return the text of a file in UTF-8 or UTF-16, with or without a byte-order mark.

        Raises UserError, which says how to save the file, for workbooks and for any other encoding.
        """
        try:
            text = decoded(data)
        except UnicodeDecodeError as error:
            dialect = self._dialect(single_bytes(data)) or Dialect(",", '"')
            raise UserError(
                t(
                    "Row {row} has letters that are not in UTF-8 (the file is probably in Latin-1 or Windows-1252):"
                    " save it as *CSV UTF-8 (comma delimited)* and send it again.",
                    row=row_of_byte(data, error.start, dialect),
                )
            ) from error
        if not text or text.isspace():
            raise UserError(t("This file is empty: {command} gives a file to start from.", command=self._export))
        return text

    def rows_of(self, text: str) -> tuple[list[Row], list[Problem]]:
        """Return the rows of a file that are not blank, and what is wrong with its header or its shape.

        Raises UserError for a file that is no CSV at all, or too long.
        """
        dialect = self._dialect(text)
        if dialect is None:
            raise UserError(
                t(
                    "The first row of this file does not name the columns: it should read {columns}.",
                    columns=",".join(self.columns),
                )
            )
        records = rows_within(text, dialect)
        _, header = next(records, (HEADER_ROW, list[str]()))
        places, problems = self._places(header)
        if problems:
            return [], problems
        rows: list[Row] = []
        for record in records:
            row = self._row(record, len(header), places)
            if isinstance(row, Row):
                rows.append(row)
            else:
                problems.append(row)
            if len(problems) >= MAX_PROBLEMS:
                break
        if not rows and not problems:
            raise UserError(self._no_rows)
        return rows, problems

    def file_of(self, rows: Iterable[Sequence[str]]) -> bytes:
        """Return a CSV file in UTF-8 with its header, every cell guarded from spreadsheets."""
        return file_of(rows, self.columns)

    def _dialect(self, text: str) -> Dialect | None:
        """Return how the file is written, or None where less than half of the columns are named."""
        found = dialect_of(text, lambda title: _plain(title) in self._known)
        return found[0] if found is not None and found[1] >= len(self.columns) / 2 else None

    def _row(self, record: Record, width: int, places: Mapping[int, str]) -> Row | Problem:
        number, found = record
        beyond = [cell for place, cell in enumerate(found) if place not in places and cell.strip()]
        if len(found) > width:
            # "Ministry of Trade, Integration": its second half stands in the next column, after a space.
            beyond += [cell for cell in found[1:] if cell.startswith(" ") and cell.strip()]
            return Problem(number, "", _too_wide(beyond[0]) if beyond else _blank_beyond(len(found), width))
        if beyond:
            return Problem(number, "", _too_wide(beyond[0]))
        cells = [""] * len(self.columns)
        for place, cell in enumerate(found):
            if place in places:
                cells[self._order[places[place]]] = cell
        return Row(number, tuple(cells), self._order)

    def _places(self, header: Sequence[str]) -> tuple[dict[int, str], list[Problem]]:
        places: dict[int, str] = {}
        problems: list[Problem] = []
        for place, title in enumerate(header):
            column = self._known.get(_plain(title))
            if column is None and title.strip():
                text = t("There is no column {column}: delete it, or correct its name.", column=shortened(title))
                problems.append(Problem(HEADER_ROW, shortened(title), text))
            elif column is not None and column in places.values():
                text = t("The column {column} is there twice: keep one of them.", column=column)
                problems.append(Problem(HEADER_ROW, column, text))
            elif column is not None:
                places[place] = column
        problems += [
            Problem(
                HEADER_ROW,
                column,
                t("The column {column} is missing: add it, with empty cells if need be.", column=column),
            )
            for column in self.columns
            if column not in places.values() and column not in self._added
        ]
        return places, problems


def _plain(title: str) -> str:
    return re.sub(r"[\W_]", "", title).casefold()


def _too_wide(cell: str) -> Text:
    return t(
        "This row has more cells than the header, such as {cell}: put a cell that contains the separator between"
        " quotation marks.",
        cell=shortened(cell),
    )


def _blank_beyond(cells: int, width: int) -> Text:
    # The cells of this row may all stand one place to the right of their columns: it cannot be read as if they did not.
    return t(
        "This row has {cells} cells and the header {width}: put a cell that contains the separator, such as a list,"
        " between quotation marks, or delete the empty cells at the end.",
        cells=cells,
        width=width,
    )
