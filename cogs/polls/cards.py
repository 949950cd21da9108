from typing import Final

import discord

from bot.texts import Reader, escaped, t
from bot.ui import colours
from bot.ui.embed_limits import joined
from cogs.polls import sentences
from cogs.polls.methods import METHODS
from storage.polls.models import Poll

DESCRIPTION: Final = 4000
"""Characters, of Discord's 4,096."""


def poll_card(poll: Poll, reader: Reader) -> discord.Embed:
    """Show a poll that is open, or to be opened: what it asks, who votes, who sees what, the turnout and no more."""
    plan = poll.plan
    lines = [f"{o.number}. {sentences.shortened(o, plan, reader)}" for o in plan.options]
    card = discord.Embed(
        title=escaped(plan.question)[:256], description=joined(lines, reader, DESCRIPTION), colour=colours.VOTE
    )
    if poll.state == "cancelled":
        card.colour = colours.CLOSED
    card.add_field(
        name=reader.label(t("How to vote")),
        value=reader.say(sentences.text_of(METHODS[plan.method].how_to_vote(plan.seats)))[:1024],
        inline=False,
    )
    if deciding := sentences.what_decides(plan):
        said = " ".join(reader.say(text) for text in deciding)
        card.add_field(name=reader.label(t("What decides")), value=said[:1024], inline=False)
    who = f"{reader.say(sentences.audience(plan))}. {reader.say(sentences.VOTERS[plan.voters])}."
    card.add_field(name=reader.label(t("Who votes")), value=who, inline=False)
    small = sentences.small_electorate(plan, poll.electorate)
    seen = [sentences.secrecy(plan), small, sentences.publication(plan, poll.electorate)]
    card.add_field(
        name=reader.label(t("Who sees what")),
        value=" ".join(reader.say(text) for text in seen if text is not None)[:1024],
        inline=False,
    )
    name = {"open": t("Closes"), "closed": t("Closed"), "cancelled": t("Poll cancelled")}[poll.state]
    at = poll.ended_at or plan.closes_at
    card.add_field(name=reader.label(name), value=reader.stamp(at, plan.timezone), inline=False)
    card.add_field(name=reader.label(t("Turnout")), value=turnout_line(poll, reader), inline=False)
    return card


def turnout_line(poll: Poll, reader: Reader) -> str:
    """Say the turnout, and the quorum where there is one."""
    quorum = sentences.quorum(poll)
    return reader.say(sentences.turnout(poll)) + (f". {reader.say(quorum)}" if quorum is not None else "")
