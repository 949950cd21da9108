"""How a poll ends, at its time or without its key. No role of its own: all look first whether a poll has ended."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from functools import partial
from typing import Final

from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.outbox import MEMBERS, SECRETARIAT
from bot.services import Services
from bot.texts import t
from bot.ui import Context
from cogs.polls.methods import METHODS
from cogs.polls.rules import KEY_LOST, SUBJECT, publishable, published_as
from cogs.polls.sentences import key_lost
from storage.database import Transaction
from storage.polls.ballots import KeyLostError
from storage.polls.models import Poll

_AT_ONCE: Final = 500
"""Ballots that are counted without leaving the loop to others."""


async def current_poll(context: Context, poll_id: int) -> Poll:
    """Return the poll as it is now, counted where its time has come. Raises NotFoundError."""
    services, guild_id = context.services, context.guild_id
    poll = await services.polls.poll(guild_id, poll_id)
    if poll is not None and poll.state == "open" and not services.polls.can_be_counted(poll):
        await end_without_key(services, guild_id, poll_id)
        poll = await services.polls.poll(guild_id, poll_id)
    if poll is not None and _is_due(services, poll):
        await close_when_due(services, guild_id, poll_id)
        poll = await services.polls.poll(guild_id, poll_id)
    if poll is None:
        raise NotFoundError(t("That poll no longer exists: see all with {command}.", command=Command("poll list")))
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
            await count_and_close(services, tx, poll)
            await services.outbox.edit(tx, guild_id, SUBJECT, poll_id, "opened")
        await destroy_keys_of_ended_polls(services)


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


async def destroy_keys_of_ended_polls(services: Services) -> None:
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
    await destroy_keys_of_ended_polls(services)


async def count_and_close(services: Services, tx: Transaction, poll: Poll) -> None:
    """Count an open poll and write its result; ``tx`` holds the writer."""
    ballots = await services.ballots.counted_ballots(poll.guild_id, poll.id, tx)
    plan = poll.plan
    choices = [ballot.choice or () for ballot in ballots]
    count = partial(METHODS[plan.method].count, len(plan.options), choices, plan.seats)
    counted = count() if len(choices) <= _AT_ONCE else await asyncio.to_thread(count)
    published = published_as(plan, poll.electorate, len(ballots))
    result = publishable(plan, counted, published)
    if poll.sealed:
        with_choices = published == "ballots"
        await services.ballots.publish(tx, poll.guild_id, poll.id, ballots, with_choices=with_choices)
    await services.polls.close(tx, poll.guild_id, poll.id, result.as_json(), published)


def has_ended() -> UserError:
    """Say that a poll has ended already."""
    return UserError(t("That poll has ended already: nothing was changed."))
