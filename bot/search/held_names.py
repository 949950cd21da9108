"""What things are called in lists that are searched as somebody types, folded once."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from sqlite3 import Row
from typing import Final

from bot.search.folding import normalise

MOST: Final = 32
"""How many lists are held at a time; the one that was asked for longest ago makes room."""
_AT_ONCE: Final = 200
"""Names that are folded without leaving the loop to others."""


@dataclass(frozen=True, slots=True)
class _Held:
    rows: Sequence[Row]
    names: Sequence[str]


class HeldNames:
    """The folded names of rows, as long as they are the same rows; of other rows only those that changed are named."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, _Held] = OrderedDict()

    async def of(self, whose: Hashable, rows: Sequence[Row], name: Callable[[Row], str]) -> Sequence[str]:
        """Return the folded name of each row. ``whose`` says of which network they are, and for what kind of reader.

        ``name`` depends on the row and on ``whose`` alone. It may be called in another thread.
        """
        held = self._held.get(whose)
        if held is None or held.rows is not rows:
            known = dict(zip(map(tuple, held.rows), held.names, strict=True)) if held is not None else {}
            new = [row for row in rows if tuple(row) not in known]
            folded = _folded(new, name) if len(new) <= _AT_ONCE else await asyncio.to_thread(_folded, new, name)
            known.update(zip(map(tuple, new), folded, strict=True))
            held = self._held[whose] = _Held(rows, [known[tuple(row)] for row in rows])
        self._held.move_to_end(whose)
        if len(self._held) > MOST:
            self._held.popitem(last=False)
        return held.names


def _folded(rows: Sequence[Row], name: Callable[[Row], str]) -> list[str]:
    return [normalise(name(row)) for row in rows]
