"""What is asked before an open poll is moved, closed or cancelled, and what else can be done where few have voted."""

from collections.abc import Sequence
from typing import Any, Self

import discord
from discord import ui

from bot.errors import UserError
from bot.texts import Reader, Text, t
from bot.ui import Confirmation, Context, Field, Form, Values
from bot.ui.buttons import PersistentButton
from bot.ui.looks import Choice
from cogs.polls.creating import read_closing
from cogs.polls.ending import Closing, Moving, current, has_ended, require_another_time
from cogs.polls.forms import CreateForm, Kind
from cogs.polls.rules import has_too_few_ballots
from cogs.polls.words import FEWEST_FOR_RESULT, turnout
from storage.poll_models import Poll


async def ask_to_move(context: Context, poll: Poll, typed: str) -> None:
    """Show the new closing time and ask *Confirm*. Raises UserError for a poll that has ended, or a bad time."""
    if poll.state != "open":
        raise UserError(t("That poll has ended already: a closed poll cannot reopen."))
    closes_at = read_closing(context.asker, typed, poll.plan.timezone, context.services.clock.now())
    require_another_time(context.asker, poll, closes_at)
    question = t(
        "“{question}” closes {old}. Close it {new} instead? A message says so to the members and calls nobody.",
        question=poll.plan.question,
        old=context.reader.stamp(poll.plan.closes_at, poll.plan.timezone),
        new=context.reader.stamp(closes_at, poll.plan.timezone),
    )
    payload = {"poll": poll.id, "closes_at": int(closes_at.timestamp())}
    await context.preview(Moving.kind, payload, question)


async def ask_to_end(context: Context, poll: Poll, way: type[Confirmation]) -> None:
    """Ask *Confirm* before a poll is closed early or cancelled. Raises UserError for one that has ended.

    Where closing it would give no result, the other ways are offered beside it.
    """
    if poll.state != "open":
        raise has_ended()
    payload = {"poll": poll.id}
    if way is not Closing:
        await context.preview(way.kind, payload, _cancel(poll), destroys=True)
        return
    few = has_too_few_ballots(poll.plan, poll.turnout)
    lines = [context.say(_close(poll)), *([context.say(_few(poll))] if few else [])]

    def other_ways(_draft_id: int) -> Sequence[ui.Item[Any]]:
        return ways_out(poll, context.reader) if few else ()

    choice = Choice(way.kind, style=discord.ButtonStyle.danger)
    await context.ask([choice], payload, "\n".join(lines), between=other_ways)


def _close(poll: Poll) -> Text:
    return t(
        "Close “{question}” now? So far {turnout} voted. It cannot reopen; the results go to the members at once,"
        " and nobody is called.",
        question=poll.plan.question,
        turnout=turnout(poll),
    )


def _few(poll: Poll) -> Text:
    return t(
        "With fewer than {fewest} ballots only the turnout is published, without a result ({turnout}): give it more"
        " time, or ask again in an open vote.",
        fewest=FEWEST_FOR_RESULT,
        turnout=turnout(poll),
    )


def _cancel(poll: Poll) -> Text:
    return t(
        "Cancel “{question}”? So far {turnout} voted. Its ballots are erased, nothing is counted, and a"
        " message in the channel of the poll says so; nobody is called.",
        question=poll.plan.question,
        turnout=turnout(poll),
    )


class ExtendForm(Form):
    """Another closing time for a poll, which is the form's argument."""

    kind = "poll_extend"
    takes = (int,)
    title = t("Extend the poll")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the one line."""
        return (Field("closes", t("Closes"), max_length=100, placeholder=t("2027-03-12 18:00, in 3 days at 18:00")),)

    async def on_submit(self, context: Context, values: Values) -> None:
        """Show the new closing time."""
        poll = await current(context.services, context.guild_id, self.number(0))
        await ask_to_move(context, poll, values.get("closes", ""))


class ExtendButton(PersistentButton, custom_id="poll:extend:{poll_id}"):
    """*Extend*, where a poll is about to close with too few ballots."""

    poll_id: int

    @classmethod
    def of(cls, poll: Poll, reader: Reader) -> Self:
        """Return the button for a poll."""
        return cls(poll.id).labelled(reader.label(t("Extend")), discord.ButtonStyle.primary)

    async def on_press(self, context: Context) -> None:
        """Ask for the new closing time."""
        poll = await current(context.services, context.guild_id, self.poll_id)
        if poll.state != "open":
            raise has_ended()
        await ExtendForm(str(poll.id)).show(context)


class AskOpenlyButton(PersistentButton, custom_id="poll:openly:{poll_id}"):
    """*Ask again as an open vote*, where too few vote secretly for a result."""

    poll_id: int

    @classmethod
    def of(cls, poll: Poll, reader: Reader) -> Self:
        """Return the button for a poll."""
        return cls(poll.id).labelled(reader.label(t("Ask again as an open vote")))

    async def on_press(self, context: Context) -> None:
        """Open the form of a new poll, filled in from this one, as a roll-call vote."""
        poll = await current(context.services, context.guild_id, self.poll_id)
        plan = poll.plan
        kind = Kind(
            plan.timezone, plan.method, plan.voters, plan.audience, plan.region, secret=False, publish="ballots"
        )
        options = [o.text if o.at is None else context.reader.moment(o.at, plan.timezone) for o in plan.options]
        await CreateForm(*kind.written()).show_kept(
            context, {"question": plan.question, "options": "\n".join(options), "reminders": plan.reminders}
        )


def ways_out(poll: Poll, reader: Reader) -> list[ui.Item[Any]]:
    """Return what can be done where too few vote secretly for a result."""
    return [ExtendButton.of(poll, reader), AskOpenlyButton.of(poll, reader)]
