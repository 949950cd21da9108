"""``/poll close``: counted before its time. No role of its own: the command's work."""

from collections.abc import Sequence
from typing import Any, cast

import discord
from discord import ui

from bot.outbox import MEMBERS
from bot.texts import Text, t
from bot.ui import Confirmation, Context
from bot.ui.plain_buttons import Choice
from cogs.polls.closing.buttons import ways_out
from cogs.polls.ending import count_and_close, destroy_keys_of_ended_polls, has_ended, requiring_key
from cogs.polls.rules import FEWEST_FOR_RESULT, SUBJECT, has_too_few_ballots
from cogs.polls.sentences import turnout
from storage.models import Draft
from storage.polls.models import Poll


async def ask_to_close(context: Context, poll: Poll) -> None:
    """Ask *Confirm* before a poll is closed early. Raises UserError for one that has ended.

    Where closing it would give no result, the other ways are offered beside it.
    """
    if poll.state != "open":
        raise has_ended()
    few = has_too_few_ballots(poll.plan, poll.turnout)
    lines = [context.say(_close(poll)), *([context.say(_few(poll))] if few else [])]

    def other_ways(_draft_id: int) -> Sequence[ui.Item[Any]]:
        return ways_out(poll, context.reader) if few else ()

    choice = Choice(ConfirmClosing.kind, style=discord.ButtonStyle.danger)
    await context.ask([choice], {"poll": poll.id}, "\n".join(lines), between=other_ways)


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


class ConfirmClosing(Confirmation):
    """The end of a poll before its time."""

    kind = "poll_close"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Count it now; the results follow in the members' channel."""
        services = context.services
        poll_id = cast(int, draft.payload["poll"])
        transaction = context.write()
        async with requiring_key(services, context.guild_id, poll_id), transaction as tx:
            await context.take(tx, draft)
            poll = await services.polls.poll(context.guild_id, poll_id, tx)
            if poll is None or poll.state != "open":
                raise has_ended()
            await count_and_close(services, tx, poll)
            await services.outbox.cancel(tx, context.guild_id, SUBJECT, poll_id)
            await services.outbox.plan_now(tx, context.guild_id, SUBJECT, poll_id, "results", MEMBERS)
            await services.outbox.edit(tx, context.guild_id, SUBJECT, poll_id, "opened")
        await destroy_keys_of_ended_polls(services)
        said = t("“{question}” is closed; the results go to the members.", question=poll.plan.question)
        await context.replace(said)
