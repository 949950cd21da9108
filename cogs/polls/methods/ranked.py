"""Rankings. No role of its own: all that this way to vote is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from cogs.polls.counting import Ballot, Count, Matrix, Places, rows_of
from cogs.polls.methods.ballot_state import BallotState, on_page
from cogs.polls.methods.voting_method import PICK, DuelChart, OptionList, VotingMethod
from cogs.polls.methods.wording import Say, Wording, nt, t


class Ranked(VotingMethod):
    """Each ballot puts the options in an order; Schulze's method finds the order of all."""

    key = "ranked"
    name = t("Rank by preference")
    # A whole ranking can identify the voter.
    instead_of_ballots = t(
        "At closing the receipts, the order and the table of pairwise comparisons are published, never a whole"
        " ranking. With fewer than {figures} ballots the table has no figures; with fewer than {fewest} only the"
        " turnout is published."
    )
    is_ordered = True

    def how_to_vote(self, seats: int | None) -> Wording:  # noqa: ARG002 - one is chosen
        """Say that the options are ranked."""
        return t(
            "Rank the options, your first choice first; those that you leave out share the last place. The option"
            " that wins the pairwise comparisons with the others is chosen (Schulze's method); a tie is announced as"
            " a tie."
        )

    def tally(self, options: int, ballots: Sequence[Ballot], seats: int | None) -> Count:  # noqa: ARG002 - one is chosen
        """Return how many ballots prefer each option to each other."""
        return Count(self.key, len(ballots), (), matrix=pairwise(options, ballots))

    def places(self, tallied: Count) -> Places:
        """Return the places that Schulze's method gives."""
        return schulze_places(tallied.matrix) if tallied.expressed else ()

    def offered(self, state: BallotState) -> tuple[int, ...]:
        """Return the options without a rank."""
        return state.unranked

    def choose(self, state: BallotState, name: str, chosen: Sequence[int], page: int) -> BallotState:  # noqa: ARG002 - one list
        """Give the next rank to what was chosen."""
        ballot = state.ballot + tuple(number for number in chosen if number not in state.ballot)
        return replace(state, ballot=ballot, moving=len(ballot) - 1)

    def lists(self, state: BallotState, page: int) -> Sequence[OptionList]:
        """Return the options without a rank, while there are any."""
        if not state.unranked:
            return ()
        return [OptionList(PICK, t("Choose the next one"), on_page(state.unranked, page), page, fewest=1)]

    def marked_lines(self, state: BallotState, options: Mapping[int, str], say: Say) -> list[str]:
        """Say the order so far, and how many options are left."""
        lines = [f"{place}. {options[number]}" for place, number in enumerate(state.ballot, 1)]
        if state.unranked:
            left = len(state.unranked)
            rest = nt("{count} option shares the last place.", "{count} options share the last place.", left)
            lines.append(f"*{say(rest)}*")
        return lines

    def choice(self, ballot: Ballot, options: Mapping[int, str], say: Say) -> str:  # noqa: ARG002 - the order needs no words
        """Say the order of a ballot."""
        return " > ".join(options[number] for number in ballot)

    def won(self, values: Mapping[str, object]) -> Wording:
        """Say that one option has won."""
        return t("“{question}” has closed: {chosen} wins by Schulze's method ({turnout}).", **values)

    def total(self, count: Count, number: int) -> Wording | None:
        """Say the duel of an option against the next in the order; None for the last, and without figures."""
        after = count.ordered[count.ordered.index(number) + 1 :] if number in count.ordered else ()
        if not after or not count.matrix:
            return None
        following = after[0]
        won, lost = count.matrix[number - 1][following - 1], count.matrix[following - 1][number - 1]
        return t("{won}–{lost} against the next", won=won, lost=lost)

    def chart(self, count: Count, numbers: Sequence[int]) -> DuelChart:
        """Return the table of duels."""
        return DuelChart(
            numbers,
            [[count.duel(a, b) for b in numbers] for a in numbers],
            [[count.matrix[a - 1][b - 1] for b in numbers] for a in numbers] if count.matrix else None,
            (t("loses to"), t("neither wins"), t("wins against")),
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
    return rows_of(matrix)


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
