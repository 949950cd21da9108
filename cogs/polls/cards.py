from collections.abc import Sequence
from typing import Final

import discord

from bot.texts import Markdown, Reader, Text, escaped, nt, t
from bot.ui import Page, page_label
from cogs.polls import words
from cogs.polls.counting import Count, Step
from cogs.polls.marks import Marks
from storage.poll_models import Poll, PollOption, PollPlan

COLOUR: Final = discord.Colour(0x0072B2)
CLOSED_COLOUR: Final = discord.Colour(0x5F6B77)
_ROOM: Final = 3000
"""Characters for a list of options in a card, which holds 6,000 in all."""
_SHORTEST: Final = 24


def option_text(option: PollOption, reader: Reader, zone: str) -> str:
    """Write an option in markdown: a date as a stamp, with the time in the poll's zone beside it."""
    return reader.stamp(option.at, zone) if option.at is not None else escaped(option.text)


def option_label(option: PollOption, reader: Reader) -> str:
    """Write an option where markdown does not render: a date in the reader's own zone, named."""
    return reader.moment(option.at) if option.at is not None else option.text


def poll_card(poll: Poll, reader: Reader) -> discord.Embed:
    """Show a poll that is open, or to be opened: what it asks, who votes, who sees what, the turnout and no more."""
    plan = poll.plan
    lines = [f"{o.number}. {_fit(o, plan, reader)}" for o in plan.options]
    card = discord.Embed(title=escaped(plan.question)[:256], description="\n".join(lines)[:4000], colour=COLOUR)
    if poll.state == "cancelled":
        card.colour = CLOSED_COLOUR
    card.add_field(name=reader.label(t("How to vote")), value=reader.say(words.how_to_vote(plan))[:1024], inline=False)
    who = f"{reader.say(words.audience(plan))}. {reader.say(words.VOTERS[plan.voters])}."
    card.add_field(name=reader.label(t("Who votes")), value=who, inline=False)
    seen = [words.secrecy(plan), words.publication(plan, poll.electorate)]
    card.add_field(
        name=reader.label(t("Who sees what")),
        value=" ".join(reader.say(text) for text in seen if text is not None)[:1024],
        inline=False,
    )
    card.add_field(name=reader.label(t("Closes")), value=reader.stamp(plan.closes_at, plan.timezone), inline=False)
    card.add_field(name=reader.label(t("Turnout")), value=turnout_line(poll, reader), inline=False)
    return card


def turnout_line(poll: Poll, reader: Reader) -> str:
    """Say the turnout, and the quorum where there is one."""
    quorum = words.quorum(poll)
    return reader.say(words.turnout(poll)) + (f". {reader.say(quorum)}" if quorum is not None else "")


def _fit(option: PollOption, plan: PollPlan, reader: Reader) -> str:
    if option.at is not None:
        return reader.stamp(option.at, plan.timezone)
    most = max(_SHORTEST, _ROOM // len(plan.options))
    return escaped(option.text if len(option.text) <= most else f"{option.text[: most - 1]}…")


def result_card(poll: Poll, count: Count, reader: Reader, digest: str) -> discord.Embed:
    """Show what was counted, place by place, the turnout, and how to check the count."""
    plan = poll.plan
    card = discord.Embed(title=escaped(plan.question)[:256], colour=CLOSED_COLOUR)
    card.description = "\n".join(_places(poll, count, reader))[:4000] or reader.say(t("Nobody voted."))
    card.add_field(name=reader.label(t("Turnout")), value=turnout_line(poll, reader), inline=False)
    check = t(
        "The file below holds what was published. {command} tells whether a ballot was counted; the file can be"
        " recounted without the bot.",
        command=Markdown("`/poll verify`"),
    )
    name = reader.label(t("Check the count"))
    lines = [reader.say(check), f"SHA-256: `{digest}`"]
    if plan.secret and poll.published == "totals" and plan.publish == "ballots" and plan.method != "ranked":
        few = t("So few voted that only the receipts and the totals are published, and no single ballot.")
        lines.insert(0, reader.say(few))
    card.add_field(name=name, value="\n".join(lines), inline=False)
    return card


def _places(poll: Poll, count: Count, reader: Reader) -> list[str]:
    options = {option.number: option for option in poll.plan.options}
    if count.steps:
        return [line for n, step in enumerate(count.steps, 1) for line in _step(n, step, options, poll, reader)]
    lines: list[str] = []
    place = 1
    for tied in count.places:
        for number in tied:
            total = reader.say(total_of(count, number)) if count.totals else ""
            bold = "**" if place == 1 else ""
            text = f"{bold}{_fit(options[number], poll.plan, reader)}{bold}"
            shared = f" ({reader.say(t('tied'))})" if len(tied) > 1 else ""
            lines.append(f"{place}. {text}{shared}" + (f" · {total}" if total else ""))
        place += len(tied)
    return lines


def total_of(count: Count, number: int) -> Text:
    """Say the total of an option in words."""
    total = count.totals[number - 1]
    if count.method == "date":
        yes, maybe, no = total
        return t("{yes} yes, {maybe} if need be, {no} no", yes=yes, maybe=maybe, no=no)
    return nt("{count} ballot", "{count} ballots", total[0])


def _step(place: int, step: Step, options: dict[int, PollOption], poll: Poll, reader: Reader) -> list[str]:
    lines = [f"{place}. **{_fit(options[step.option], poll.plan, reader)}**"]
    if step.tied:
        others = reader.listing([_fit(options[o], poll.plan, reader) for o in step.tied if o != step.option])
        why = {
            "approvals": t("level with {others}; taken because more ballots approve it", others=Markdown(others)),
            "order": t("level with {others}; taken because it comes first in the list", others=Markdown(others)),
        }[step.decided_by or "order"]
        lines.append(f"*{reader.say(why)}*")
    return lines


def ballot_card(poll: Poll, marks: Marks, reader: Reader) -> discord.Embed:
    """Show an opened ballot as it is marked so far; private, and stored nowhere."""
    plan = poll.plan
    card = discord.Embed(title=escaped(plan.question)[:256], colour=COLOUR)
    options = {option.number: option for option in plan.options}
    text = [reader.say(words.how_to_vote(plan)), ""]
    if plan.method == "date":
        marks_said = {2: t("yes"), 1: t("if need be"), 0: t("no")}
        text += [
            f"{_fit(option, plan, reader)} · **{reader.say(marks_said[mark])}**"
            for option, mark in zip(plan.options, marks.ballot, strict=True)
        ]
    elif not marks.ballot:
        text.append(f"*{reader.say(t('Nothing is chosen yet.'))}*")
    elif plan.method == "ranked":
        text += [f"{n}. {_fit(options[o], plan, reader)}" for n, o in enumerate(marks.ballot, 1)]
        if marks.left:
            rest = nt("{count} option shares the last place.", "{count} options share the last place.", len(marks.left))
            text.append(f"*{reader.say(rest)}*")
    else:
        text += [f"✓ {_fit(options[o], plan, reader)}" for o in marks.ballot]
    card.description = "\n".join(text)[:4000]
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
