from collections.abc import Sequence
from typing import Final

import discord

from bot.texts import Markdown, Reader, Text, escaped, nt, t
from bot.ui import Page, page_label
from bot.ui.room import joined
from cogs.polls import words
from cogs.polls.ballot_state import BallotState
from cogs.polls.counting import Count, Step
from cogs.polls.methods import METHODS
from cogs.polls.options import shortened
from storage.poll_models import Poll, PollOption

COLOUR: Final = discord.Colour(0x0072B2)
CLOSED_COLOUR: Final = discord.Colour(0x5F6B77)
_DESCRIPTION: Final = 4000
"""Characters, of Discord's 4,096."""


def poll_card(poll: Poll, reader: Reader) -> discord.Embed:
    """Show a poll that is open, or to be opened: what it asks, who votes, who sees what, the turnout and no more."""
    plan = poll.plan
    lines = [f"{o.number}. {shortened(o, plan, reader)}" for o in plan.options]
    card = discord.Embed(
        title=escaped(plan.question)[:256], description=joined(lines, reader, _DESCRIPTION), colour=COLOUR
    )
    if poll.state == "cancelled":
        card.colour = CLOSED_COLOUR
    card.add_field(
        name=reader.label(t("How to vote")),
        value=reader.say(METHODS[plan.method].how_to_vote(plan))[:1024],
        inline=False,
    )
    who = f"{reader.say(words.audience(plan))}. {reader.say(words.VOTERS[plan.voters])}."
    card.add_field(name=reader.label(t("Who votes")), value=who, inline=False)
    small = words.small_electorate(plan, poll.electorate)
    seen = [words.secrecy(plan), small, words.publication(plan, poll.electorate)]
    card.add_field(
        name=reader.label(t("Who sees what")),
        value=" ".join(reader.say(text) for text in seen if text is not None)[:1024],
        inline=False,
    )
    name = {"open": t("Closes"), "closed": t("Closed"), "cancelled": t("Cancelled")}[poll.state]
    at = poll.ended_at or plan.closes_at
    card.add_field(name=reader.label(name), value=reader.stamp(at, plan.timezone), inline=False)
    card.add_field(name=reader.label(t("Turnout")), value=turnout_line(poll, reader), inline=False)
    return card


def turnout_line(poll: Poll, reader: Reader) -> str:
    """Say the turnout, and the quorum where there is one."""
    quorum = words.quorum(poll)
    return reader.say(words.turnout(poll)) + (f". {reader.say(quorum)}" if quorum is not None else "")


def result_card(poll: Poll, count: Count, reader: Reader, digest: str) -> discord.Embed:
    """Show what was counted, place by place, the turnout, and how to check the count."""
    plan = poll.plan
    card = discord.Embed(title=escaped(plan.question)[:256], colour=CLOSED_COLOUR)
    card.description = joined(_places(poll, count, reader), reader, _DESCRIPTION) or reader.say(_nothing(count))
    card.add_field(name=reader.label(t("Turnout")), value=turnout_line(poll, reader), inline=False)
    check = t(
        "The file below holds what was published. {command} tells whether a ballot was counted; the file can be"
        " recounted without the bot.",
        command=Markdown("`/poll verify`"),
    )
    name = reader.label(t("Check the count"))
    lines = [reader.say(check), f"SHA-256: `{digest}`"]
    wanted = plan.secret and plan.publish == "ballots" and METHODS[plan.method].publishes_ballots
    if wanted and poll.published == "totals" and count.places:
        few = t("So few voted that only the receipts and the totals are published, and no single ballot.")
        lines.insert(0, reader.say(few))
    card.add_field(name=name, value="\n".join(lines), inline=False)
    return card


def _nothing(count: Count) -> Text:
    if not count.ballots:
        return t("Nobody voted.")
    return t("Only the turnout is published: a result from so few ballots would show how they were cast.")


