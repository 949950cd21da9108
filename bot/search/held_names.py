"""What things are called in lists that are searched as somebody types, folded once."""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from bot.search.folding import normalise

Thing = TypeVar("Thing")
MOST: Final = 32
"""How many lists are held at a time; the one that was asked for longest ago makes room."""
_AT_ONCE: Final = 200
"""Names that are folded without leaving the loop to others."""


@dataclass(frozen=True, slots=True)
class _Held:
    things: Sequence[object]
    names: Sequence[str]


class HeldNames:
    """The folded names of lists, as long as they are the same lists; of another list only what is new is named."""

    def __init__(self) -> None:
        self._held: OrderedDict[Hashable, _Held] = OrderedDict()

    async def of(self, whose: Hashable, things: Sequence[Thing], name: Callable[[Thing], str]) -> Sequence[str]:
        """Return the folded name of each thing. ``whose`` says of which network, and for what kind of reader.

        ``name`` depends on the thing and on ``whose`` alone. It may be called in another thread.
        """
        held = self._held.get(whose)
        if held is None or held.things is not things:
            # Those that are held are alive, and no other has the id of one.
            known = dict(zip(map(id, held.things), held.names, strict=True)) if held is not None else {}
            new = [thing for thing in things if id(thing) not in known]
            folded = _folded(new, name) if len(new) <= _AT_ONCE else await asyncio.to_thread(_folded, new, name)
            known.update(zip(map(id, new), folded, strict=True))
            held = self._held[whose] = _Held(things, [known[id(thing)] for thing in things])
        self._held.move_to_end(whose)
        if len(self._held) > MOST:
            self._held.popitem(last=False)
        return held.names


def _folded(things: Sequence[Thing], name: Callable[[Thing], str]) -> list[str]:
    return [normalise(name(thing)) for thing in things]
