"""What happens to a bot's connection and to its server while it lives: permissions, outages, lost connections."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable

from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Channel, Guild, Payload

VIEW_CHANNEL, SEND_MESSAGES, READ_HISTORY = 1 << 10, 1 << 11, 1 << 16


class Upheavals:
    """Draws what happens in each life, and gives back in the end what was taken.

    Permissions go from one moment to the next; the event that tells the bot so comes a little later.
    """

    def __init__(self, discord: LoopbackDiscord, chance: random.Random, share: float) -> None:
        self.discord = discord
        self.chance = chance
        self.share = share
        self.happened = 0
        self._task: asyncio.Task[None] | None = None

    def begin(self, life: float) -> None:
        """Have something happen, or not, within the next ``life`` seconds of the system's clock."""
        if self.chance.random() >= self.share or not self.discord.world.guilds:
            return
        guild = self.chance.choice(list(self.discord.world.guilds.values()))
        events: list[Callable[[Guild, float], Awaitable[None]]] = [self._connection, self._permission, self._outage]
        self._task = asyncio.create_task(self._happen(self.chance.choice(events), guild, life))

    async def end(self) -> None:
        """Let nothing more happen; what was taken is given back for half of all lives, else for the one after."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        if self.chance.random() < 0.5:
            self.mend()

    def mend(self) -> None:
        """Give everything back, unannounced."""
        for channel in self.discord.world.channels.values():
            channel.overwrites = []

    async def _happen(self, what: Callable[[Guild, float], Awaitable[None]], guild: Guild, life: float) -> None:
        await asyncio.sleep(self.chance.uniform(0, life / 2))
        self.happened += 1
        await what(guild, life)

    async def _connection(self, _guild: Guild, _life: float) -> None:
        gateway = self.discord.gateway
        await self.chance.choice((gateway.drop, gateway.ask_to_reconnect, gateway.invalidate))()

    async def _permission(self, guild: Guild, life: float) -> None:
        channel = self.chance.choice([c for c in guild.channels.values() if not c.deleted])
        bit = self.chance.choice((VIEW_CHANNEL, SEND_MESSAGES, READ_HISTORY))
        bot_id = self.discord.world.bot.id
        await self._set(channel, [{"id": str(bot_id), "type": 1, "allow": "0", "deny": str(bit)}])
        await asyncio.sleep(self.chance.uniform(0, life / 2))
        await self._set(channel, [])

    async def _set(self, channel: Channel, overwrites: list[Payload]) -> None:
        channel.overwrites = overwrites
        await asyncio.sleep(self.chance.choice((0, 0.02)))
        await self.discord.gateway.dispatch("CHANNEL_UPDATE", channel.payload())

    async def _outage(self, guild: Guild, life: float) -> None:
        await self.discord.gateway.dispatch("GUILD_DELETE", {"id": str(guild.id), "unavailable": True})
        await asyncio.sleep(self.chance.uniform(0, life / 2))
        await self.discord.gateway.dispatch("GUILD_CREATE", self.discord.world.guild_payload(guild))
