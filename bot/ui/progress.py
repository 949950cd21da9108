"""Long work on a file: off the event loop, in pieces, with a line that says how far it has come."""

import asyncio
from collections.abc import Generator
from datetime import timedelta
from typing import Final, TypeVar

from bot.texts import nt, t
from bot.ui.context import Context

LONG_FILE: Final = 2_000
"""Rows after which the reader sees how far the reading has come."""
_PIECE: Final = 1_000
"""Steps of work between two looks at whether the reader is owed a line."""
_BETWEEN_LINES: Final = timedelta(seconds=2)
_Plan = TypeVar("_Plan")


class Progress:
    """A line under a long import, renewed at most every two seconds."""

    def __init__(self, context: Context, rows: int) -> None:
        self._context = context
        self._rows = rows
        self._due = context.services.clock.now()
        self._shown = False

    async def show(self, row: int) -> None:
        """Say how far the reading has come, unless that was said just before or it is over."""
        now = self._context.services.clock.now()
        if now < self._due or row == self._rows:
            return
        self._due = now + _BETWEEN_LINES
        self._shown = True
        text = t("Reading row {row} of {rows} …", row=row, rows=self._rows)
        await self._context.interaction.edit_original_response(content=self._context.say(text))

    async def end(self) -> None:
        """Say that all is read, where anything was said before."""
        if self._shown:
            text = nt("{count} row read.", "{count} rows read.", self._rows)
            await self._context.interaction.edit_original_response(content=self._context.say(text))


async def worked_out(work: Generator[int, None, _Plan], progress: Progress) -> _Plan:
    """Return what ``work`` comes to, worked out in a thread, piece by piece.

    It yields after each small step: while it reads rows the number of those read, else 0. It touches nothing that
    the event loop uses.
    """
    plan: list[_Plan] = []
    while not plan:
        row = await asyncio.to_thread(_piece, work, plan)
        if row:
            await progress.show(row)
    await progress.end()
    return plan[0]


def _piece(work: Generator[int, None, _Plan], plan: list[_Plan]) -> int:
    """Do a piece of the work; return the row at which the reader is owed a line, or 0."""
    for _ in range(_PIECE):
        try:
            row = next(work)
        except StopIteration as end:
            plan.append(end.value)
            return 0
        if row and row % LONG_FILE == 0:
            return row
    return 0
