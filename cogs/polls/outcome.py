"""What a closed poll says: its winner or its tie in words, its chart, its published file. Pure but for the drawing."""

import textwrap
from collections.abc import Mapping
from typing import Any, Final, cast

from bot.charts import Bars
from bot.texts import Markdown, Reader, Text, t
from cogs.polls import words
from cogs.polls.cards import option_label, option_text
from cogs.polls.counting import Count
from cogs.polls.published import Entry, poll_file, written_receipt
from storage.poll_models import CountedBallot, Poll

_ON_CHART: Final = 15
_LABEL: Final = 30


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
    values = {"question": plan.question, "chosen": chosen, "turnout": words.turnout(poll)}
    if count.winners and poll.turnout < plan.quorum:
        undecided = t(
            "“{question}” has closed short of its quorum of {quorum}, so it decides nothing; ahead: {chosen}"
            " ({turnout}).",
            quorum=plan.quorum,
            **values,
        )
        return reader.say(undecided)
    quorum = words.quorum(poll)
    said = reader.say(_result(count, values))
    return f"{said} {reader.say(quorum)}" if quorum is not None else said


def _result(count: Count, values: Mapping[str, object]) -> Text:
    if not count.winners:
        return t("“{question}” has closed: nobody voted ({turnout}).", **values)
    if count.steps:
        return t("“{question}” has closed. Chosen: {chosen} ({turnout}).", **values)
    if len(count.winners) > 1:
        return t("“{question}” has closed with a tie: {chosen} are level, and nothing decides ({turnout}).", **values)
    match count.method:
        case "ranked":
            return t("“{question}” has closed: {chosen} wins by Schulze's method ({turnout}).", **values)
        case "date":
            return t("“{question}” has closed: {chosen} suits the most ({turnout}).", **values)
        case _:
            return t("“{question}” has closed: {chosen} wins ({turnout}).", **values)


def bars_of(poll: Poll, reader: Reader) -> Bars:
    """Return the chart: the first 15 options by place, with their totals (in a ranked poll, the duels won)."""
    count = count_of(poll)
    options = {option.number: option for option in poll.plan.options}
    ordered = [number for tied in count.places for number in tied] or list(options)
    rows = [(_wrapped(option_label(options[number], reader)), _values(count, number)) for number in ordered[:_ON_CHART]]
    return Bars(
        title=textwrap.fill(poll.plan.question, 60, max_lines=3, placeholder="…"),
        series=[reader.label(name) for name in _series(count)],
        rows=rows,
    )


def _series(count: Count) -> tuple[Text, ...]:
    match count.method:
        case "date":
            return (t("yes"), t("if need be"))
        case "ranked":
            return (t("duels won"),)
        case "approval":
            return (t("approvals"),)
        case "single":
            return (t("ballots"),)


def _values(count: Count, number: int) -> tuple[int, ...]:
    if count.method == "ranked":
        row = count.matrix[number - 1]
        return (sum(won > count.matrix[other][number - 1] for other, won in enumerate(row)),)
    return count.totals[number - 1][:2]


def _wrapped(label: str) -> str:
    return textwrap.fill(label, _LABEL, max_lines=3, placeholder="…")


def file_of(poll: Poll, ballots: list[CountedBallot], voters: Mapping[tuple[int, int], str]) -> bytes:
    """Return the published file, which no change of language, zone or name alters.

    ``voters`` are the codes of the electors' delegations, for a roll-call. Dates are in UTC.
    """
    plan = poll.plan
    about = {
        "question": plan.question,
        "method": plan.method,
        "options": [f"{o.at:%Y-%m-%d %H:%M} UTC" if o.at is not None else o.text for o in plan.options],
        "voters": plan.voters,
        "electorate": poll.electorate,
        "quorum": plan.quorum,
        "seats": plan.seats,
        "secret": plan.secret,
    }
    entries = None
    if poll.published == "ballots":
        entries = [
            Entry(written_receipt(b.receipt), b.choice or (), voters.get((b.delegation_id, b.person_id), ""))
            for b in ballots
        ]
    return poll_file(about, count_of(poll), [written_receipt(b.receipt) for b in ballots], entries)


def roll_call(poll: Poll, ballots: list[CountedBallot], voters: Mapping[tuple[int, int], str], reader: Reader) -> str:
    """Say in a text how each voted, by name, one a line; empty for a secret poll."""
    if poll.plan.secret:
        return ""
    options = {option.number: option_label(option, reader) for option in poll.plan.options}
    lines = [
        f"{voters.get((b.delegation_id, b.person_id), '')}: {_choice(poll, b.choice or (), options, reader)}"
        for b in ballots
    ]
    return "\n".join(sorted(lines))


def _choice(poll: Poll, choice: tuple[int, ...], options: Mapping[int, str], reader: Reader) -> str:
    match poll.plan.method:
        case "date":
            said = {2: t("yes"), 1: t("if need be"), 0: t("no")}
            return "; ".join(f"{options[n]}: {reader.label(said[mark])}" for n, mark in enumerate(choice, 1))
        case "ranked":
            return " > ".join(options[number] for number in choice)
        case _:
            return "; ".join(options[number] for number in choice)
