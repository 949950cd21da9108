"""Spreadsheets as CSV files: bytes to rows and back, and how problems in them are told.

What the cells mean is the business of the room that reads them.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import discord

from bot.errors import UserError
from bot.texts import Markdown, Reader, Text, t

HEADER_ROW: Final = 1
MAX_ROWS: Final = 20_000
"""Rows that are read from one file: far above any network, and a minute's work at most."""
SHOWN: Final = 10
"""Lines in a message; when there are more, all of them come as a file."""

_FIRST: Final = 5
_LONGEST_DESCRIPTION: Final = 4096
_DELIMITERS: Final = (",", ";")
# What a spreadsheet would run, after any apostrophes: those count, so that guarding can be undone exactly.
_RISKY: Final = re.compile(r"'*[=+\-@\t\r]")
_GUARDED: Final = re.compile(r"'+[=+\-@\t\r]")
_WORKBOOKS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SHOWN_CHARACTERS: Final = 60

Record = tuple[int, list[str]]


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


class Sheet:
    """One kind of spreadsheet: its ``columns``, the command that exports it, and what to say of one without rows."""

    def __init__(self, columns: Sequence[str], export: str, no_rows: Text) -> None:
        self.columns = tuple(columns)
        self._export = export
        self._no_rows = no_rows
        self._order = {column: place for place, column in enumerate(self.columns)}
        self._known = {_plain(column): column for column in self.columns}

    def text_of(self, data: bytes) -> str:
        """Return the text of a file in UTF-8, with or without a byte-order mark.

        Raises UserError, which says how to save the file, for workbooks and for any other encoding.
        """
        if data.startswith(_WORKBOOKS):
            raise UserError(
                t(
                    "This is an Excel workbook, not a CSV file: in Excel choose *Save As* and *CSV UTF-8 (comma"
                    " delimited)*, then send that file."
                )
            )
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data[:2]:
            raise UserError(
                t(
                    "This file is not in UTF-8 but in UTF-16: save it as *CSV UTF-8 (comma delimited)* and send it"
                    " again."
                )
            )
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            row = data.count(b"\n", 0, error.start) + 1
            raise UserError(
                t(
                    "Row {row} has letters that are not in UTF-8 (the file is probably in Latin-1 or Windows-1252):"
                    " save it as *CSV UTF-8 (comma delimited)* and send it again.",
                    row=row,
                )
            ) from error
        if not text.strip():
            raise UserError(
                t("This file is empty: {command} gives a file to start from.", command=Markdown(f"`{self._export}`"))
            )
        return text

    def rows_of(self, text: str) -> tuple[list[Row], list[Problem]]:
        """Return the rows of a file that are not blank, and what is wrong with its header or its shape.

        Raises UserError for a file that is no CSV at all, or too long.
        """
        records, header = self._records(text)
        places, problems = self._places(header)
        if problems:
            return [], problems
        rows: list[Row] = []
        for number, record in records:
            if not any(cell.strip() for cell in record):
                continue
            beyond = [cell for place, cell in enumerate(record) if place not in places and cell.strip()]
            if len(record) > len(header):
                # "Ministry of Trade, Integration": its second half stands in the next column, after a space.
                beyond += [cell for cell in record[1:] if cell.startswith(" ") and cell.strip()]
            if beyond:
                problems.append(Problem(number, "", _too_wide(beyond[0])))
                continue
            cells = [""] * len(self.columns)
            for place, cell in enumerate(record):
                if place in places:
                    cells[self._order[places[place]]] = cell
            rows.append(Row(number, tuple(cells), self._order))
        if len(rows) > MAX_ROWS:
            raise UserError(
                t(
                    "This file has {count} rows, and at most {most} are read at once: divide it.",
                    count=len(rows),
                    most=MAX_ROWS,
                )
            )
        if not rows and not problems:
            raise UserError(self._no_rows)
        return rows, problems

    def file_of(self, rows: Iterable[Sequence[str]]) -> bytes:
        """Return a CSV file in UTF-8 with its header, every cell guarded from spreadsheets."""
        return file_of(rows, self.columns)

    def _records(self, text: str) -> tuple[list[Record], list[str]]:
        first, _, rest = text.partition("\n")
        hint = first.strip().casefold()
        offset = 0
        # Excel's own way of saying which separator follows.
        if hint in {"sep=;", "sep=,"}:
            text, offset = rest, 1
        readings = [_reading(text, delimiter, offset) for delimiter in _DELIMITERS]
        known = [sum(_plain(cell) in self._known for cell in reading[0][1]) if reading else 0 for reading in readings]
        if not readings[0] or max(known) < len(self.columns) / 2:
            raise UserError(
                t(
                    "The first row of this file does not name the columns: it should read {columns}.",
                    columns=",".join(self.columns),
                )
            )
        delimiter = _DELIMITERS[known.index(max(known))]
        (_, header), *records = _strictly(text, delimiter, offset)
        return records, header

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
            if column not in places.values()
        ]
        return places, problems


