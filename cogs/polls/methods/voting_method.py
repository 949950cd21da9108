"""What a voting method is: how a ballot is marked, what it says, and how the result is said and drawn."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from bot.charts import Bars, DuelTable
from bot.texts import Reader, Text, nt
from cogs.polls.counting import Ballot, Count, Method
from cogs.polls.options import option_label, shortened
from cogs.polls.voting.ballot_state import LETTERS, BallotState, on_page, pages_of
from storage.poll_models import PollPlan

ListName = Literal["pick", "yes", "maybe"]


@dataclass(frozen=True, slots=True)
class OptionList:
    """A list on an opened ballot: the options ``numbers``, of which ``selected`` are shown as chosen.

    ``page`` is the list's page, from 0, and ``row`` the row of the message in which it is shown. At least ``fewest``
    and at most ``most`` of the options can be chosen.
    """

    name: ListName
    placeholder: Text
    numbers: tuple[int, ...]
    page: int = 0
    row: int = 0
    fewest: int = 0
    most: int = 1
    selected: frozenset[int] = frozenset()


class VotingMethod(ABC):
    """One way to vote. A new one is a subclass in a file of its own, an entry in ``METHODS`` and its count.

    The count itself is in :mod:`cogs.polls.counting`, which the recount runs without the bot.
    """

    key: ClassVar[Method]
    name: ClassVar[Text]
    """The method in the list of methods."""
    fits_topics: ClassVar[bool] = True
    """Whether a poll on the topics can use it."""
    fills_seats: ClassVar[bool] = False
    """Whether several options can be chosen in proportion."""
    publishes_ballots: ClassVar[bool] = True
    """Whether single ballots of a secret poll may be published: a whole ranking can identify the voter."""
    is_ordered: ClassVar[bool] = False
    """Whether the opened ballot has *Undo* and *Move up*."""
    lowest: ClassVar[int] = 1
    """The smallest number that a ballot has."""

    @abstractmethod
    def how_to_vote(self, plan: PollPlan) -> Text:
        """Say what a voter does, and how the count goes, in two sentences at most."""

    # The opened ballot

    def blank(self, options: int) -> BallotState:
        """Return a ballot on which nothing is marked."""
        return BallotState(options)

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
    def choose(self, state: BallotState, name: ListName, chosen: Sequence[int], page: int) -> BallotState:
        """Return the ballot once the list ``name`` was left at ``chosen`` on ``page``."""

    @abstractmethod
    def lists(self, state: BallotState, page: int) -> Sequence[OptionList]:
        """Return the lists to choose from on ``page``."""

    def marked_lines(self, plan: PollPlan, state: BallotState, reader: Reader) -> list[str]:
        """Say in markdown, line by line, what is marked on a ballot that says something."""
        options = {option.number: option for option in plan.options}
        return [f"✓ {shortened(options[number], plan, reader)}" for number in state.ballot]

    # The result

    def choice(self, ballot: Ballot, options: Mapping[int, str], reader: Reader) -> str:  # noqa: ARG002 - marks are words in some methods
        """Say what a ballot chooses, in a text. ``options`` are the options' labels by number."""
        return "; ".join(options[number] for number in ballot)

    @abstractmethod
    def won(self, values: Mapping[str, object]) -> Text:
        """Say that one option has won. ``values``: the question, what is chosen, and the turnout."""

    def total(self, count: Count, number: int) -> Text | None:
        """Say the total of an option; None where the method has none to say."""
        return nt("{count} ballot", "{count} ballots", count.totals[number - 1][0]) if count.totals else None

    @abstractmethod
    def chart(self, title: str, count: Count, options: Sequence[tuple[int, str]], reader: Reader) -> Bars | DuelTable:
        """Return the picture of the result: the ``options`` (number and label) in the order of the result."""


def in_one_list_each(
    state: BallotState, placeholder: Text, *, fewest: int, most: int | None = None
) -> list[OptionList]:
    """Return lists that show all options together, 25 in each. ``most`` None: any number can be chosen."""
    found: list[OptionList] = []
    for page in range(pages_of(state.all_options)):
        numbers = on_page(state.all_options, page)
        selected = frozenset(state.ballot) & frozenset(numbers)
        found.append(
            OptionList("pick", placeholder, numbers, page, page, fewest, most or len(numbers), frozenset(selected))
        )
    return found


def labels(plan: PollPlan, reader: Reader) -> dict[int, str]:
    """Return the label of each option by its number."""
    return {option.number: option_label(option, reader) for option in plan.options}


def bars(title: str, series: Sequence[Text], rows: Sequence[tuple[str, Sequence[int]]], reader: Reader) -> Bars:
    """Return bars with ``series`` in the reader's language."""
    return Bars(title=title, series=[reader.label(name) for name in series], rows=rows)
