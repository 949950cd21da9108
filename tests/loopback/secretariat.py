"""What the secretariat does: between two lives it moves and closes things, during one it presses buttons."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from bot.outbox import ANNOUNCEMENTS, MEMBERS, SECRETARIAT
from bot.services import Services
from cogs.meetings.messages import owed_by
from cogs.meetings.rules import SUBJECT as MEETING
from storage.database import Transaction
from storage.meetings.models import Meeting
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Channel, Guild, Role

SHARE = 0.15
"""The share of lives before which the secretariat does something, and of those during which it does."""
PRESSES = {
    "back": "SELECT id FROM outbox WHERE state IN ('sending', 'sent', 'expanded') ORDER BY id DESC LIMIT 10",
    "stop": "SELECT id FROM outbox WHERE state IN ('pending', 'expanded') ORDER BY id DESC LIMIT 10",
    "again": "SELECT id FROM outbox WHERE state IN ('failed', 'missed') ORDER BY id DESC LIMIT 10",
}
"""Buttons, each with where it stands. *Send again* on an unknown message may well send it twice."""

Act = Callable[[Services, Transaction, random.Random], Awaitable[bool]]


class Secretariat:
    """Acts on one network, as its commands and buttons do; ``done`` counts what it did."""

    def __init__(self, discord: LoopbackDiscord, guild: Guild, role: Role, channels: dict[str, Channel]) -> None:
        self.discord = discord
        self.guild = guild
        self.channels = channels
        self.names = {channel.id: name for name, channel in channels.items()}
        self.done: Counter[str] = Counter()
        self.member = discord.add_user("Secretariat", guild, role)
        self._closed: set[str] = set()

    async def act(self, services: Services, tx: Transaction, chance: random.Random) -> None:
        """Do something, or nothing. What is held or closed is let go or opened more often than not."""
        if chance.random() >= SHARE:
            return
        acts: list[Act] = [self.hold, self.take_back, self.take_back, self.move, self.edit, self.cancel, self.close]
        if self._closed or await services.outbox.rows.paused_at(self.guild.id) is not None:
            acts = [self.let_go]
        act = chance.choice(acts)
        if await act(services, tx, chance):
            self.done[act.__name__] += 1

    async def press(self, database: Path, chance: random.Random, seconds: float) -> None:
        """Press something, or nothing, within the next ``seconds`` of the system's clock; it may not be answered."""
        if chance.random() >= SHARE:
            return
        await asyncio.sleep(chance.uniform(0, seconds))
        channel = self.channels[SECRETARIAT]
        people = self.discord.people
        if chance.random() < 0.3:
            await people.slash(self.member, channel, "outbox pause")
            await asyncio.sleep(chance.uniform(0, seconds))
            await people.slash(self.member, channel, "outbox resume")
            self.done["hold and let go"] += 1
            return
        button = chance.choice(list(PRESSES))
        with closing(sqlite3.connect(database)) as connection:
            rows = connection.execute(PRESSES[button]).fetchall()
        under = next((m for m in reversed(self.discord.world.messages) if m.channel.guild is self.guild), None)
        if rows and under is not None:
            await people.press(self.member, under, f"outbox:{button}:{chance.choice(rows)[0]}")
            self.done[button] += 1

    async def hold(self, services: Services, tx: Transaction, _chance: random.Random) -> bool:
        """``/outbox pause``."""
        return await services.outbox.rows.pause(tx, self.guild.id)

    async def let_go(self, services: Services, tx: Transaction, _chance: random.Random) -> bool:
        """``/outbox resume``, and ``/setup channels`` for what was closed."""
        for name in sorted(self._closed):
            channel = self.channels[name] = self.discord.add_channel(self.guild, name)
            self.names[channel.id] = name
            await services.settings.change_network(tx, self.guild.id, **{f"{name}_channel_id": channel.id})
        self._closed.clear()
        await services.outbox.resume(tx, self.guild.id)
        return True

    async def take_back(self, services: Services, tx: Transaction, chance: random.Random) -> bool:
        """*Take back* on one of the latest messages, wherever it stands."""
        rows = await tx.fetch(
            "SELECT id FROM outbox WHERE guild_id = ? AND state IN ('sending', 'sent', 'unknown', 'expanded')"
            " ORDER BY id DESC LIMIT 20",
            (self.guild.id,),
        )
        return bool(rows) and await services.outbox.take_back(tx, self.guild.id, chance.choice(rows)["id"]) > 0

    async def move(self, services: Services, tx: Transaction, chance: random.Random) -> bool:
        """``/meeting edit``: another day, so that some reminders are owed at another time and some again."""
        meeting = await self._meeting(services, chance)
        if meeting is None:
            return False
        later = timedelta(days=chance.choice((-1, 1, 2)))
        moved = replace(meeting, starts_on=meeting.starts_on + later, ends_on=meeting.ends_on + later)
        days = {"starts_on": moved.starts_on, "ends_on": moved.ends_on}
        await services.meetings.change(tx, self.guild.id, meeting.id, **days)
        await services.outbox.plan(tx, self.guild.id, MEETING, meeting.id, owed_by(moved))
        await services.outbox.edit(tx, self.guild.id, MEETING, meeting.id)
        return True

    async def edit(self, services: Services, tx: Transaction, chance: random.Random) -> bool:
        """Have the messages of a meeting shown anew."""
        meeting = await self._meeting(services, chance)
        if meeting is not None:
            await services.outbox.edit(tx, self.guild.id, MEETING, meeting.id)
        return meeting is not None

    async def cancel(self, services: Services, tx: Transaction, chance: random.Random) -> bool:
        """``/meeting cancel``."""
        meeting = await self._meeting(services, chance)
        if meeting is None or not await services.meetings.cancel(tx, self.guild.id, meeting.id, "-"):
            return False
        await services.outbox.cancel(tx, self.guild.id, MEETING, meeting.id)
        await services.outbox.edit(tx, self.guild.id, MEETING, meeting.id)
        await services.outbox.plan_now(tx, self.guild.id, MEETING, meeting.id, "cancelled", ANNOUNCEMENTS)
        return True

    async def close(self, _services: Services, _tx: Transaction, chance: random.Random) -> bool:
        """Delete a channel that messages go to, in Discord; a new one is named later."""
        name = chance.choice((ANNOUNCEMENTS, MEMBERS))
        self.channels[name].deleted = True
        self._closed.add(name)
        return True

    async def _meeting(self, services: Services, chance: random.Random) -> Meeting | None:
        planned = [one for one in await services.meetings.all(self.guild.id) if one.cancelled_at is None]
        return chance.choice(planned) if planned else None
