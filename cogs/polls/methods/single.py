"""One choice. No role of its own: all that this way to vote is."""

from collections.abc import Mapping, Sequence

from cogs.polls.counting import Ballot, Count
from cogs.polls.methods.ballot_state import BallotState
from cogs.polls.methods.voting_method import BarChart, OptionList, VotingMethod, bars, in_one_list_each
from cogs.polls.methods.wording import Wording, t


class SingleChoice(VotingMethod):
    """Each ballot names one option; the option with the most ballots wins."""

    key = "single"
    name = t("One choice")

    def how_to_vote(self, seats: int | None) -> Wording:  # noqa: ARG002 - one is chosen
        """Say that one option is chosen."""
        return t("Choose one. The option with the most ballots wins; a tie is announced as a tie.")

    def is_ballot(self, options: int, ballot: Ballot) -> bool:
        """One option."""
        return super().is_ballot(options, ballot) and len(ballot) == 1

    def choose(self, state: BallotState, name: str, chosen: Sequence[int], page: int) -> BallotState:  # noqa: ARG002 - one list, one choice
        """Take the choice."""
        return BallotState(state.options, tuple(chosen[:1]))

    def lists(self, state: BallotState, page: int) -> Sequence[OptionList]:  # noqa: ARG002 - all are shown
        """Return the options, of which one can be chosen."""
        return in_one_list_each(state, t("Choose one"), fewest=1, most=1)

    def won(self, values: Mapping[str, object]) -> Wording:
        """Say that one option has won."""
        return t("“{question}” has closed: {chosen} wins ({turnout}).", **values)

    def chart(self, count: Count, numbers: Sequence[int]) -> BarChart:
        """Return the ballots of each option."""
        return bars(count, numbers, t("ballots"))
