"""Our messages in a network's channels, as Discord keeps them, whatever the database knows of them."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import discord

from bot.delivery import channels
from bot.delivery.assess import Deliver, Verdict, Wait
from bot.delivery.channel_history import messages_after
from bot.delivery.channels import GuildAwayError
from bot.delivery.lookback import may_be_lost, on_its_way, sent_after
from bot.outbox.reference import PREFIX, nonce_of
from bot.outbox.types import PEOPLE
from bot.services import Services
from storage.outbox.deliveries import Copied
from storage.outbox.models import OutboxRow


@dataclass(frozen=True, slots=True)
class OwnMessage:
    """A message of the outbox in a channel; ``reference`` is the nonce of its row."""

    channel_id: int
    message_id: int
    reference: str


async def own_messages(client: discord.Client, guild_id: int, since: datetime) -> AsyncGenerator[OwnMessage]:
    """Yield the bot's messages since then in every channel of a server that it may read, those of the outbox.

    Raises GuildAwayError, and discord.HTTPException where Discord cannot be asked.
    """
    guild = client.get_guild(guild_id)
    if guild is None or guild.unavailable:
        raise GuildAwayError
    ours = client.user.id if client.user is not None else 0
    for channel in guild.text_channels:
        try:
            async for message_id, payload in messages_after(client, channel.id, discord.utils.time_snowflake(since)):
                reference = _reference(payload, ours)
                if reference is not None:
                    yield OwnMessage(channel.id, message_id, reference)
        except (discord.Forbidden, discord.NotFound):
            # What the bot may not read any more cannot be listed.
            continue


def _reference(payload: Mapping[str, Any], ours: int) -> str | None:
    """Return which row a message of ours is of, by its *Details* button; None where it is no message of the outbox."""
    if int(payload["author"]["id"]) != ours:
        return None
    for row in cast(Sequence[Mapping[str, Any]], payload.get("components", ())):
        for part in cast(Sequence[Mapping[str, Any]], row.get("components", ())):
            custom_id = str(part.get("custom_id", ""))
            if custom_id.startswith(f"{PREFIX}:"):
                return custom_id.rpartition(":")[2]
    return None


class LostFileMessages:
    """What the file that this one is a copy of (``copied`` None: of none) has sent since the copy was made.

    It may be in a channel that this file does not name, because ``/setup channels`` was used in between; and it is
    there also where this file would not send it any more.
    """

    def __init__(self, services: Services, client: discord.Client, copied: Copied | None) -> None:
        self._services = services
        self._client = client
        self._copied = copied
        self._found: dict[int, Mapping[str, OwnMessage]] = {}

    async def place_of(self, row: OutboxRow, verdict: Verdict) -> tuple[int, int] | None:
        """Return channel and id of the message of a row that this file has made no attempt at; None: not there.

        What is still to be delivered to a person is left to the search in the place where it is to go. Raises
        GuildAwayError, discord.HTTPException and TimeoutError.
        """
        copied = self._copied
        if copied is None or not may_be_lost(row, copied) or row.target == PEOPLE:
            return None
        nonce = nonce_of(row, self._services.outbox.salt)
        if not row.is_direct:
            found = (await self._in_channels(row.guild_id, copied)).get(nonce)
            return (found.channel_id, found.message_id) if found is not None else None
        person = await self._services.members.person(row.guild_id, row.person_id) if row.person_id else None
        if isinstance(verdict, Deliver | Wait) or person is None or person.account_id is None:
            return None
        place = await channels.direct(self._client, person.account_id)
        finding = await channels.search(self._client, place, nonce, sent_after(row, copied))
        return (place.id, finding.message_id) if finding.message_id is not None else None

    async def _in_channels(self, guild_id: int, copied: Copied) -> Mapping[str, OwnMessage]:
        if guild_id in self._found:
            return self._found[guild_id]
        since = copied.made_at - channels.EARLIER
        found = {one.reference: one async for one in own_messages(self._client, guild_id, since)}
        if self._services.clock.now() >= copied.began_at + on_its_way(hung=True):
            # By now what ran before has given way, and what it had on its way is there.
            self._found[guild_id] = found
        return found
