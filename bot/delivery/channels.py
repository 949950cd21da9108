"""Where a message goes: resolved when it is claimed, and searched for our own messages."""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

import discord

from bot.outbox.reference import bears

_CAP: Final = 2000
"""Messages that are searched, at most."""
_PAGE: Final = 100
"""Messages that Discord gives at a time."""
EARLIER: Final = timedelta(minutes=10)
"""How long before its due time a message that this database knows nothing of may have been sent."""

ANSWERED_WITHIN: Final = 30.0
"""Seconds that Discord is given for one request; aiohttp's own limit, five minutes, would hold up a whole channel."""
_SEARCHED_WITHIN: Final = 90.0
"""Seconds for a whole search, which is up to twenty requests."""

Place = discord.PartialMessageable | discord.DMChannel


class GuildAwayError(Exception):
    """The server cannot be reached now: unavailable, or not (yet) known to this connection."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a search found: our own message's id (None: not there), the newest id (0: none), and if that is proven."""

    message_id: int | None
    newest_id: int
    proven: bool


def answered_in_time() -> asyncio.Timeout:
    """Give up on a request that Discord does not answer: TimeoutError, which proves nothing about it."""
    return asyncio.timeout(ANSWERED_WITHIN)


def channel(client: discord.Client, guild_id: int, channel_id: int) -> Place:
    """Return a server's channel to send to, cached or not. Raises GuildAwayError."""
    guild = client.get_guild(guild_id)
    if guild is None or guild.unavailable:
        raise GuildAwayError
    return client.get_partial_messageable(channel_id, guild_id=guild_id)


async def direct(client: discord.Client, account_id: int) -> discord.DMChannel:
    """Return the direct-message channel with an account, opening it if need be.

    Raises discord.HTTPException and TimeoutError.
    """
    async with answered_in_time():
        return await client.create_dm(discord.Object(account_id))


async def newest(place: Place) -> int:
    """Return the id of the newest message, 0 where there is none or it may not be read."""
    async with answered_in_time():
        async for message in place.history(limit=1):
            return message.id
    return 0


def before(due_at: datetime) -> int:
    """Return an id older than whatever was sent for a row that was due at ``due_at``."""
    return discord.utils.time_snowflake(due_at - EARLIER)


async def search(client: discord.Client, place: Place, nonce: str, after_id: int) -> Finding:
    """Look for our own message with ``nonce`` among those newer than ``after_id``, from the newest back.

    Its absence is proven only when the whole of them was seen. An empty page proves nothing by itself, because
    Discord shows one wherever history may not be read, and the event that says so may be on its way: Discord is
    asked, and read again. Raises discord.HTTPException and TimeoutError.
    """
    async with asyncio.timeout(_SEARCHED_WITHIN):
        return await _search(client, place, nonce, after_id)


async def _search(client: discord.Client, place: Place, nonce: str, after_id: int) -> Finding:
    finding, ended_empty = await _read(client, place, nonce, after_id)
    if not ended_empty or isinstance(place, discord.DMChannel) or place.type is discord.ChannelType.private:
        return finding
    is_open = await _is_open(client, place, max(after_id, finding.newest_id))
    finding, ended_empty = await _read(client, place, nonce, after_id)
    return replace(finding, proven=is_open) if ended_empty else finding


async def _read(client: discord.Client, place: Place, nonce: str, after_id: int) -> tuple[Finding, bool]:
    """Walk back once; the second value tells whether it ended with an empty page."""
    newest_id = 0
    seen = 0
    ours = client.user.id if client.user is not None else 0
    async for message in place.history(limit=_CAP + 1):
        newest_id = newest_id or message.id
        if message.id <= after_id:
            return Finding(None, newest_id, proven=True), False
        if message.author.id == ours and bears(message, nonce):
            return Finding(message.id, newest_id, proven=True), False
        seen += 1
    return Finding(None, newest_id, proven=seen <= _CAP), seen <= _CAP and seen % _PAGE == 0


async def _is_open(client: discord.Client, place: discord.PartialMessageable, newest_id: int) -> bool:
    """Tell whether Discord says that the place may be read and that its last message is not newer."""
    guild = client.get_guild(place.guild_id or 0)
    if guild is None or guild.unavailable:
        return False
    asked = await guild.fetch_channel(place.id)
    if isinstance(asked, discord.CategoryChannel):
        return False
    held = asked.permissions_for(guild.me)
    return held.view_channel and held.read_message_history and (asked.last_message_id or 0) <= newest_id
