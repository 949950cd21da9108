"""What a closed poll says: its winner or its tie in words, its chart."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from bot.charts.bars import Bars
from bot.charts.duels import DuelTable
from bot.charts.figures import fitted, note_of
from bot.texts import Markdown, Reader, Text, escaped, t
from cogs.polls import sentences
from cogs.polls.counting import ABSTENTION, Count, is_adopted
from cogs.polls.methods import METHODS
from cogs.polls.methods.voting_method import BarChart
from cogs.polls.sentences import option_labels, option_text, saying, text_of
from storage.polls.models import CountedBallot, Majority, Poll


def count_of(poll: Poll) -> Count:
    """Return what was counted in a closed poll."""
    return Count.from_json(cast(dict[str, Any], poll.result))


def headline(poll: Poll, reader: Reader) -> str:
    """Say in one sentence what came out, with the turnout, in markdown."""
    count, plan = count_of(poll), poll.plan
    options = {option.number: option for option in plan.options}
    names = [option_text(options[number], reader, plan.timezone) for number in count.winners]
    short = [name if len(name) <= 160 else f"{name[:159]}…" for name in names]  # noqa: PLR2004 - with a link or a stamp
    chosen = Markdown(reader.listing(short[:5] if len(short) <= 5 else [*short[:4], "…"]))  # noqa: PLR2004 - one phone screen
    values = {"question": plan.question, "chosen": chosen, "turnout": sentences.turnout(poll)}
    parts = [_result(poll, count, values)]
    if count.winners and poll.turnout < plan.quorum:
        undecided = t(
            "“{question}” has closed without its quorum of {quorum}, so nothing is decided; in the lead: {chosen}"
            " ({turnout}).",
            quorum=plan.quorum,
            **values,
        )
        parts = [undecided]
    elif (quorum := sentences.quorum(poll)) is not None:
        parts.append(quorum)
    if count.winners and count.abstentions:
        parts.append(sentences.abstained(count.abstentions))
    return " ".join(reader.say(part) for part in parts)


def _result(poll: Poll, count: Count, values: Mapping[str, object]) -> Text:
    if not count.winners:
        return _nothing_chosen(count, values)
    if poll.plan.majority is not None:
        return _decided(poll.plan.majority, count, values)
    if count.steps:
        return t("“{question}” has closed. Chosen: {chosen} ({turnout}).", **values)
    if len(count.winners) > 1:
        return t("“{question}” has closed with a tie between {chosen}, so nothing is decided ({turnout}).", **values)
    return text_of(METHODS[count.method].won(values))


def _nothing_chosen(count: Count, values: Mapping[str, object]) -> Text:
    if not count.ballots:
        return t("“{question}” has closed: nobody voted ({turnout}).", **values)
    if not count.expressed:
        return t("“{question}” has closed and nothing is chosen: everybody who voted abstained ({turnout}).", **values)
    return t(
        "“{question}” has closed without a result: so few ballots were cast ({turnout}) that a result would show how.",
        **values,
    )


def _decided(majority: Majority, count: Count, values: Mapping[str, object]) -> Text:
    (yes,), (no,) = count.totals
    figures = {**values, "yes": yes, "no": no}
    match majority, is_adopted(count, majority):
        case "simple", True:
            return t(
                "“{question}” is adopted by a simple majority of those voting yes or no: {yes} yes, {no} no"
                " ({turnout}).",
                **figures,
            )
        case "simple", False:
            return t(
                "“{question}” is not adopted: {yes} yes, {no} no is not a simple majority of those voting yes or no"
                " ({turnout}).",
                **figures,
            )
        case _, True:
            return t(
                "“{question}” is adopted by two thirds of those voting yes or no: {yes} yes, {no} no ({turnout}).",
                **figures,
            )
        case _:
            return t(
                "“{question}” is not adopted: {yes} yes, {no} no is less than two thirds of those voting yes or no"
                " ({turnout}).",
                **figures,
            )


def chart_of(poll: Poll, reader: Reader) -> Bars | DuelTable:
    """Return the picture of a closed poll: its first options, in the order in which the card has all of them."""
    count = count_of(poll)
    title, note = poll.plan.question, note_of(reader)
    labels = option_labels(poll.plan, reader)
    chart = METHODS[count.method].chart(count, count.ordered)
    if isinstance(chart, BarChart):
        series = [reader.label(text_of(one)) for one in chart.series]
        return fitted(Bars(title, series, [(labels[number], figures) for number, figures in chart.rows], note), reader)
    losing, level, winning = (reader.label(text_of(word)) for word in chart.words)
    shown = [labels[number] for number in chart.numbers]
    return fitted(DuelTable(title, shown, chart.outcomes, chart.figures, (losing, level, winning), note), reader)


def roll_call(
    poll: Poll, ballots: list[CountedBallot], voters: Sequence[tuple[tuple[int, int], str]], reader: Reader
) -> list[str]:
    """Say in markdown how each voted, by name, one a line; nothing for a secret poll.

    ``voters`` are the electors (delegation and person) with their names, in the order of the list.
    """
    if poll.plan.secret:
        return []
    method = METHODS[poll.plan.method]
    options, say = option_labels(poll.plan, reader), saying(reader.label)
    abstention = reader.label(t("abstention"))
    cast = {(ballot.delegation_id, ballot.person_id): ballot.choice or () for ballot in ballots}
    return [
        escaped(f"{name}: {abstention if cast[elector] == ABSTENTION else method.choice(cast[elector], options, say)}")
        for elector, name in voters
        if elector in cast
    ]
