"""What of the list goes into the file, and how what was sent is put together for each person. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Final, Literal

from bot.delivery.unreached import UnreachedMessage
from bot.retention import RETURNS
from bot.texts import Text
from storage.outbox.models import OutboxRow

List = Literal["unreached", "all", "sent"]
"""What was not brought to its person; that and what waits to be read; what left by e-mail or by the secretariat."""
SENT_LISTED: Final = RETURNS
"""How long what was sent outside of Discord is listed, for what comes back."""
PAGE: Final = 8


@dataclass(frozen=True, slots=True)
class Sending:
    """What was sent to one person at one time, by e-mail or as the secretariat wrote it down."""

    person_id: int
    at: datetime
    row_ids: Sequence[int]
    address: str = ""
    """Where it went, where that is known."""

    @property
    def key(self) -> str:
        """What names it in a list to choose from."""
        return f"{self.person_id}:{int(self.at.timestamp())}"


@dataclass(frozen=True, slots=True)
class LastSent:
    """What was sent to a person last outside of Discord at one ``address``, which may be out of use, or another's now.

    ``key`` names it in a list to choose from. ``is_last``: nothing was sent to the person since at another address.
    """

    key: str
    name: str
    address: str
    row_ids: Sequence[int]
    is_last: bool = True

    @property
    def label(self) -> str:
        """What names the person to the secretariat, whose mailbox knows them by the address."""
        return f"{self.name} · {self.address}"


@dataclass(frozen=True, slots=True)
class Listed:
    """A message in the list: to whom, as the reader names them, and what it is about."""

    message: UnreachedMessage
    name: str
    title: Text


@dataclass(frozen=True, slots=True)
class UnreachedList:
    """All of the list, by name; how many wait unread, and what was sent outside of Discord."""

    listed: Sequence[Listed]
    waiting: int = 0
    sent: Sequence[Sending] = ()
    names: dict[int, str] = field(default_factory=dict[int, str])
    """Of those to whom something was sent outside of Discord."""

    @property
    def people(self) -> int:
        """How many people are in the list."""
        return len({one.message.person.id for one in self.listed})


def sendings(rows: Iterable[OutboxRow]) -> list[Sending]:
    """Put together what was sent to each person at one time, the last first."""

    def key(row: OutboxRow) -> tuple[float, int]:
        return (-row.settled_at.timestamp() if row.settled_at else 0, row.person_id or 0)

    return [
        Sending(person_id, found[0].settled_at, [row.id for row in found], found[0].address)
        for (_, person_id), group in groupby(sorted(rows, key=key), key)
        if (found := list(group)) and found[0].settled_at is not None
    ]
