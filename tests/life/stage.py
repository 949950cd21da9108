"""What everybody in a life shares: the world, who there is, and how the secretariat and the others are addressed."""

import random
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

import discord
from simcord.builders import ChannelHandle
from simcord.results import InteractionResult, to_discord_message

from storage.outbox.models import OutboxRow
from storage.outbox.rows import COLUMNS, row_of
from tests.life.books import Span
from tests.life.network import Member
from tests.people import Person
from tests.world import World, new_bot, said

NEVER: Final = timedelta(days=36_500)
"""Between two notes of a bot that it runs: a life is too long for one each minute, so the play makes them."""
SWEEP: Final = timedelta(days=1)


@dataclass
class Stage:
    """One network's life: what happens in it is drawn by the lots of ``chance``."""

    world: World
    chance: random.Random
    members: list[Member] = field(default_factory=list[Member])
    wrong: list[str] = field(default_factory=list[str])
    done: Counter[str] = field(default_factory=Counter[str])
    """What happened, and how often."""
    lost: list[Span] = field(default_factory=list[Span])
    away: list[Span] = field(default_factory=list[Span])
    """When no bot ran."""
    week: int = 0

    @property
    def now(self) -> datetime:
        """The present instant."""
        return self.world.env.now()

    def day(self, ahead: timedelta) -> date:
        """Return the day so far ahead."""
        return (self.now + ahead).date()

    def present(self, share: float) -> list[Member]:
        """Return some of those with an account and a post."""
        there = [one for one in self.members if one.actor is not None and one.left_on is None]
        return self.chance.sample(there, max(1, int(len(there) * share)))

    async def secretariat(self, command: str, **options: Any) -> InteractionResult:
        """Let the secretariat run a command."""
        server = self.world.server
        return await server.secretariat.slash(server.channels["secretariat"], command, **options)

    async def confirm(self, shown: InteractionResult, label: str = "Confirm") -> InteractionResult:
        """Let the secretariat press a button below what it was shown."""
        assert shown.response is not None, f"there was no answer, or a form: {shown.modal}"
        assert any(shown.response.components), said(shown)
        return await self.world.server.secretariat.click(shown.response, label=label)

    async def start(self) -> None:
        """Start a bot on the database, after the one before has ended."""
        self.world.bot = new_bot(self.world.settings)
        self.world.bot.heartbeat, self.world.bot.outbox.sweep = NEVER, SWEEP
        await self.world.env.restart_bot(self.world.bot)
        await self.world.env.settle()

    async def close(self) -> None:
        """End the bot in order."""
        with self.world.as_bot():
            await self.world.bot.close()

    async def note_that_it_runs(self) -> None:
        """Let the bot note that it runs and hears of Discord, as each minute: what dies later was not away before."""
        bot = self.world.bot
        with self.world.as_bot():
            await bot._note_that_it_runs()
            bot.services.presence._heard_at = self.now
            await bot.services.presence.ends(self.now)

    def posted(self, channel: str, after: int = 0) -> Iterator[discord.Message]:
        """Yield what was sent in a channel after a message, the oldest first."""
        yield from sent_in(self.world, self.world.server.channels[channel], after)

    def rows(self, condition: str = "TRUE", *parameters: int | str) -> list[OutboxRow]:
        """Return the rows of the books that fulfil an SQL condition."""
        asked = f"SELECT {COLUMNS} FROM outbox AS o WHERE o.guild_id = ? AND {condition} ORDER BY o.id"
        # Beside the bot's own connections: what a play reads of ten years, the bot never does.
        with closing(sqlite3.connect(self.world.settings.database_path)) as connection:
            connection.row_factory = sqlite3.Row
            return [row_of(row) for row in connection.execute(asked, (self.world.server.id, *parameters))]


def sent_in(world: World, channel: ChannelHandle, after: int = 0) -> Iterator[discord.Message]:
    """Yield what everybody can read in a channel after a message; ten years of it are not built anew to read a day."""
    for number, message in sorted(world.env.backend.messages.get(channel.id, {}).items()):
        if number > after and message.visible_to(None):
            yield to_discord_message(world.env, message)


def actor_of(one: Member) -> Person:
    """Return the account of somebody who has one."""
    assert one.actor is not None, one
    return one.actor
