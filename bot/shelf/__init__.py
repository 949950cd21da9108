"""The network's shelf of links, for every room that looks through it or fills it."""

from bot.shelf.addresses import comparison_key, normalised
from bot.shelf.entries import CATEGORY_NAMES, COLUMNS, cells_of, entry, parsed
from bot.shelf.shelf import ON_A_PAGE, Answers, DuplicateError, Found, Shelf, differences
from bot.shelf.words import marked

__all__ = [
    "CATEGORY_NAMES",
    "COLUMNS",
    "ON_A_PAGE",
    "Answers",
    "DuplicateError",
    "Found",
    "Shelf",
    "cells_of",
    "comparison_key",
    "differences",
    "entry",
    "marked",
    "normalised",
    "parsed",
]
