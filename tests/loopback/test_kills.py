"""The driver of deaths convicts the engines that peers use; test_engine_kills acquits ours."""

import random
from pathlib import Path

from tests.loopback import kills
from tests.loopback.naive import MarkThenSend, Naive, SendThenMark
from tests.loopback.nursery import FOCALBOT
from tests.loopback.server import LoopbackDiscord
from tests.loopback.workload import Entry


async def convicted(engine: Naive, crime: str, folder: Path) -> bool:
    """Kill until the crime shows: chance decides which kill falls between the two steps."""
    for seed in range(1, 5):
        (folder / str(seed)).mkdir()
        report = await kills.run(engine, kills=20, seed=seed, folder=folder / str(seed))
        if getattr(report.verdict, crime):
            assert not report.clean
            return True
    return False


async def test_an_engine_that_sends_then_marks_is_convicted(tmp_path: Path) -> None:
    assert await convicted(SendThenMark(), "twice", tmp_path)


async def test_an_engine_that_marks_then_sends_is_convicted(tmp_path: Path) -> None:
    assert await convicted(MarkThenSend(), "lost", tmp_path)


class Idle(Naive):
    """The real command line, which owes nothing yet."""

    entry = FOCALBOT

    def furnish(self, discord: LoopbackDiscord, database: Path) -> None:
        discord.add_channel(discord.add_guild("Network"), "announcements")

    async def owe(self, discord: LoopbackDiscord, database: Path, count: int, chance: random.Random) -> None:
        """Nothing: only its start, its first database and its end are at stake."""

    def books(self, database: Path) -> list[Entry]:
        return []


async def test_the_real_bot_killed_at_any_moment_starts_again(tmp_path: Path) -> None:
    report = await kills.run(Idle(), kills=40, seed=1, folder=tmp_path, life=0.1)
    assert report.clean, report
