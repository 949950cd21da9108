"""Which backups stay: pure."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many backups stay: the last one of each of so many days, weeks (from Monday) and months, in UTC.

    Days, weeks and months without a backup do not count.
    """

    daily: int
    weekly: int
    monthly: int


def outdated(made: Iterable[datetime], rotation: Rotation) -> set[datetime]:
    """Return which of the backups that were made at these instants do not stay."""
    newest_first = sorted(made, reverse=True)
    periods: list[tuple[int, Callable[[datetime], Hashable]]] = [
        (rotation.daily, datetime.date),
        (rotation.weekly, lambda at: at.isocalendar()[:2]),
        (rotation.monthly, lambda at: (at.year, at.month)),
    ]
    stay: set[datetime] = set()
    for count, period_of in periods:
        last_of: dict[Hashable, datetime] = {}
        for at in newest_first:
            last_of.setdefault(period_of(at), at)
        stay.update(list(last_of.values())[:count])
    return set(newest_first) - stay
