"""``/poll edit``: another closing time. No role of its own: the command's work."""

from datetime import UTC, datetime
from typing import cast

from bot.errors import UserError
from bot.outbox import MEMBERS
from bot.texts import Reader, t
from bot.ui import Confirmation, Context
from cogs.polls.ending import has_ended
from cogs.polls.opening.fields import read_closing
from cogs.polls.rules import SUBJECT, owed
from storage.models import Draft
from storage.polls.models import Poll


async def ask_to_move(context: Context, poll: Poll, typed: str) -> None:
    """Show the new closing time and ask *Confirm*. Raises UserError for a poll that has ended, or a bad time."""
    if poll.state != "open":
        raise UserError(t("That poll has ended already: a closed poll cannot reopen."))
    closes_at = read_closing(typed, poll.plan.timezone, context.reader, context.services.clock.now())
    require_another_time(context.reader, poll, closes_at)
    question = t(
        "“{question}” closes {old}. Close it {new} instead? A message says so to the members and calls nobody.",
        question=poll.plan.question,
        old=context.reader.stamp(poll.plan.closes_at, poll.plan.timezone),
        new=context.reader.stamp(closes_at, poll.plan.timezone),
    )
    payload = {"poll": poll.id, "closes_at": int(closes_at.timestamp())}
    await context.preview(ConfirmDeadline.kind, payload, question)


class ConfirmDeadline(Confirmation):
    """Another closing time, which is all that can change of an open poll."""

    kind = "poll_move"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Move the time, the reminders and the results, and say so publicly."""
        services = context.services
        poll_id = cast(int, draft.payload["poll"])
        closes_at = datetime.fromtimestamp(cast(int, draft.payload["closes_at"]), UTC)
        async with context.write() as tx:
            await context.take(tx, draft)
            if services.clock.now() >= closes_at:
                raise UserError(t("That time has passed meanwhile: type the command again with a later one."))
            before = await services.polls.poll(context.guild_id, poll_id, tx)
            if before is not None:
                require_another_time(context.reader, before, closes_at)
            if not await services.polls.move(tx, context.guild_id, poll_id, closes_at):
                raise has_ended()
            poll = await services.polls.poll(context.guild_id, poll_id, tx)
            assert poll is not None  # noqa: S101 - it was just moved
            await services.outbox.plan(tx, context.guild_id, SUBJECT, poll_id, owed(poll.plan))
            await services.outbox.plan_now(tx, context.guild_id, SUBJECT, poll_id, "moved", MEMBERS)
            await services.outbox.edit(tx, context.guild_id, SUBJECT, poll_id, "opened")
        stamp = context.reader.stamp(closes_at, poll.plan.timezone)
        said = t(
            "“{question}” now closes {when}. A message in the channel of the poll says so.",
            question=poll.plan.question,
            when=stamp,
        )
        await context.replace(said)


def require_another_time(reader: Reader, poll: Poll, closes_at: datetime) -> None:
    """Raise UserError where the poll closes at that instant already: nobody is told twice."""
    if closes_at == poll.plan.closes_at:
        stamp = reader.stamp(closes_at, poll.plan.timezone)
        raise UserError(
            t("“{question}” closes {when} already: nothing was changed.", question=poll.plan.question, when=stamp)
        )
