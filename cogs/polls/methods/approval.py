from collections.abc import Mapping, Sequence

from bot.charts import Bars
from bot.texts import Reader, Text, nt, t
from cogs.polls.counting import Count
from cogs.polls.methods.voting_method import ListName, OptionList, VotingMethod, bars, in_one_list_each
from cogs.polls.voting.ballot_state import PAGE, BallotState
from storage.poll_models import PollPlan


class Approval(VotingMethod):
    """Each ballot approves any number of options; the most approved wins, or several are chosen in proportion."""

    key = "approval"
    name = t("Approve as many as you like")
    fills_seats = True

    def how_to_vote(self, plan: PollPlan) -> Text:
        """Say that any number is approved, and how several are chosen."""
        if not plan.seats:
            return t("Approve as many as you like. The option that most ballots approve wins; a tie is said as a tie.")
        return nt(
            "Approve as many as you like. {count} is chosen: the one that most ballots approve.",
            "Approve as many as you like. {count} are chosen one after the other, each time the one with the most"
            " support; a ballot counts half once one of its topics is chosen, a third after two, and so on, so"
            " that no large group takes the whole programme.",
            plan.seats,
        )

    def choose(self, state: BallotState, name: ListName, chosen: Sequence[int], page: int) -> BallotState:  # noqa: ARG002 - one kind of list
        """Take what is approved on this page, and keep what is approved on the others."""
        elsewhere = [number for number in state.ballot if (number - 1) // PAGE != page]
        return BallotState(state.options, tuple(sorted({*elsewhere, *chosen})))

    def lists(self, state: BallotState, page: int) -> Sequence[OptionList]:  # noqa: ARG002 - all are shown
        """Return the options, any number of which can be approved."""
        return in_one_list_each(state, t("Choose all that you approve"), fewest=0)

    def won(self, values: Mapping[str, object]) -> Text:
        """Say that one option has won."""
        return t("“{question}” has closed: {chosen} wins ({turnout}).", **values)

    def chart(self, title: str, count: Count, options: Sequence[tuple[int, str]], reader: Reader) -> Bars:
        """Return the approvals of each option."""
        return bars(title, [t("approvals")], [(label, count.totals[number - 1]) for number, label in options], reader)
