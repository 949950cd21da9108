from collections import OrderedDict
from collections.abc import Sequence
from sqlite3 import Row
from typing import Final

Key = tuple[str, tuple[object, ...]]
MOST: Final = 1000
"""How many queries' rows are held at a time; those that were asked for longest ago make room."""


class HeldRows:
    """Rows read since the last commit, by statement and parameters. Each commit forgets all of them."""

    def __init__(self) -> None:
        self._held: OrderedDict[Key, Sequence[Row]] = OrderedDict()
        self.commits = 0
        """How often everything was forgotten: what began to be read before the last time is not kept."""

    def get(self, key: Key) -> Sequence[Row] | None:
        """Return the rows as they were read since the last commit, or None."""
        rows = self._held.get(key)
        if rows is not None:
            self._held.move_to_end(key)
        return rows

    def keep(self, key: Key, rows: Sequence[Row], commits: int) -> None:
        """Hold the rows, unless something was committed since ``commits`` was read, which was before them."""
        if commits != self.commits:
            return
        self._held[key] = rows
        if len(self._held) > MOST:
            self._held.popitem(last=False)

    def forget(self) -> None:
        """Forget everything: something was committed, or may have been."""
        self.commits += 1
        self._held.clear()
