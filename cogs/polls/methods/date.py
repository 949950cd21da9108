"""Dates. No role of its own: all that this way to vote is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from cogs.polls.counting import Ballot, Count, Matrix, rows_of
from cogs.polls.methods.ballot_state import PAGE, BallotState, on_page
from cogs.polls.methods.voting_method import BarChart, OptionList, VotingMethod, bars
from cogs.polls.methods.wording import Say, Wording, t

YES: Final = 2
IF_NEED_BE: Final = 1
NO: Final = 0
_MARK: Final = {"yes": YES, "maybe": IF_NEED_BE}
_SAID: Final = {YES: t("yes"), IF_NEED_BE: t("if need be"), NO: t("no")}


class Dates(VotingMethod):
    """Each ballot says for each date yes, if need be, or no: a mark for each option, in order."""

    key = "date"
    name = t("Dates: yes, if need be, no")
    asks_for_dates = True
    fits_topics = False
    lowest = NO
    list_names = tuple(_MARK)
    stays_on_page = True

    def how_to_vote(self, seats: int | None) -> Wording:  # noqa: ARG002 - one is chosen
        """Say that each date is marked."""
        return t(
            "Say for each date: yes, if need be, or no. The date that suits most voters wins; of several such dates,"
            " the one with the most yes. A tie is announced as a tie."
        )

    def is_ballot(self, options: int, ballot: Ballot) -> bool:
        """A mark for each date."""
        return len(ballot) == options and set(ballot) <= {YES, IF_NEED_BE, NO}

    def tally(self, options: int, ballots: Sequence[Ballot], seats: int | None) -> Count:  # noqa: ARG002 - one is chosen
        """Return for each date how many say yes, if need be, and no."""
        return Count(self.key, len(ballots), (), totals=date_totals(options, ballots))

    def worth(self, total: tuple[int, ...]) -> tuple[int, ...]:
        """A date is better the more can come at all, then the more can come gladly."""
        yes, if_need_be, _ = total
        return yes + if_need_be, yes

    def blank(self, options: int) -> BallotState:
        """Return a ballot that says no to all."""
        return BallotState(options, (NO,) * options)

    def choose(self, state: BallotState, name: str, chosen: Sequence[int], page: int) -> BallotState:
        """Mark the dates chosen on a page; those that lose the mark are a no."""
        mark = _MARK[name]
        marks = list(state.ballot)
        for index in range(page * PAGE, min((page + 1) * PAGE, state.options)):
            if index + 1 in chosen:
                marks[index] = mark
            elif marks[index] == mark:
                marks[index] = NO
        return replace(state, ballot=tuple(marks))

    def lists(self, state: BallotState, page: int) -> Sequence[OptionList]:
        """Return the dates of a page twice: to say yes, and to say if need be."""
        numbers = on_page(state.all_options, page)
        placeholders = {"yes": t("Dates that suit you"), "maybe": t("Dates that suit you if need be")}
        return [
            OptionList(
                name,
                placeholder,
                numbers,
                page,
                row,
                most=len(numbers),
                selected=frozenset(n for n in numbers if state.ballot[n - 1] == _MARK[name]),
            )
            for row, (name, placeholder) in enumerate(placeholders.items())
        ]

    def marked_lines(self, state: BallotState, options: Mapping[int, str], say: Say) -> list[str]:
        """Say the mark of each date."""
        return [f"{options[n]} · **{say(_SAID[mark])}**" for n, mark in enumerate(state.ballot, 1)]

    def choice(self, ballot: Ballot, options: Mapping[int, str], say: Say) -> str:
        """Say the mark of each date."""
        return "; ".join(f"{options[n]}: {say(_SAID[mark])}" for n, mark in enumerate(ballot, 1))

    def won(self, values: Mapping[str, object]) -> Wording:
        """Say which date suits the most."""
        return t("“{question}” has closed: {chosen} suits the most ({turnout}).", **values)

    def total(self, count: Count, number: int) -> Wording | None:
        """Say how many can come, and how gladly."""
        if not count.totals:
            return None
        yes, maybe, no = count.totals[number - 1]
        return t("{yes} yes, {maybe} if need be, {no} no", yes=yes, maybe=maybe, no=no)

    def chart(self, count: Count, numbers: Sequence[int]) -> BarChart:
        """Return for each date how many say yes, and if need be."""
        return bars(count, numbers, _SAID[YES], _SAID[IF_NEED_BE])


def date_totals(options: int, ballots: Iterable[Ballot]) -> Matrix:
    """Return for each option how many ballots say yes, if need be, and no."""
    totals = [[0, 0, 0] for _ in range(options)]
    for ballot in ballots:
        for row, mark in zip(totals, ballot, strict=True):
            row[YES - mark] += 1
    return rows_of(totals)
