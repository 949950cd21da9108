from collections.abc import Mapping, Sequence

from bot.charts import Bars
from bot.texts import Reader, Text, t
from cogs.polls.counting import Count
from cogs.polls.methods.voting_method import ListName, OptionList, VotingMethod, bars, in_one_list_each
from cogs.polls.voting.ballot_state import BallotState
from storage.poll_models import PollPlan


class SingleChoice(VotingMethod):
    """Each ballot names one option; the option with the most ballots wins."""

    key = "single"
    name = t("One choice")

    def how_to_vote(self, plan: PollPlan) -> Text:  # noqa: ARG002 - the same for every poll
        """Say that one option is chosen."""
        return t("Choose one. The option with the most ballots wins; a tie is said as a tie.")

    def choose(self, state: BallotState, name: ListName, chosen: Sequence[int], page: int) -> BallotState:  # noqa: ARG002 - one list, one choice
        """Take the choice."""
        return BallotState(state.options, tuple(chosen[:1]))

    def lists(self, state: BallotState, page: int) -> Sequence[OptionList]:  # noqa: ARG002 - all are shown
        """Return the options, of which one can be chosen."""
        return in_one_list_each(state, t("Choose one"), fewest=1, most=1)

    def won(self, values: Mapping[str, object]) -> Text:
        """Say that one option has won."""
        return t("“{question}” has closed: {chosen} wins ({turnout}).", **values)

    def chart(self, title: str, count: Count, options: Sequence[tuple[int, str]], reader: Reader) -> Bars:
        """Return the ballots of each option."""
        return bars(title, [t("ballots")], [(label, count.totals[number - 1]) for number, label in options], reader)
