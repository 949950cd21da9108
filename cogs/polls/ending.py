"""How a poll ends: counted at its time, early after *Confirm*, or cancelled."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from typing import cast

from bot.access import Asker
from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.outbox import MEMBERS, SECRETARIAT
from bot.services import Services
from bot.texts import t
from bot.ui import Confirmation, Context
from cogs.polls.counting import count
from cogs.polls.rules import owed, publishable, published_as
from cogs.polls.words import key_lost
from storage.ballots import KeyLostError
from storage.database import Transaction
from storage.models import Draft
from storage.poll_models import Poll

SUBJECT = "poll"
KEY_LOST = "key_lost"


async def current(services: Services, guild_id: int, poll_id: int) -> Poll:
    """Return the poll as it stands, counted where its time has come. Raises NotFoundError."""
    poll = await services.polls.poll(guild_id, poll_id)
    if poll is not None and poll.state == "open" and not services.polls.can_be_counted(poll):
        await end_without_key(services, guild_id, poll_id)
        poll = await services.polls.poll(guild_id, poll_id)
    if poll is not None and _is_due(services, poll):
        await close_when_due(services, guild_id, poll_id)
        poll = await services.polls.poll(guild_id, poll_id)
    if poll is None:
        raise NotFoundError(t("That poll is gone: see all with {command}.", command=Command("poll list")))
    return poll


def _is_due(services: Services, poll: Poll) -> bool:
    return poll.state == "open" and services.clock.now() >= poll.plan.closes_at


async def close_when_due(services: Services, guild_id: int, poll_id: int) -> None:
    """Count and close a poll whose time has come; does nothing to any other."""
    with suppress(UserError):
        async with requiring_key(services, guild_id, poll_id), services.transaction() as tx:
            # Read with the writer held: nobody can close it, or move its time, meanwhile.
            poll = await services.polls.poll(guild_id, poll_id, tx)
            if poll is None or not _is_due(services, poll):
                return
            await _count(services, tx, poll)
            await services.outbox.edit(tx, guild_id, SUBJECT, poll_id, "opened")
        await forget_ballots(services)


@asynccontextmanager
async def requiring_key(services: Services, guild_id: int, poll_id: int) -> AsyncGenerator[None]:
    """End the poll, and raise UserError saying so, where its ballots cannot be opened in the block."""
    try:
        yield
    except KeyLostError as error:
        await end_without_key(services, guild_id, poll_id)
        poll = await services.polls.poll(guild_id, poll_id)
        assert poll is not None  # noqa: S101 - polls are never deleted while the network is there
        raise UserError(key_lost(poll)) from error


async def forget_ballots(services: Services) -> None:
    """Destroy the keys of polls that have ended, and what is left in the write-ahead log: after it is committed."""
    async with services.transaction() as tx:
        tx.erase_from_log()
        await services.polls.destroy_keys(tx)


async def end_without_key(services: Services, guild_id: int, poll_id: int) -> None:
    """End a poll whose ballots cannot be opened any more: members and secretariat read that it must be run again."""
    async with services.transaction() as tx:
        if await services.polls.cancel(tx, guild_id, poll_id, key_lost=True):
            await services.outbox.cancel(tx, guild_id, SUBJECT, poll_id)
            for channel in (MEMBERS, SECRETARIAT):
                await services.outbox.plan_now(tx, guild_id, SUBJECT, poll_id, KEY_LOST, channel)
            await services.outbox.edit(tx, guild_id, SUBJECT, poll_id, "opened")
    await forget_ballots(services)


async def _count(services: Services, tx: Transaction, poll: Poll) -> None:
    ballots = await services.ballots.in_the_box(poll.guild_id, poll.id, tx)
    plan = poll.plan
    counted = count(plan.method, len(plan.options), [ballot.choice or () for ballot in ballots], plan.seats)
    published = published_as(plan, poll.electorate, len(ballots))
    result = publishable(plan, counted, published)
    if poll.sealed:
        choices = published == "ballots"
        await services.ballots.publish(tx, poll.guild_id, poll.id, ballots, with_choices=choices)
    await services.polls.close(tx, poll.guild_id, poll.id, result.as_json(), published)


class Closing(Confirmation):
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
            await _count(services, tx, poll)
            await services.outbox.cancel(tx, context.guild_id, SUBJECT, poll_id)
            await services.outbox.plan_now(tx, context.guild_id, SUBJECT, poll_id, "results", MEMBERS)
            await services.outbox.edit(tx, context.guild_id, SUBJECT, poll_id, "opened")
        await forget_ballots(services)
        said = t("“{question}” is closed; the results go to the members.", question=poll.plan.question)
        await context.replace(said)


class Cancelling(Confirmation):
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
        await forget_ballots(services)
        await context.replace(t("The poll is cancelled; its ballots are erased."))


class Moving(Confirmation):
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
                require_another_time(context.asker, before, closes_at)
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


def require_another_time(asker: Asker, poll: Poll, closes_at: datetime) -> None:
    """Raise UserError where the poll closes at that instant already: nobody is told twice."""
    if closes_at == poll.plan.closes_at:
        stamp = asker.reader.stamp(closes_at, poll.plan.timezone)
        raise UserError(
            t("“{question}” closes {when} already: nothing was changed.", question=poll.plan.question, when=stamp)
        )


def has_ended() -> UserError:
    """Say that a poll has ended already."""
    return UserError(t("That poll has ended already: nothing was changed."))
