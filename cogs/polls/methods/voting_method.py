"""What a voting method is, from its ballot to its chart. No role of its own: the recount runs it without the bot."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from cogs.polls.counting import ABSTENTION, Ballot, Count, Places, choice_totals, places_by
from cogs.polls.methods.ballot_state import LETTERS, BallotState, on_page, pages_of
from cogs.polls.methods.wording import Say, Wording, nt

PICK = "pick"
"""The name of the list where a ballot has one kind of list."""


@dataclass(frozen=True, slots=True)
class OptionList:
    """A list on an opened ballot: the options ``numbers``, of which ``selected`` are shown as chosen.

    ``name`` is one of the method's ``list_names``, ``page`` the list's page, from 0, and ``row`` the row of the message
    in which it is shown. At least ``fewest`` and at most ``most`` of the options can be chosen.
    """

    name: str
    placeholder: Wording
    numbers: tuple[int, ...]
    page: int = 0
    row: int = 0
    fewest: int = 0
    most: int = 1
    selected: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class BarChart:
    """A result as stacked bars: for each option, by its number, a figure for each of ``series``."""

    series: Sequence[Wording]
    rows: Sequence[tuple[int, Sequence[int]]]


@dataclass(frozen=True, slots=True)
class DuelChart:
    """A result as a table of duels between the options ``numbers``.

    ``outcomes`` has 1 where the row's option beats the column's, -1 where it loses, else 0; ``figures`` (None: not
    published) how many ballots prefer it. ``words`` say what losing, being level and winning are.
    """

    numbers: Sequence[int]
    outcomes: Sequence[Sequence[int]]
    figures: Sequence[Sequence[int]] | None
    words: tuple[Wording, Wording, Wording]


class VotingMethod(ABC):
    """One way to vote. A new one is a subclass in a file of its own and an entry in ``METHODS``.

    Its file imports the standard library, :mod:`cogs.polls.counting` and its neighbours alone: the recount runs it
    without the bot. Labels of options are given in the reader's language, by the options' numbers.
    """

    key: ClassVar[str]
    name: ClassVar[Wording]
    """The method in the list of methods."""
    asks_for_dates: ClassVar[bool] = False
    """Whether the options are instants, typed as dates with times."""
    fits_topics: ClassVar[bool] = True
    """Whether a poll on the topics can use it."""
    fills_seats: ClassVar[bool] = False
    """Whether several options can be chosen in proportion."""
    instead_of_ballots: ClassVar[Wording | None] = None
    """What a secret poll publishes, where single ballots never are (``{figures}`` and ``{fewest}`` are ballots)."""
    is_ordered: ClassVar[bool] = False
    """Whether the opened ballot has *Undo* and *Move up*."""
    lowest: ClassVar[int] = 1
    """The smallest number that a ballot has."""
    list_names: ClassVar[tuple[str, ...]] = (PICK,)
    """The lists of an opened ballot: words that stay as they are once polls are open."""
    stays_on_page: ClassVar[bool] = False
    """Whether the opened ballot stays at its page once something was chosen there."""

    @abstractmethod
    def how_to_vote(self, seats: int | None) -> Wording:
        """Say what a voter does, and how the count goes, in two sentences at most. ``seats``: how many are chosen."""

    # The count

    def is_ballot(self, options: int, ballot: Ballot) -> bool:
        """Tell whether a ballot says something that can be counted: here, options, each once."""
        return bool(ballot) and len(set(ballot)) == len(ballot) and all(1 <= option <= options for option in ballot)

    def count(self, options: int, ballots: Sequence[Ballot], seats: int | None = None) -> Count:
        """Count ``ballots`` over ``options`` options; ``seats``: how many to choose in proportion.

        Abstentions are among the ballots, and among nothing else.
        """
        expressed = [ballot for ballot in ballots if ballot != ABSTENTION]
        tallied = self.tally(options, expressed, seats)
        counted = replace(tallied, ballots=len(ballots), abstentions=len(ballots) - len(expressed))
        return replace(counted, places=self.places(counted))

    def tally(self, options: int, ballots: Sequence[Ballot], seats: int | None) -> Count:  # noqa: ARG002 - few fill seats
        """Return the count without its places: here, how many ballots name each option."""
        return Count(self.key, len(ballots), (), totals=choice_totals(options, ballots))

    def places(self, tallied: Count) -> Places:
        """Return the places that the figures of a count, as they may be published, give."""
        return places_by(self.worth, tallied.totals) if tallied.expressed else ()

    def worth(self, total: tuple[int, ...]) -> tuple[int, ...]:
        """Return what an option's total is worth: the more, the better its place."""
        return total

    # The opened ballot

    def blank(self, options: int) -> BallotState:
        """Return a ballot on which nothing is marked."""
        return BallotState(options)

    def marked(self, options: int, ballot: Ballot) -> BallotState:
        """Return a ballot marked as ``ballot`` was when it was cast; one that abstained is blank."""
        if ballot == ABSTENTION:
            return self.blank(options)
        return BallotState(options, ballot, len(ballot) - 1 if self.is_ordered else 0)

    def read(self, options: int, written: str, moving: int = 0) -> BallotState:
        """Return what :meth:`written` wrote."""
        return BallotState(options, tuple(LETTERS.index(letter) + self.lowest for letter in written), moving)

    def written(self, state: BallotState) -> str:
        """Return the ballot as letters, 50 at most."""
        return "".join(LETTERS[number - self.lowest] for number in state.ballot)

    def offered(self, state: BallotState) -> tuple[int, ...]:
        """Return the options that can be marked now."""
        return state.all_options

    def pages(self, state: BallotState) -> int:
        """Return how many pages the opened ballot has; where all lists are shown together, one."""
        return pages_of(self.offered(state))

    @abstractmethod
    def choose(self, state: BallotState, name: str, chosen: Sequence[int], page: int) -> BallotState:
        """Return the ballot once the list ``name`` was left at ``chosen`` on ``page``."""

    @abstractmethod
    def lists(self, state: BallotState, page: int) -> Sequence[OptionList]:
        """Return the lists to choose from on ``page``."""

    def marked_lines(self, state: BallotState, options: Mapping[int, str], say: Say) -> list[str]:  # noqa: ARG002 - ticks need no words
        """Say in markdown, line by line, what is marked on a ballot that says something."""
        return [f"✓ {options[number]}" for number in state.ballot]

    # The result

    def choice(self, ballot: Ballot, options: Mapping[int, str], say: Say) -> str:  # noqa: ARG002 - marks are words in some methods
        """Say what a ballot chooses, in a text."""
        return "; ".join(options[number] for number in ballot)

    @abstractmethod
    def won(self, values: Mapping[str, object]) -> Wording:
        """Say that one option has won. ``values``: the question, what is chosen, and the turnout."""

    def total(self, count: Count, number: int) -> Wording | None:
        """Say the total of an option; None where the method has none to say."""
        return nt("{count} ballot", "{count} ballots", count.totals[number - 1][0]) if count.totals else None

    @abstractmethod
    def chart(self, count: Count, numbers: Sequence[int]) -> BarChart | DuelChart:
        """Return the picture of the result for the options ``numbers``, in their order."""


def in_one_list_each(
    state: BallotState, placeholder: Wording, *, fewest: int, most: int | None = None
) -> list[OptionList]:
    """Return lists that show all options together, 25 in each. ``most`` None: any number can be chosen."""
    found: list[OptionList] = []
    for page in range(pages_of(state.all_options)):
        numbers = on_page(state.all_options, page)
        selected = frozenset(state.ballot) & frozenset(numbers)
        found.append(OptionList(PICK, placeholder, numbers, page, page, fewest, most or len(numbers), selected))
    return found


def bars(count: Count, numbers: Sequence[int], *series: Wording) -> BarChart:
    """Return bars of the first figures of each option's total, as many as there are ``series``."""
    return BarChart(series, [(number, count.totals[number - 1][: len(series)]) for number in numbers])
