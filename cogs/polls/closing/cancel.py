"""``/poll cancel``: nothing is counted. No role of its own: the command's work."""

from typing import cast

from bot.outbox import MEMBERS
from bot.texts import Text, t
from bot.ui import Confirmation, Context
from cogs.polls.ending import destroy_keys_of_ended_polls, has_ended
from cogs.polls.rules import SUBJECT
from cogs.polls.sentences import turnout
from storage.models import Draft
from storage.polls.models import Poll


async def ask_to_cancel(context: Context, poll: Poll) -> None:
    """Ask *Confirm* before a poll is cancelled. Raises UserError for one that has ended."""
    if poll.state != "open":
        raise has_ended()
    await context.preview(ConfirmCancellation.kind, {"poll": poll.id}, _cancel(poll), destroys=True)


def _cancel(poll: Poll) -> Text:
    return t(
        "Cancel “{question}”? So far {turnout} voted. Its ballots are erased, nothing is counted, and a"
        " message in the channel of the poll says so; nobody is called.",
        question=poll.plan.question,
        turnout=turnout(poll),
    )


class ConfirmCancellation(Confirmation):
    """A poll that nobody wants any more: nothing is counted."""

    kind = "poll_cancel"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Erase its ballots and say publicly that it is cancelled."""
        services = context.services
        poll_id = cast(int, draft.payload["poll"])
        async with context.write() as tx:
            await context.take(tx, draft)
            if not await services.polls.cancel(tx, context.guild_id, poll_id):
                raise has_ended()
            await services.outbox.cancel(tx, context.guild_id, SUBJECT, poll_id)
            await services.outbox.plan_now(tx, context.guild_id, SUBJECT, poll_id, "cancelled", MEMBERS)
            await services.outbox.edit(tx, context.guild_id, SUBJECT, poll_id, "opened")
        await destroy_keys_of_ended_polls(services)
        await context.replace(t("The poll is cancelled; its ballots are erased."))
