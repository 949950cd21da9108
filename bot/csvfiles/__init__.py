"""Spreadsheets as CSV files: bytes to rows and back, and how problems in them are reported.

What the cells mean is the business of the room that reads them. Everything here is plain computing: a room that
reads or writes long files does it off the event loop.
"""

from bot.csvfiles.cards import SHOWN, card_and_file, problems_card, problems_found
from bot.csvfiles.cells import file_of, guarded, shortened, spoiled, unguarded
from bot.csvfiles.reading import MAX_CHARACTERS, MAX_HEADER, MAX_RECORDS, MAX_ROWS
from bot.csvfiles.sheet import HEADER_ROW, MAX_PROBLEMS, Problem, Row, Sheet, download

__all__ = [
    "HEADER_ROW",
    "MAX_CHARACTERS",
    "MAX_HEADER",
    "MAX_PROBLEMS",
    "MAX_RECORDS",
    "MAX_ROWS",
    "SHOWN",
    "Problem",
    "Row",
    "Sheet",
    "card_and_file",
    "download",
    "file_of",
    "guarded",
    "problems_card",
    "problems_found",
    "shortened",
    "spoiled",
    "unguarded",
]
