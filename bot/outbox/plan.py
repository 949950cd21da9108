"""What a plan changes among the rows that are there: pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.outbox.types import Owed
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason

_UNDER_WAY: Final[frozenset[OutboxState]] = frozenset(
    {OutboxState.SENDING, OutboxState.EXPANDED, OutboxState.SENT, OutboxState.UNKNOWN, OutboxState.NOTICE}
)


@dataclass(slots=True)
class Replan:
    """What to write: rows to ``add`` with their occurrence, to ``move`` (by id), to ``cancel`` (ids).

    ``overtaken`` are the ids of expanded rows whose waiting children go, because the row is owed anew or no more.
    """

    add: list[tuple[Owed, int]] = field(default_factory=list[tuple[Owed, int]])
    move: dict[int, datetime] = field(default_factory=dict[int, datetime])
    cancel: list[int] = field(default_factory=list[int])
    overtaken: list[int] = field(default_factory=list[int])
    keeps_waiting: bool = False
    """Whether what waits is still owed where it would have been due by now: the clocks moved it, nobody did."""

    def owe(self, row: OutboxRow | None, one: Owed, now: datetime) -> None:
        """Decide on one message that is owed, ``row`` being the last of its kind to its target."""
        ahead = one.due_at > now or (self.keeps_waiting and row is not None and row.state is OutboxState.PENDING)
        if row is None:
            if ahead:
                self.add.append((one, 1))
        elif row.state is OutboxState.PENDING or (row.state is OutboxState.CANCELLED and row.reason != Reason.STOPPED):
            self._due(row, one, ahead=ahead)
        elif ahead and _owed_again(row, one):
            self.add.append((one, row.occurrence + 1))
            self.overtaken.append(row.id)

    def drop(self, row: OutboxRow) -> None:
        """Decide on a row whose message is owed no more."""
        if row.state is OutboxState.PENDING:
            self.cancel.append(row.id)
        elif row.state is OutboxState.EXPANDED:
            self.overtaken.append(row.id)

    def _due(self, row: OutboxRow, one: Owed, *, ahead: bool) -> None:
        if ahead and (row.state is OutboxState.CANCELLED or row.due_at != one.due_at):
            self.move[row.id] = one.due_at
        elif row.state is OutboxState.PENDING and row.due_at != one.due_at:
            self.cancel.append(row.id)


def replan(rows: Iterable[OutboxRow], owed: Iterable[Owed], now: datetime, *, keeps_waiting: bool = False) -> Replan:
    """Compare what is owed with a subject's planned ``rows`` (every state and occurrence).

    What falls due at or before ``now`` is not owed, unless it was planned for that very instant and still waits.
    With ``keeps_waiting`` it is owed if it still waits, whenever it was planned for. Only waiting rows are changed.
    Raises ValueError for two messages of one kind to one target.
    """
    latest: dict[tuple[str, str], OutboxRow] = {}
    for row in sorted(rows, key=lambda row: row.occurrence):
        latest[row.kind, row.target] = row
    change = Replan(keeps_waiting=keeps_waiting)
    seen: set[tuple[str, str]] = set()
    for one in owed:
        key = (one.kind, one.target)
        if key in seen:
            raise ValueError(f"{one.kind} to {one.target} is owed twice")
        seen.add(key)
        change.owe(latest.get(key), one, now)
    for key, row in latest.items():
        if key not in seen:
            change.drop(row)
    return change


def _owed_again(row: OutboxRow, owed: Owed) -> bool:
    if row.state in _UNDER_WAY or row.reason == Reason.STOPPED:
        return owed.lead is not None and abs(owed.due_at - row.due_at) >= owed.lead
    return owed.due_at != row.due_at
