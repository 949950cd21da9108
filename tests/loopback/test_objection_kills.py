"""The real process killed between any two steps of an objection, and before anybody sees what a step came to."""

import asyncio
import random
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.outbox import MEMBERS
from storage.decisions.models import DecisionSeat, unsaved
from tests.loopback.clock import PacedClock
from tests.loopback.focalbot import FocalbotWorkload
from tests.loopback.interactions import Answer
from tests.loopback.kills import BEGINS_AT
from tests.loopback.process import BotProcess
from tests.loopback.server import LoopbackDiscord
from tests.loopback.world import Message
from tests.patience import looks, moment

SPAN = timedelta(minutes=30)
BROKEN = "Silence was broken. The proposal is not adopted."


class Network(FocalbotWorkload):
    """One open procedure, and somebody who objects while the bot is killed again and again."""

    def __init__(self, discord: LoopbackDiscord, database: Path) -> None:
        super().__init__()
        self.database = database
        self.furnish(discord, database)
        self.kills = 0

    async def open(self) -> int:
        async with self.services(self.database) as services, services.transaction() as tx:
            now = services.clock.now()
            delegations = await services.members.delegations(self.guild.id)
            values = {
                "title": "The agenda",
                "url": "https://example.org/agenda",
                "audience": "all",
                "region": None,
                "timezone": "Europe/Brussels",
                "expires_at": now + SPAN,
            }
            seats = [DecisionSeat(one.id) for one in delegations]
            decision_id = await services.decisions.open(tx, unsaved(self.guild.id, values, now), seats)
            await services.outbox.plan_now(tx, self.guild.id, "decision", decision_id, "opened", MEMBERS)
        return decision_id

    def process(self) -> BotProcess:
        return BotProcess(self.discord, self.database, "run", folder=None, **self.environment)

    def posted(self, content: str) -> list[Message]:
        return [one for one in self.discord.messages(self.channels[MEMBERS]) if one.content == content]

    async def opened(self) -> Message:
        for _ in looks():
            found = [one for one in self.discord.messages(self.channels[MEMBERS]) if "silence procedure" in one.content]
            if found:
                return found[0]
            await moment()
        raise AssertionError("the proposal was not posted")

    async def step(self, act: Callable[[], Awaitable[Answer]]) -> Answer:
        """Take a step whose answer nobody sees, for the bot is killed; and again, killed when it has been seen."""
        await self.unseen(act)
        async with self.process() as bot:
            await bot.ready()
            answer = await act()
            await bot.kill()
        self.kills += 1
        return answer

    async def unseen(self, act: Callable[[], Awaitable[Answer]]) -> None:
        """Take a step, and kill the bot as soon as it has dealt with it: its answer is lost."""
        async with self.process() as bot:
            await bot.ready()
            before = self._answers()
            self.discord.faults.drop("POST", r"/interactions/.*")
            acting = asyncio.ensure_future(act())
            for _ in looks():
                if self._answers() > before:
                    break
                await moment()
            await bot.kill()
        self.kills += 1
        acting.cancel()
        with suppress(asyncio.CancelledError):
            await acting
        self.discord.faults.clear()

    def _answers(self) -> int:
        return sum(one.path.startswith("/interactions/") for one in self.discord.requests)

    def state(self) -> str:
        with closing(sqlite3.connect(self.database)) as connection:
            (state,) = connection.execute("SELECT state FROM decision").fetchone()
        return state


@pytest.mark.alone
async def test_killed_between_any_two_steps_an_objection_is_not_lost(tmp_path: Path) -> None:
    chance = random.Random(1)  # noqa: S311 - lots, not secrets
    async with LoopbackDiscord(PacedClock.starting(BEGINS_AT, 1)) as discord:
        network = Network(discord, tmp_path / "focalbot.sqlite3")
        people = discord.people
        decision_id = await network.open()
        async with network.process() as bot:
            await bot.ready()
            under = await network.opened()
            await bot.kill()
        author = chance.choice(network.appointees[3:]).user
        custom_id = f"decision:object:{network.guild.id}:{decision_id}"
        form = await network.step(lambda: people.press(author, under, custom_id))
        preview = await network.step(lambda: people.submit(form, reason="Too early", named="no"))
        assert BROKEN in preview.content
        assert network.state() == "open"
        message = preview.message
        assert message is not None
        await network.unseen(lambda: people.click(author, message, "Confirm"))
        # It was dealt with, though nobody could see that.
        assert network.state() == "broken"
        async with network.process() as bot:
            await bot.ready()
            for _ in looks():
                if any(one.id != under.id for one in network.posted(BROKEN)):
                    break
                await moment()
            await bot.stop()
    assert network.kills == 5
    assert len({one.id for one in network.posted(BROKEN)} - {under.id}) == 1
