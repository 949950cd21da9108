"""An unfinished ballot, for the ``custom_id`` of the message that shows it. No role of its own: methods mark it."""

from dataclasses import dataclass, replace
from typing import Final, Self

from cogs.polls.counting import Ballot

LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn"
"""One for each of the 50 options that a poll may have."""
PAGE: Final = 25
"""Options in one of Discord's lists."""


@dataclass(frozen=True, slots=True)
class BallotState:
    """What is marked so far on a ballot over ``options`` options.

    ``ballot`` is as :mod:`cogs.polls.counting` describes it, empty where nothing is marked; ``moving`` is the place
    (from 0) of the option that *Move up* moves next.
    """

    options: int
    ballot: Ballot = ()
    moving: int = 0

    @property
    def all_options(self) -> tuple[int, ...]:
        """The numbers of all options, from 1."""
        return tuple(range(1, self.options + 1))

    @property
    def unranked(self) -> tuple[int, ...]:
        """The options that the ballot does not name."""
        return tuple(number for number in self.all_options if number not in self.ballot)

    def undo(self) -> Self:
        """Take the last choice of the ranking back."""
        return replace(self, ballot=self.ballot[:-1], moving=max(len(self.ballot) - 2, 0))

    def move_up(self) -> Self:
        """Move the option last added, or last moved, up one place."""
        place = min(self.moving, len(self.ballot) - 1)
        if place < 1:
            return self
        order = list(self.ballot)
        order[place - 1], order[place] = order[place], order[place - 1]
        return replace(self, ballot=tuple(order), moving=place - 1)


def on_page(numbers: tuple[int, ...], page: int) -> tuple[int, ...]:
    """Return the part of ``numbers`` that one list shows; pages are counted from 0."""
    return numbers[page * PAGE : (page + 1) * PAGE]


def pages_of(numbers: tuple[int, ...]) -> int:
    """Return how many lists ``numbers`` take, at least one."""
    return max(1, -(-len(numbers) // PAGE))
