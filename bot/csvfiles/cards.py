"""What is said of a file's rows: a short list as a card, a long one as a file."""

import io
from collections.abc import Callable, Iterable, Sequence
from typing import Final, TypeVar

import discord

from bot.csvfiles.cells import file_of
from bot.csvfiles.sheet import MAX_PROBLEMS, Problem
from bot.texts import Reader, Text, nt, t

SHOWN: Final = 10
"""Lines in a message; when there are more, all of them come as a file."""

_FIRST: Final = 5
_LONGEST_DESCRIPTION: Final = 4096
_Thing = TypeVar("_Thing")


def problems_found(problems: Sequence[Problem]) -> Text:
    """Say how many problems a file has, and that nothing was written."""
    if len(problems) >= MAX_PROBLEMS:
        return t(
            "More than {count} problems were found and nothing was written: put the first ones right and send the file"
            " again.",
            count=MAX_PROBLEMS,
        )
    return nt(
        "{count} problem was found and nothing was written: put it right and send the file again.",
        "{count} problems were found and nothing was written: put them right and send the file again.",
        len(problems),
    )


def problems_card(problems: Sequence[Problem], reader: Reader) -> tuple[discord.Embed, list[discord.File]]:
    """Return a card of the problems and, where they are many, a file with all of them."""
    cells = ((str(p.row), p.column, reader.label(p.text)) for p in problems)
    return card_and_file(
        problems, lambda p: reader.say(problem_line(p)), "problems.csv", ("row", "column", "problem"), cells
    )


def problem_line(problem: Problem) -> Text:
    """Return the line of one problem: its row, its column, and what is wrong."""
    if not problem.column:
        return t("Row {row}: {problem}", row=problem.row, problem=problem.text)
    return t("Row {row}, {column}: {problem}", row=problem.row, column=problem.column, problem=problem.text)


def card_and_file(
    things: Sequence[_Thing],
    line: Callable[[_Thing], str],
    name: str,
    columns: Sequence[str],
    cells: Iterable[Sequence[str]],
) -> tuple[discord.Embed, list[discord.File]]:
    """Return a card of the first ``things``, a ``line`` each, and, where they are many, a file of all ``cells``."""
    lines = [line(thing) for thing in things[:SHOWN]]
    shown = "\n".join(lines)
    if len(things) <= SHOWN and len(shown) <= _LONGEST_DESCRIPTION:
        return discord.Embed(description=shown), []
    first = "\n".join([*lines[:_FIRST], "…"])
    file = discord.File(io.BytesIO(file_of(cells, columns)), name)
    return discord.Embed(description=first[:_LONGEST_DESCRIPTION]), [file]
