import asyncio
from datetime import UTC, datetime, timedelta

import apscheduler.schedulers.base
import discord
import simcord
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from discord.ext import commands

from bot.demo.apscheduler_clock import DiscordDatetime, apscheduler_follows_discord
from tests.patience import travel


class SchedulingBot(commands.Bot):
    def __init__(self) -> None:
        super().__init__(commands.when_mentioned, intents=discord.Intents(guilds=True))
        self.fired: list[tuple[str, datetime]] = []

    async def setup_hook(self) -> None:
        self.scheduler = AsyncIOScheduler(timezone="UTC")
        self.due = discord.utils.utcnow() + timedelta(days=7)
        self.scheduler.add_job(self.fire, "date", run_date=self.due, args=("date",))
        self.scheduler.add_job(self.fire, "interval", hours=50, args=("interval",))
        self.scheduler.start()

    async def fire(self, name: str) -> None:
        await asyncio.to_thread(int)
        self.fired.append((name, discord.utils.utcnow()))

    async def close(self) -> None:
        self.scheduler.shutdown(wait=False)
        await super().close()


async def test_jobs_fire_at_their_virtual_second() -> None:
    with apscheduler_follows_discord():
        bot = SchedulingBot()
        async with simcord.run(bot) as env:
            await travel(env, 7 * 86_400 - 1)
            assert [name for name, _ in bot.fired] == ["interval"] * 3
            await travel(env, 2)
            assert [name for name, _ in bot.fired] == ["interval"] * 3 + ["date"]
            assert timedelta() <= bot.fired[-1][1] - bot.due < timedelta(seconds=1)
            await bot.close()


def test_the_machine_s_time_is_back_afterwards() -> None:
    with apscheduler_follows_discord():
        assert apscheduler.schedulers.base.datetime is DiscordDatetime
        assert isinstance(datetime(2027, 1, 1, tzinfo=UTC), DiscordDatetime)
    assert apscheduler.schedulers.base.datetime is datetime
