"""An invented method: each ballot gives an option three points, one or none. All that it is, is in this file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from cogs.polls.counting import Ballot, Count
from cogs.polls.methods.ballot_state import BallotState
from cogs.polls.methods.voting_method import BarChart, OptionList, VotingMethod, bars
from cogs.polls.methods.wording import Say, Wording, nt, t

POINTS = {"best": 3, "good": 1}


class Score(VotingMethod):
    """The option with the most points wins."""

    key = "score"
    name = t("Give points")
    lowest = 0
    list_names = tuple(POINTS)
    stays_on_page = True

    def how_to_vote(self, seats: int | None) -> Wording:
        """Say that points are given."""
        return t("Give three points to the best options and one to the good ones. The most points win.")

    def is_ballot(self, options: int, ballot: Ballot) -> bool:
        """Points for each option, and some for at least one."""
        return len(ballot) == options and any(ballot) and set(ballot) <= {0, *POINTS.values()}

    def tally(self, options: int, ballots: Sequence[Ballot], seats: int | None) -> Count:
        """Return the points of each option."""
        totals = tuple((sum(ballot[option] for ballot in ballots),) for option in range(options))
        return Count(self.key, len(ballots), (), totals=totals)

    def blank(self, options: int) -> BallotState:
        """Return a ballot without points."""
        return BallotState(options, (0,) * options)

    def choose(self, state: BallotState, name: str, chosen: Sequence[int], page: int) -> BallotState:
        """Give the points of the list to what was chosen."""
        points = POINTS[name]
        given = [points if n in chosen else 0 if p == points else p for n, p in enumerate(state.ballot, 1)]
        return replace(state, ballot=tuple(given))

    def lists(self, state: BallotState, page: int) -> Sequence[OptionList]:
        """Return a list for each number of points."""
        options = state.all_options
        return [
            OptionList(name, nt("{count} point", "{count} points", points), options, page, row, most=len(options))
            for row, (name, points) in enumerate(POINTS.items())
        ]

    def marked_lines(self, state: BallotState, options: Mapping[int, str], say: Say) -> list[str]:
        """Say the points of each option."""
        points = (say(nt("{count} point", "{count} points", given)) for given in state.ballot)
        return [f"{options[number]} · {said}" for number, said in enumerate(points, 1)]

    def won(self, values: Mapping[str, object]) -> Wording:
        """Say that one option has won."""
        return t("“{question}” has closed: {chosen} has the most points ({turnout}).", **values)

    def total(self, count: Count, number: int) -> Wording | None:
        """Say the points of an option."""
        return nt("{count} point", "{count} points", count.totals[number - 1][0]) if count.totals else None

    def chart(self, count: Count, numbers: Sequence[int]) -> BarChart:
        """Return the points of each option."""
        return bars(count, numbers, t("points"))
