"""What every count has. No role of its own: of the standard library alone, for the recount without the bot.

Options are numbered from 1. A ballot is a tuple of whole numbers: the options chosen, or a mark for each option, as its
method in :mod:`cogs.polls.methods` says; an empty one is an abstention.

No tie is ever broken in silence: options that share a place are returned together, and where seats must be filled
the step says between whom and how it was decided.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Literal, Self, cast

Ballot = tuple[int, ...]
Places = tuple[tuple[int, ...], ...]
Matrix = tuple[tuple[int, ...], ...]

FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 50
ABSTENTION: Final[Ballot] = ()
"""A ballot that counts for the quorum and for no option, where the poll takes such ballots."""


@dataclass(frozen=True, slots=True)
class Step:
    """One seat filled by sequential proportional approval voting.

    ``score`` is the weight of the ballots for the ``option``, as a fraction ("5/2"). ``tied`` are all the options
    with that score where there were several, and ``decided_by`` says what chose among them. ``score`` is empty where
    only totals are given.
    """

    option: int
    score: str
    tied: tuple[int, ...] = ()
    decided_by: Literal["", "approvals", "order"] = ""


@dataclass(frozen=True, slots=True)
class Count:
    """What was counted. ``places`` are the options from the first place on; several in one place are a tie.

    ``totals`` has for each option its ballots (single, approval) or those saying yes, if need be and no (date).
    ``matrix`` (ranked) has in row i, column j how many ballots prefer option i+1 to option j+1; where that would
    give rankings away, ``duels`` has instead 1 where option i+1 beats option j+1, -1 where it loses, else 0. ``steps``
    fill the seats of a proportional poll. There are no places without ballots, and none where so few were cast that
    only their number is published. ``abstentions`` are those of the ``ballots`` that choose nothing.
    """

    method: str
    ballots: int
    places: Places
    totals: Matrix = ()
    matrix: Matrix = ()
    steps: tuple[Step, ...] = ()
    duels: Matrix = ()
    abstentions: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the count as JSON's own types; duels and abstentions are left out where there are none."""
        written = asdict(self)
        for later in ("duels", "abstentions"):
            if not written[later]:
                del written[later]
        return written

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Count":
        """Return the count that :meth:`as_json` wrote."""
        steps = tuple(Step(s["option"], s["score"], tuple(s["tied"]), s["decided_by"]) for s in stored["steps"])
        return cls(
            stored["method"],
            stored["ballots"],
            rows_of(stored["places"]),
            rows_of(stored["totals"]),
            rows_of(stored["matrix"]),
            steps,
            rows_of(stored.get("duels", ())),
            stored.get("abstentions", 0),
        )

    def totals_only(self) -> Self:
        """Return the count without the seats' scores: among few ballots they say who approves what together."""
        return replace(self, steps=tuple(replace(step, score="") for step in self.steps))

    def without_figures(self) -> Self:
        """Return the count of a ranked poll with who beats whom, without by how much."""
        options = range(1, len(self.matrix) + 1)
        return replace(self, matrix=(), duels=rows_of([self.duel(a, b) for b in options] for a in options))

    def turnout_only(self) -> Self:
        """Return the count with the number of ballots alone."""
        return replace(self, places=(), totals=(), matrix=(), steps=(), duels=(), abstentions=0)

    def duel(self, option: int, other: int) -> int:
        """Return 1 where more ballots of a ranked poll prefer ``option`` to ``other``, -1 where fewer do, else 0."""
        if self.duels:
            return self.duels[option - 1][other - 1]
        won, lost = self.matrix[option - 1][other - 1], self.matrix[other - 1][option - 1]
        return (won > lost) - (won < lost)

    @property
    def expressed(self) -> int:
        """How many ballots choose something: all but the abstentions."""
        return self.ballots - self.abstentions

    @property
    def ordered(self) -> tuple[int, ...]:
        """The options in the order of the result: the chosen ones first, the others by their places."""
        chosen = tuple(step.option for step in self.steps)
        return chosen + tuple(number for tied in self.places for number in tied if number not in chosen)

    @property
    def winners(self) -> tuple[int, ...]:
        """The options chosen: all of the first place, or those that took the seats, in order."""
        if self.steps:
            return tuple(step.option for step in self.steps)
        return self.places[0] if self.places else ()


def is_adopted(count: Count, majority: str) -> bool:
    """Tell whether the first of two options has the ``majority`` of those voting for either.

    "simple": more than half; "two_thirds": at least two thirds. Abstentions are on neither side.
    """
    (yes,), (no,) = count.totals
    return 3 * yes >= 2 * (yes + no) > 0 if majority == "two_thirds" else yes > no


def choice_totals(options: int, ballots: Iterable[Ballot]) -> Matrix:
    """Return for each option, in a tuple of one, how many ballots choose or approve it."""
    totals = [0] * options
    for ballot in ballots:
        for option in ballot:
            totals[option - 1] += 1
    return tuple((total,) for total in totals)


def places_by(worth: Callable[[tuple[int, ...]], tuple[int, ...]], totals: Matrix) -> Places:
    """Return the options by what their totals are worth, the best first; equals share a place."""
    worths = [worth(total) for total in totals]
    return tuple(
        tuple(number for number, own in enumerate(worths, 1) if own == value)
        for value in sorted(set(worths), reverse=True)
    )


def rows_of(rows: Iterable[Iterable[int]]) -> Matrix:
    """Return rows of numbers as a matrix."""
    return tuple(tuple(row) for row in rows)


def ballot_of(numbers: object) -> Ballot:
    """Return a list of numbers, as JSON has it, as a ballot. Raises TypeError for anything else."""
    listed = cast(list[object], numbers) if isinstance(numbers, list) else None
    if listed is None or not all(type(number) is int for number in listed):
        raise TypeError("a ballot is a list of whole numbers")
    return tuple(cast(list[int], listed))
