"""What is typed about a person in a form, read as the directory's file is read."""

from bot.errors import UserError
from bot.search.folding import cleaned
from bot.texts import t
from cogs.members.exchange.fields import CellError, Value, read_cell


def read_typed(column: str, typed: str) -> Value:
    """Read one field of a form as a cell of that ``column``. Raises UserError, which says what to type instead."""
    try:
        return read_cell(column, typed)
    except CellError as error:
        raise UserError(error.text) from error


def two_lines(typed: str) -> tuple[str, str]:
    """Read a title on the first line and a ministry on the second; either may be empty. Raises UserError."""
    lines = [cleaned(line) for line in typed.splitlines()]
    if len([line for line in lines if line]) > 2:  # noqa: PLR2004 - the title's line and the ministry's
        raise UserError(t("Two lines are read here: the title on the first, the ministry on the second."))
    title, ministry = [*lines, "", ""][:2]
    for column, value in (("title", title), ("ministry", ministry)):
        if value:
            read_typed(column, value)
    return title, ministry
