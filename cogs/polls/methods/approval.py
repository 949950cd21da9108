"""Approvals. No role of its own: all that this way to vote is."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from cogs.polls.counting import Ballot, Count, Step, choice_totals
from cogs.polls.methods.ballot_state import PAGE, BallotState
from cogs.polls.methods.voting_method import BarChart, OptionList, VotingMethod, bars, in_one_list_each
from cogs.polls.methods.wording import Wording, nt, t


class Approval(VotingMethod):
    """Each ballot approves any number of options; the most approved wins, or several are chosen in proportion."""

    key = "approval"
    name = t("Approve as many as you like")
    fills_seats = True

    def how_to_vote(self, seats: int | None) -> Wording:
        """Say that any number is approved, and how several are chosen."""
        if not seats:
            return t(
                "Approve as many as you like. The option that most ballots approve wins; a tie is announced as a tie."
            )
        return nt(
            "Approve as many as you like. {count} is chosen: the one that most ballots approve.",
            "Approve as many as you like. {count} are chosen one after the other, each time the one with the most"
            " support; a ballot counts half once one of its topics is chosen, a third after two, and so on, so"
            " that no large group takes the whole programme.",
            seats,
        )

    def is_ballot(self, options: int, ballot: Ballot) -> bool:
        """Options in rising order."""
        return super().is_ballot(options, ballot) and list(ballot) == sorted(ballot)

    def tally(self, options: int, ballots: Sequence[Ballot], seats: int | None) -> Count:
        """Return the approvals of each option, and those that take the seats."""
        tallied = super().tally(options, ballots, seats)
        return replace(tallied, steps=sequential_proportional_approval(options, ballots, seats) if seats else ())

    def choose(self, state: BallotState, name: str, chosen: Sequence[int], page: int) -> BallotState:  # noqa: ARG002 - one kind of list
        """Take what is approved on this page, and keep what is approved on the others."""
        elsewhere = [number for number in state.ballot if (number - 1) // PAGE != page]
        return BallotState(state.options, tuple(sorted({*elsewhere, *chosen})))

    def lists(self, state: BallotState, page: int) -> Sequence[OptionList]:  # noqa: ARG002 - all are shown
        """Return the options, any number of which can be approved."""
        return in_one_list_each(state, t("Choose all that you approve"), fewest=0)

    def won(self, values: Mapping[str, object]) -> Wording:
        """Say that one option has won."""
        return t("“{question}” has closed: {chosen} wins ({turnout}).", **values)

    def chart(self, count: Count, numbers: Sequence[int]) -> BarChart:
        """Return the approvals of each option."""
        return bars(count, numbers, t("approvals"))


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
