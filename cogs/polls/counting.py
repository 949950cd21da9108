"""How ballots are counted. Pure, and of the standard library alone: the recount command runs on it without the bot.

Options are numbered from 1. A ballot is a tuple of whole numbers:

- single: the one option chosen;
- approval: the options approved, in rising order;
- ranked: the options from the first choice on; those left out share the last place;
- date: a mark for each option, in order: 2 yes, 1 if need be, 0 no.

No tie is ever broken in silence: options that share a place are returned together, and where seats must be filled
the step says between whom and how it was decided.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from typing import Any, Final, Literal, Self, cast

Method = Literal["single", "approval", "ranked", "date"]
Ballot = tuple[int, ...]
Places = tuple[tuple[int, ...], ...]
Matrix = tuple[tuple[int, ...], ...]

FEWEST_OPTIONS: Final = 2
MOST_OPTIONS: Final = 50
YES: Final = 2
IF_NEED_BE: Final = 1
NO: Final = 0


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
    only their number is published.
    """

    method: Method
    ballots: int
    places: Places
    totals: Matrix = ()
    matrix: Matrix = ()
    steps: tuple[Step, ...] = ()
    duels: Matrix = ()

    def as_json(self) -> dict[str, Any]:
        """Return the count as JSON's own types. Without duels it is what it was before there were any."""
        written = asdict(self)
        if not self.duels:
            del written["duels"]
        return written

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Count":
        """Return the count that :meth:`as_json` wrote."""
        steps = tuple(Step(s["option"], s["score"], tuple(s["tied"]), s["decided_by"]) for s in stored["steps"])
        return cls(
            stored["method"],
            stored["ballots"],
            _rows(stored["places"]),
            _rows(stored["totals"]),
            _rows(stored["matrix"]),
            steps,
            _rows(stored.get("duels", ())),
        )

    def totals_only(self) -> Self:
        """Return the count without the seats' scores: among few ballots they say who approves what together."""
        return replace(self, steps=tuple(replace(step, score="") for step in self.steps))

    def without_figures(self) -> Self:
        """Return the count of a ranked poll with who beats whom, without by how much."""
        options = range(1, len(self.matrix) + 1)
        return replace(self, matrix=(), duels=_rows([self.duel(a, b) for b in options] for a in options))

    def turnout_only(self) -> Self:
        """Return the count with the number of ballots alone."""
        return replace(self, places=(), totals=(), matrix=(), steps=(), duels=())

    def duel(self, option: int, other: int) -> int:
        """Return 1 where more ballots of a ranked poll prefer ``option`` to ``other``, -1 where fewer do, else 0."""
        if self.duels:
            return self.duels[option - 1][other - 1]
        won, lost = self.matrix[option - 1][other - 1], self.matrix[other - 1][option - 1]
        return (won > lost) - (won < lost)

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


def count(method: Method, options: int, ballots: Sequence[Ballot], seats: int | None = None) -> Count:
    """Count ``ballots`` over ``options`` options. ``seats`` (approval only): how many to choose proportionally."""
    if method == "ranked":
        matrix = pairwise(options, ballots)
        return Count(method, len(ballots), schulze_places(matrix) if ballots else (), matrix=matrix)
    totals = date_totals(options, ballots) if method == "date" else choice_totals(options, ballots)
    places = places_by(_availability if method == "date" else _ballots_for, totals) if ballots else ()
    steps = sequential_proportional_approval(options, ballots, seats) if seats else ()
    return Count(method, len(ballots), places, totals=totals, steps=steps)


def is_ballot(method: Method, options: int, ballot: Ballot) -> bool:
    """Tell whether a ballot says something that can be counted."""
    if method == "date":
        return len(ballot) == options and set(ballot) <= {YES, IF_NEED_BE, NO}
    known = bool(ballot) and len(set(ballot)) == len(ballot) and all(1 <= option <= options for option in ballot)
    if method == "single":
        return known and len(ballot) == 1
    return known and (method == "ranked" or list(ballot) == sorted(ballot))


def choice_totals(options: int, ballots: Iterable[Ballot]) -> Matrix:
    """Return for each option, in a tuple of one, how many ballots choose or approve it."""
    totals = [0] * options
    for ballot in ballots:
        for option in ballot:
            totals[option - 1] += 1
    return tuple((total,) for total in totals)


def date_totals(options: int, ballots: Iterable[Ballot]) -> Matrix:
    """Return for each option how many ballots say yes, if need be, and no."""
    totals = [[0, 0, 0] for _ in range(options)]
    for ballot in ballots:
        for row, mark in zip(totals, ballot, strict=True):
            row[YES - mark] += 1
    return _rows(totals)


def _ballots_for(total: tuple[int, ...]) -> tuple[int, ...]:
    return total


