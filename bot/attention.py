"""What the secretariat should look at: each room contributes its lines here; the weekly digest reads them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from bot.texts import Reader, Text


class Urgency(IntEnum):
    """The order in which the secretariat reads what it should look at."""

    DECIDE = 1
    """Somebody waits for its decision."""
    CHASE = 2
    """Somebody was not reached, or has not answered."""
    MEND = 3
    """Something went wrong."""
    SEATS = 4
    """A seat needs attention."""


@dataclass(frozen=True, slots=True)
class Attention:
    """One thing to look at. ``what`` says it in the reader's language, with how many there are (markdown).

    ``custom_id`` is the button that leads to it, whose answer is private, ``label`` its one or two words.
    """

    urgency: Urgency
    what: str
    custom_id: str
    label: Text


Source = Callable[[int, Reader], Awaitable[Sequence[Attention]]]
"""What a room contributes about the network with that guild id: it reads, and never writes.

It is also asked while the writer is held.
"""


class AttentionList:
    """What the secretariat should look at, put together from all rooms."""

    def __init__(self) -> None:
        self._sources: list[Source] = []

    def register(self, source: Source) -> None:
        """Let a room contribute its lines; in its ``setup``, before the bot is ready."""
        self._sources.append(source)

    async def of(self, guild_id: int, reader: Reader) -> list[Attention]:
        """Return what the network's secretariat should look at, the most urgent first."""
        found = [one for source in self._sources for one in await source(guild_id, reader)]
        return sorted(found, key=lambda one: one.urgency)
