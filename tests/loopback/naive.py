"""Three small engines to try the driver of deaths on: two that peers use, which it must convict, and a sound one.

RoboDanny deletes a reminder, then sends it; python-discord sends it, then deletes it (the design notes' anchors).
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import discord

from tests.loopback.clock import PacedClock
from tests.loopback.launcher import ADDRESS_VARIABLE, redirect
from tests.loopback.pace import live_by
from tests.loopback.server import LoopbackDiscord
from tests.loopback.workload import Entry, State
from tests.loopback.world import Channel, Message

ORDER_VARIABLE = "LOOPBACK_ORDER"
SCHEMA = "CREATE TABLE IF NOT EXISTS owed (reference TEXT PRIMARY KEY, channel INTEGER, state TEXT, after INTEGER)"


class Client(discord.Client):
    """Sends what its table owes, in the order that ``LOOPBACK_ORDER`` names."""

    def __init__(self, database: sqlite3.Connection, order: str) -> None:
        super().__init__(intents=discord.Intents(guilds=True), guild_ready_timeout=0)
        self.database = database
        self.order = order
        self.work: asyncio.Task[None] | None = None

    async def on_ready(self) -> None:
        if self.work is None:
            self.work = asyncio.create_task(self.send_all())

    async def send_all(self) -> None:
        while True:
            rows = self.database.execute("SELECT * FROM owed WHERE state IN ('pending', 'sending')").fetchall()
            for reference, channel_id, state, after in rows:
                channel = self.get_partial_messageable(channel_id)
                try:
                    await getattr(self, self.order)(channel, reference, state, after)
                except (discord.HTTPException, discord.ClientException, OSError):
                    await asyncio.sleep(1)
            await asyncio.sleep(1)

    def mark(self, reference: str, state: str, after: int = 0) -> None:
        with self.database:
            values = (state, after, reference)
            self.database.execute("UPDATE owed SET state = ?, after = ? WHERE reference = ?", values)

    async def say(self, channel: discord.PartialMessageable, reference: str) -> None:
        view = discord.ui.View(timeout=None)
        view.add_item(discord.ui.Button(label="Details", custom_id=f"row:{reference}"))
        await channel.send(reference, view=view, nonce=reference)

    async def send_then_mark(
        self, channel: discord.PartialMessageable, reference: str, _state: str, _after: int
    ) -> None:
        await self.say(channel, reference)
        self.mark(reference, "sent")

    async def mark_then_send(
        self, channel: discord.PartialMessageable, reference: str, _state: str, _after: int
    ) -> None:
        self.mark(reference, "sent")
        await self.say(channel, reference)

    async def read_back(self, channel: discord.PartialMessageable, reference: str, state: str, after: int) -> None:
        if state == "sending":
            anchor = discord.Object(after)
            found = [m async for m in channel.history(limit=None, after=anchor) if m.content == reference]
            if found:
                self.mark(reference, "sent")
                return
        else:
            newest = [message async for message in channel.history(limit=1)]
            self.mark(reference, "sending", newest[0].id if newest else 0)
        await self.say(channel, reference)
        self.mark(reference, "sent")


def main() -> None:
    """Run in a forked process, in place of the real command line."""
    redirect(os.environ[ADDRESS_VARIABLE])
    clock = PacedClock.from_environment()
    if clock is not None:
        live_by(clock)
    asyncio.run(_serve(os.environ[ORDER_VARIABLE]))


async def _serve(order: str) -> None:
    ended = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, ended.set)
    asked_to_end = asyncio.create_task(ended.wait())
    with closing(sqlite3.connect(os.environ["DATABASE_PATH"])) as database:
        # A client that could not connect is followed by another, as where a service manager starts it again.
        while not asked_to_end.done():
            async with Client(database, order) as client:
                service = asyncio.create_task(client.start(os.environ["DISCORD_TOKEN"]))
                await asyncio.wait({service, asked_to_end}, return_when=asyncio.FIRST_COMPLETED)
            service.cancel()
            await asyncio.gather(service, return_exceptions=True)


class Naive:
    """The workload over one of the three engines, named by its method."""

    entry = "tests.loopback.naive:main"
    acts = 0
    order = "read_back"

    def __init__(self) -> None:
        self.environment = {ORDER_VARIABLE: self.order}
        self.channels: list[Channel] = []

    def furnish(self, discord: LoopbackDiscord, database: Path) -> None:
        guild = discord.add_guild("Network")
        self.channels = [discord.add_channel(guild, name) for name in ("announcements", "members")]
        with closing(sqlite3.connect(database)) as connection:
            connection.execute(SCHEMA)

    async def owe(self, discord: LoopbackDiscord, database: Path, count: int, chance: random.Random) -> None:
        with closing(sqlite3.connect(database)) as connection, connection:
            for _ in range(count):
                reference, channel = str(discord.world.snowflake()), chance.choice(self.channels).id
                connection.execute("INSERT INTO owed VALUES (?, ?, 'pending', 0)", (reference, channel))

    async def meddle(self, database: Path, chance: random.Random, seconds: float) -> None:
        """Nobody interferes."""

    async def calm(self, database: Path) -> None:
        """Nothing is ever held."""

    def reference(self, message: Message) -> str | None:
        carried = [name for name in message.custom_ids() if name.startswith("row:")]
        return carried[0].removeprefix("row:") if carried else None

    def books(self, database: Path) -> list[Entry]:
        with closing(sqlite3.connect(database)) as connection:
            rows = connection.execute("SELECT reference, state FROM owed").fetchall()
        return [Entry(reference, State.SENT if state == "sent" else State.OPEN) for reference, state in rows]


class SendThenMark(Naive):
    """Repeats what was sent and not yet marked when it died."""

    order = "send_then_mark"


class MarkThenSend(Naive):
    """Loses what was marked and not yet sent when it died."""

    order = "mark_then_send"