def _availability(total: tuple[int, ...]) -> tuple[int, ...]:
    # A date is better the more can come at all, then the more can come gladly.
    yes, if_need_be, _ = total
    return yes + if_need_be, yes


def places_by(worth: Callable[[tuple[int, ...]], tuple[int, ...]], totals: Matrix) -> Places:
    """Return the options by what their totals are worth, the best first; equals share a place."""
    worths = [worth(total) for total in totals]
    return tuple(
        tuple(number for number, own in enumerate(worths, 1) if own == value)
        for value in sorted(set(worths), reverse=True)
    )


def pairwise(options: int, ballots: Iterable[Ballot]) -> Matrix:
    """Return how many ballots prefer each option (row) to each other option (column)."""
    matrix = [[0] * options for _ in range(options)]
    for ballot in ballots:
        behind = set(range(options))
        for option in ballot:
            behind.discard(option - 1)
            for other in behind:
                matrix[option - 1][other] += 1
    return _rows(matrix)


def schulze_places(matrix: Matrix) -> Places:
    """Return the places that Schulze's method gives to the options of a pairwise matrix.

    A link leads from an option to each that it beats in a duel; the more ballots win the duel the stronger it is,
    with as many the fewer lose it ("winning votes"). A path is as strong as its weakest link. An option beats
    another when its strongest path there is stronger than the strongest back. First are those beaten by nobody,
    next those beaten only by the first, and so on. Method: M. Schulze, "A new monotonic, clone-independent,
    reversal symmetric, and Condorcet-consistent single-winner election method", Social Choice and Welfare 36
    (2011), 267-303.
    """
    options = range(len(matrix))
    strength = [[_link(matrix[i][j], matrix[j][i]) for j in options] for i in options]
    for k in options:
        for i in options:
            for j in options:
                if k not in (i, j) and i != j:
                    strength[i][j] = max(strength[i][j], min(strength[i][k], strength[k][j]))
    waiting = set(options)
    places: list[tuple[int, ...]] = []
    while waiting:
        unbeaten = {i for i in waiting if all(strength[j][i] <= strength[i][j] for j in waiting)}
        places.append(tuple(sorted(i + 1 for i in unbeaten)))
        waiting -= unbeaten
    return tuple(places)


def _link(won: int, lost: int) -> tuple[int, int]:
    return (won, -lost) if won > lost else (0, 0)


def sequential_proportional_approval(options: int, ballots: Sequence[Ballot], seats: int) -> tuple[Step, ...]:
    """Choose up to ``seats`` options, one at a time, by sequential proportional approval voting.

    Each time the option wins for which the ballots weigh most; a ballot that has k of its options among the chosen
    weighs 1/(k+1) (T. N. Thiele, "Om Flerfoldsvalg", 1895; M. Lackner and P. Skowron, "Multi-Winner Voting with
    Approval Preferences", 2023, section 2.3). Equal weights are decided by the number of approvals, then by the
    order of the options, and the step says so. An option that nobody approves is never chosen.
    """
    approvals = [total[0] for total in choice_totals(options, ballots)]
    steps: list[Step] = []
    chosen: set[int] = set()
    for _ in range(seats):
        weights = [Fraction(1, 1 + len(chosen.intersection(ballot))) for ballot in ballots]
        scores = {
            option: sum((w for w, ballot in zip(weights, ballots, strict=True) if option in ballot), Fraction())
            for option in range(1, options + 1)
            if option not in chosen and approvals[option - 1]
        }
        if not scores:
            break
        steps.append(_filled(scores, approvals))
        chosen.add(steps[-1].option)
    return tuple(steps)


def _filled(scores: dict[int, Fraction], approvals: Sequence[int]) -> Step:
    best = max(scores.values())
    tied = tuple(option for option, score in scores.items() if score == best)
    if len(tied) == 1:
        return Step(tied[0], str(best))
    most = max(approvals[option - 1] for option in tied)
    leading = [option for option in tied if approvals[option - 1] == most]
    return Step(leading[0], str(best), tied, "approvals" if len(leading) == 1 else "order")


def _rows(rows: Iterable[Iterable[int]]) -> Matrix:
    return tuple(tuple(row) for row in rows)


def from_totals(method: Method, ballots: int, totals: Matrix, matrix: Matrix) -> Places:
    """Return the places that published totals, or a published pairwise matrix, give."""
    if not ballots:
        return ()
    if method == "ranked":
        return schulze_places(matrix)
    return places_by(_availability if method == "date" else _ballots_for, totals)


def ballot_of(numbers: object) -> Ballot:
    """Return a list of numbers, as JSON has it, as a ballot. Raises TypeError for anything else."""
    listed = cast(list[object], numbers) if isinstance(numbers, list) else None
    if listed is None or not all(type(number) is int for number in listed):
        raise TypeError("a ballot is a list of whole numbers")
    return tuple(cast(list[int], listed))
