from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.charts import DuelTable
from bot.texts import Reader, Text, nt, t
from cogs.polls.counting import Ballot, Count
from cogs.polls.methods.voting_method import ListName, OptionList, VotingMethod
from cogs.polls.options import shortened
from cogs.polls.voting.ballot_state import BallotState, on_page
from storage.poll_models import PollPlan


class Ranked(VotingMethod):
    """Each ballot puts the options in an order; Schulze's method finds the order of all."""

    key = "ranked"
    name = t("Rank by preference")
    publishes_ballots = False
    is_ordered = True

    def how_to_vote(self, plan: PollPlan) -> Text:  # noqa: ARG002 - the same for every poll
        """Say that the options are ranked."""
        return t(
            "Rank the options from your first choice on; those you leave out share the last place. The winner is"
            " the one that beats the others in pairs (Schulze's method); a tie is said as a tie."
        )

    def offered(self, state: BallotState) -> tuple[int, ...]:
        """Return the options without a rank."""
        return state.unranked

    def choose(self, state: BallotState, name: ListName, chosen: Sequence[int], page: int) -> BallotState:  # noqa: ARG002 - one list
        """Give the next rank to what was chosen."""
        ballot = state.ballot + tuple(number for number in chosen if number not in state.ballot)
        return replace(state, ballot=ballot, moving=len(ballot) - 1)

    def lists(self, state: BallotState, page: int) -> Sequence[OptionList]:
        """Return the options without a rank, while there are any."""
        if not state.unranked:
            return ()
        return [OptionList("pick", t("Choose the next one"), on_page(state.unranked, page), page, fewest=1)]

    def marked_lines(self, plan: PollPlan, state: BallotState, reader: Reader) -> list[str]:
        """Say the order so far, and how many options are left."""
        options = {option.number: option for option in plan.options}
        lines = [f"{n}. {shortened(options[o], plan, reader)}" for n, o in enumerate(state.ballot, 1)]
        if state.unranked:
            left = len(state.unranked)
            rest = nt("{count} option shares the last place.", "{count} options share the last place.", left)
            lines.append(f"*{reader.say(rest)}*")
        return lines

    def choice(self, ballot: Ballot, options: Mapping[int, str], reader: Reader) -> str:  # noqa: ARG002 - the order needs no words
        """Say the order of a ballot."""
        return " > ".join(options[number] for number in ballot)

    def won(self, values: Mapping[str, object]) -> Text:
        """Say that one option has won."""
        return t("“{question}” has closed: {chosen} wins by Schulze's method ({turnout}).", **values)

    def chart(self, title: str, count: Count, options: Sequence[tuple[int, str]], reader: Reader) -> DuelTable:
        """Return the table of duels."""
        numbers = [number for number, _ in options]
        return DuelTable(
            title=title,
            labels=[label for _, label in options],
            outcomes=[[count.duel(a, b) for b in numbers] for a in numbers],
            figures=[[count.matrix[a - 1][b - 1] for b in numbers] for a in numbers] if count.matrix else None,
            words=(
                reader.label(t("loses the duel")),
                reader.label(t("neither wins")),
                reader.label(t("wins the duel")),
            ),
        )