def file_of(rows: Iterable[Sequence[str]], columns: Sequence[str]) -> bytes:
    """Return a CSV file in UTF-8 with its header, every cell guarded from spreadsheets."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(columns)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return file.getvalue().encode()


def problems_told(problems: Sequence[Problem], reader: Reader) -> tuple[discord.Embed, list[discord.File]]:
    """Return a card of the problems and, where they are many, a file with all of them."""
    lines = [reader.say(_problem_line(problem)) for problem in problems]
    cells = [(str(p.row), p.column, reader.label(p.text)) for p in problems]
    return card_and_file(lines, "problems.csv", ("row", "column", "problem"), cells)


def card_and_file(
    lines: Sequence[str], name: str, columns: Sequence[str], cells: Iterable[Sequence[str]]
) -> tuple[discord.Embed, list[discord.File]]:
    """Return a card of the first ``lines`` and, where they are many, a file of all ``cells``."""
    told = "\n".join(lines[:SHOWN])
    if len(lines) <= SHOWN and len(told) <= _LONGEST_DESCRIPTION:
        return discord.Embed(description=told), []
    # A mark of the encoding: without it Excel takes the accents for something else.
    data = b"\xef\xbb\xbf" + file_of(cells, columns)
    shown = "\n".join([*lines[:_FIRST], "…"])
    return discord.Embed(description=shown[:_LONGEST_DESCRIPTION]), [discord.File(io.BytesIO(data), name)]


def _problem_line(problem: Problem) -> Text:
    if not problem.column:
        return t("Row {row}: {problem}", row=problem.row, problem=problem.text)
    return t("Row {row}, {column}: {problem}", row=problem.row, column=problem.column, problem=problem.text)


def _reading(text: str, delimiter: str, offset: int) -> list[Record]:
    header = text.lstrip("\r\n").split("\n", maxsplit=1)[0]
    return [(number + offset, record) for number, record in enumerate(csv.reader([header], delimiter=delimiter), 1)]


def _strictly(text: str, delimiter: str, offset: int) -> list[Record]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    records: list[Record] = []
    number = offset
    try:
        for number, record in enumerate(reader, offset + 1):
            records.append((number, record))
    except csv.Error as error:
        raise UserError(
            t(
                "Row {row} cannot be read: a quotation mark in it is not closed, or a cell is too long. Put the cell"
                " between quotation marks and double those within it.",
                row=number + 1,
            )
        ) from error
    while records and not any(records[0][1]):
        del records[0]
    return records


def _plain(title: str) -> str:
    return re.sub(r"[\s_\-\ufeff]", "", title).casefold()


def _too_wide(cell: str) -> Text:
    return t(
        "This row has more cells than the header, such as {cell}: put a cell that contains the separator between"
        " quotation marks.",
        cell=shortened(cell),
    )
