"""An unfinished ballot: pure, and small enough for the ``custom_id`` of the private message that shows it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final, Self

from cogs.polls.counting import IF_NEED_BE, NO, YES, Ballot, Method

LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn"
"""One for each of the 50 options that a poll may have."""
PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked so far on a ballot over ``options`` options.

    ``ballot`` is as :mod:`cogs.polls.counting` describes it, empty where nothing is marked; ``moving`` is the place
    (from 0) of the option that *Move up* moves next.
    """

    method: Method
    options: int
    ballot: Ballot = ()
    moving: int = 0

    @classmethod
    def blank(cls, method: Method, options: int) -> Self:
        """Return a ballot that says nothing; on dates, no to all."""
        return cls(method, options, (NO,) * options if method == "date" else ())

    @classmethod
    def read(cls, method: Method, options: int, written: str, moving: int = 0) -> Self:
        """Return what :meth:`written` wrote."""
        numbers = tuple(LETTERS.index(letter) for letter in written)
        return cls(method, options, numbers if method == "date" else tuple(n + 1 for n in numbers), moving)

    @property
    def written(self) -> str:
        """The ballot as letters, 50 at most."""
        offset = 0 if self.method == "date" else 1
        return "".join(LETTERS[number - offset] for number in self.ballot)

    @property
    def left(self) -> tuple[int, ...]:
        """The options that are not ranked yet."""
        return tuple(number for number in range(1, self.options + 1) if number not in self.ballot)

    def choose(self, chosen: Sequence[int], page: int) -> Self:
        """Take what a list was left at: the choice, the next of the ranking, or what is approved on this page."""
        valid = [number for number in chosen if 1 <= number <= self.options]
        match self.method:
            case "ranked":
                added = tuple(number for number in valid if number not in self.ballot)
                return replace(self, ballot=self.ballot + added, moving=len(self.ballot + added) - 1)
            case "approval":
                elsewhere = [number for number in self.ballot if (number - 1) // PAGE != page]
                return replace(self, ballot=tuple(sorted({*elsewhere, *valid})))
            case _:
                return replace(self, ballot=tuple(valid[:1]))

    def mark(self, chosen: Sequence[int], page: int, mark: int) -> Self:
        """Mark the dates chosen on a page with yes or if need be; those that lose the mark are a no."""
        marks = list(self.ballot)
        for index in range(page * PAGE, min((page + 1) * PAGE, self.options)):
            if index + 1 in chosen:
                marks[index] = mark
            elif marks[index] == mark:
                marks[index] = NO
        return replace(self, ballot=tuple(marks))

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

    def on_page(self, page: int) -> tuple[int, ...]:
        """Return the options that a page of the list shows."""
        shown = self.left if self.method == "ranked" else tuple(range(1, self.options + 1))
        return shown[page * PAGE : (page + 1) * PAGE]

    @property
    def pages(self) -> int:
        """How many pages the list has."""
        shown = len(self.left) if self.method == "ranked" else self.options
        return max(1, -(-shown // PAGE))


MARKS: Final = {"yes": YES, "maybe": IF_NEED_BE}
"""By the name of the list that sets them."""