def _places(poll: Poll, count: Count, reader: Reader) -> list[str]:
    options = {option.number: option for option in poll.plan.options}
    if count.steps:
        chosen = [
            line for n, step in enumerate(count.steps, 1) for line in _step(n, step, count, options, poll, reader)
        ]
        seated = {step.option for step in count.steps}
        others = [_option(number, count, options, poll, reader) for number in count.ordered if number not in seated]
        if not others:
            return chosen
        return [*chosen, "", f"__{reader.say(t('Not chosen'))}__", *(f"· {line}" for line in others)]
    lines: list[str] = []
    place = 1
    for tied in count.places:
        shared = f" ({reader.say(t('tied'))})" if len(tied) > 1 else ""
        lines += [
            f"{ranked(place)} {_option(number, count, options, poll, reader, bold=place == 1, after=shared)}"
            for number in tied
        ]
        place += len(tied)
    return lines


def ranked(place: int) -> str:
    """Write a place at the head of a line: Discord would number "1." anew, and two that share a place be 1 and 2."""
    return f"{place}\\."


def _option(
    number: int,
    count: Count,
    options: dict[int, PollOption],
    poll: Poll,
    reader: Reader,
    *,
    bold: bool = False,
    after: str = "",
) -> str:
    name = shortened(options[number], poll.plan, reader)
    total = METHODS[poll.plan.method].total(count, number)
    said = f" · {reader.say(total)}" if total is not None else ""
    return (f"**{name}**" if bold else name) + after + said


def _step(
    place: int, step: Step, count: Count, options: dict[int, PollOption], poll: Poll, reader: Reader
) -> list[str]:
    lines = [f"{ranked(place)} {_option(step.option, count, options, poll, reader, bold=True)}"]
    if step.tied:
        others = reader.listing([shortened(options[o], poll.plan, reader) for o in step.tied if o != step.option])
        why = {
            "approvals": t("level with {others}; taken because more ballots approve it", others=Markdown(others)),
            "order": t("level with {others}; taken because it comes first in the list", others=Markdown(others)),
        }[step.decided_by or "order"]
        lines.append(f"*{reader.say(why)}*")
    return lines


def ballot_card(poll: Poll, state: BallotState, reader: Reader) -> discord.Embed:
    """Show an opened ballot as it is marked so far; private, and stored nowhere."""
    plan, method = poll.plan, METHODS[poll.plan.method]
    card = discord.Embed(title=escaped(plan.question)[:256], colour=COLOUR)
    none = [f"*{reader.say(t('Nothing is chosen yet.'))}*"]
    lines = method.marked_lines(plan, state, reader) if state.ballot else none
    card.description = joined([reader.say(method.how_to_vote(plan)), "", *lines], reader, _DESCRIPTION)
    return card


def list_card(page: Page[Poll], reader: Reader, *, to_secretariat: bool) -> discord.Embed:
    """Show a page of polls, open ones first; where there is none, tell the secretariat how to ask."""
    card = discord.Embed(title=reader.label(t("Polls")), colour=COLOUR)
    if not page.total:
        none = t("There is no poll yet: {command} opens one.", command="/poll create")
        card.description = reader.say(none if to_secretariat else t("There is no poll yet."))
    for poll in page.items:
        card.add_field(name=escaped(poll.plan.question)[:256], value=_status(poll, reader), inline=False)
    card.set_footer(text=page_label(page, reader))
    return card


def _status(poll: Poll, reader: Reader) -> str:
    if poll.state == "cancelled":
        return reader.say(t("Cancelled"))
    ends = poll.ended_at or poll.plan.closes_at
    stamp = reader.stamp(ends, poll.plan.timezone)
    text = t("Closed {when}", when=stamp) if poll.state == "closed" else t("Open until {when}", when=stamp)
    return f"{reader.say(text)}\n{turnout_line(poll, reader)}"


def listed(names: Sequence[str], reader: Reader, most: int = 900) -> str:
    """Join names in markdown, cut with their number where they take more than ``most`` characters."""
    shown: list[str] = []
    for name in map(escaped, names):
        if sum(map(len, shown)) + 2 * len(shown) + len(name) > most:
            more = reader.say(nt("and {count} more", "and {count} more", len(names) - len(shown)))
            return f"{', '.join(shown)} {more}"
        shown.append(name)
    return ", ".join(shown)
