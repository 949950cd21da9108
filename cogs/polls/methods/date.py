from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from bot.charts import Bars
from bot.texts import Reader, Text, t
from cogs.polls.counting import IF_NEED_BE, NO, YES, Ballot, Count
from cogs.polls.methods.voting_method import ListName, OptionList, VotingMethod, bars
from cogs.polls.options import shortened
from cogs.polls.voting.ballot_state import PAGE, BallotState, on_page
from storage.poll_models import PollPlan

_MARK: Final[dict[ListName, int]] = {"yes": YES, "maybe": IF_NEED_BE}
_SAID: Final = {YES: t("yes"), IF_NEED_BE: t("if need be"), NO: t("no")}


class Dates(VotingMethod):
    """Each ballot says for each date yes, if need be, or no."""

    key = "date"
    name = t("Dates: yes, if need be, no")
    fits_topics = False
    lowest = NO

    def how_to_vote(self, plan: PollPlan) -> Text:  # noqa: ARG002 - the same for every poll
        """Say that each date is marked."""
        return t(
            "Say for each date yes, if need be, or no. The date that suits the most wins, then the one with the"
            " most yes; a tie is said as a tie."
        )

    def blank(self, options: int) -> BallotState:
        """Return a ballot that says no to all."""
        return BallotState(options, (NO,) * options)

    def choose(self, state: BallotState, name: ListName, chosen: Sequence[int], page: int) -> BallotState:
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
        placeholders: dict[ListName, Text] = {
            "yes": t("Dates that suit you"),
            "maybe": t("Dates that suit you if need be"),
        }
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

    def marked_lines(self, plan: PollPlan, state: BallotState, reader: Reader) -> list[str]:
        """Say the mark of each date."""
        return [
            f"{shortened(option, plan, reader)} · **{reader.say(_SAID[mark])}**"
            for option, mark in zip(plan.options, state.ballot, strict=True)
        ]

    def choice(self, ballot: Ballot, options: Mapping[int, str], reader: Reader) -> str:
        """Say the mark of each date."""
        return "; ".join(f"{options[n]}: {reader.label(_SAID[mark])}" for n, mark in enumerate(ballot, 1))

    def won(self, values: Mapping[str, object]) -> Text:
        """Say which date suits the most."""
        return t("“{question}” has closed: {chosen} suits the most ({turnout}).", **values)

    def total(self, count: Count, number: int) -> Text | None:
        """Say how many can come, and how gladly."""
        if not count.totals:
            return None
        yes, maybe, no = count.totals[number - 1]
        return t("{yes} yes, {maybe} if need be, {no} no", yes=yes, maybe=maybe, no=no)

    def chart(self, title: str, count: Count, options: Sequence[tuple[int, str]], reader: Reader) -> Bars:
        """Return for each date how many say yes, and if need be."""
        rows = [(label, count.totals[number - 1][:2]) for number, label in options]
        return bars(title, [_SAID[YES], _SAID[IF_NEED_BE]], rows, reader)
