"""What the driver of deaths needs to know of an engine: what it owes, and what its books say in the end."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Protocol

from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Message


class State(Enum):
    """What the books say of one message that was owed."""

    OPEN = "not settled yet"
    SENT = "sent"
    TAKEN_BACK = "sent perhaps, and taken back: not there any more"
    NOT_SENT = "in the books as not sent (missed, failed, not owed), with its reason"
    UNKNOWN = "in the books as unknown: perhaps sent"


@dataclass(frozen=True)
class Entry:
    """One line of the books: the ``reference`` that the message carries, and why it is not sent, if so."""

    reference: str
    state: State
    reason: str = ""


class Workload(Protocol):
    """An engine under test."""

    entry: str
    """``module:function`` that runs the bot in a forked process (``nursery.FOCALBOT``: the real command line)."""

    @property
    def acts(self) -> int:
        """How often what owes the messages did more than owe them."""
        ...

    environment: dict[str, str]
    """What the bot finds in its environment besides the address, the token and the database's path."""

    def furnish(self, discord: LoopbackDiscord, database: Path) -> None:
        """Make the servers, channels and people it needs, before anything runs; ``database`` does not exist yet."""
        ...

    async def owe(self, discord: LoopbackDiscord, database: Path, count: int, chance: random.Random) -> None:
        """Write ``count`` messages, due about now on ``discord.clock``, into ``database`` while no bot runs.

        What owes them may do more meanwhile: hold them, take one back, close a channel.
        """
        ...

    async def meddle(self, database: Path, chance: random.Random, seconds: float) -> None:
        """Do something, or nothing, while a process lives, within ``seconds`` of the system's clock."""
        ...

    async def calm(self, database: Path) -> None:
        """Let go of whatever is held, before the last process is to settle all that is open."""
        ...

    def reference(self, message: Message) -> str | None:
        """The reference that ``message`` carries; None where it is no message of the engine."""
        ...

    def books(self, database: Path) -> list[Entry]:
        """Every message ever owed, read while a bot may be running."""
        ...


@dataclass(frozen=True)
class Verdict:
    """The messages counted against the books. References of what is wrong, by what is wrong."""

    owed: int
    sent: int
    taken_back: int
    not_sent: int
    unknown: int
    twice: tuple[str, ...]
    lost: tuple[str, ...]
    unsettled: tuple[str, ...]
    denied: tuple[str, ...]
    unowed: tuple[str, ...]
    reasons: tuple[tuple[str, int], ...] = ()

    @property
    def clean(self) -> bool:
        """Every message once, or in the books with its reason."""
        return not (self.twice or self.lost or self.unsettled or self.denied or self.unowed)

    def __str__(self) -> str:
        """The counts in a few lines."""
        head = f"owed {self.owed}, sent once {self.sent}, taken back {self.taken_back}, not sent {self.not_sent}"
        lines = [f"{head}, unknown {self.unknown}"]
        lines += [f"  {count} {reason}" for reason, count in self.reasons]
        for what in ("twice", "lost", "unsettled", "denied", "unowed"):
            wrong: tuple[str, ...] = getattr(self, what)
            lines.append(f"{what} {len(wrong)}" + (f": {', '.join(wrong[:10])}" if wrong else ""))
        return "\n".join(lines)


def judge(entries: list[Entry], messages: list[Message], workload: Workload) -> Verdict:
    """Count every message ever stored, deleted ones too, against the books.

    ``lost``: called sent, never stored; ``denied``: called not sent, but stored, or taken back, but still to be seen;
    ``unowed``: stored, in no book.
    """
    counts: dict[str, int] = {}
    there: set[str] = set()
    for message in messages:
        reference = workload.reference(message)
        if reference is not None:
            counts[reference] = counts.get(reference, 0) + 1
            if message.can_be_seen:
                there.add(reference)
    by_state = {state: [e for e in entries if e.state is state] for state in State}
    known = {entry.reference for entry in entries}
    return Verdict(
        owed=len(entries),
        sent=sum(1 for e in by_state[State.SENT] if counts.get(e.reference) == 1),
        taken_back=len(by_state[State.TAKEN_BACK]),
        not_sent=len(by_state[State.NOT_SENT]),
        unknown=len(by_state[State.UNKNOWN]),
        twice=tuple(reference for reference, count in counts.items() if count > 1),
        lost=tuple(e.reference for e in by_state[State.SENT] if e.reference not in counts),
        unsettled=tuple(e.reference for e in by_state[State.OPEN]),
        denied=(
            *(e.reference for e in by_state[State.NOT_SENT] if e.reference in counts),
            *(e.reference for e in by_state[State.TAKEN_BACK] if e.reference in there),
        ),
        unowed=tuple(reference for reference in counts if reference not in known),
        reasons=tuple(Counter(e.reason for e in (*by_state[State.NOT_SENT], *by_state[State.UNKNOWN])).most_common()),
    )
