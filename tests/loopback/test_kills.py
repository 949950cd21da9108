"""The driver of deaths convicts the engines that peers use and acquits one that reads back."""

import random
from pathlib import Path

from tests.loopback import kills
from tests.loopback.naive import MarkThenSend, Naive, SendThenMark
from tests.loopback.nursery import FOCALBOT
from tests.loopback.server import LoopbackDiscord
from tests.loopback.workload import Entry


async def test_an_engine_that_sends_then_marks_is_convicted(tmp_path: Path) -> None:
    report = await kills.run(SendThenMark(), kills=15, seed=1, folder=tmp_path)
    assert report.verdict.twice, report
    assert not report.verdict.lost
    assert not report.clean


async def test_an_engine_that_marks_then_sends_is_convicted(tmp_path: Path) -> None:
    report = await kills.run(MarkThenSend(), kills=20, seed=1, folder=tmp_path)
    assert report.verdict.lost, report
    assert not report.clean


async def test_an_engine_that_reads_back_is_acquitted(tmp_path: Path) -> None:
    report = await kills.run(Naive(), kills=25, seed=1, folder=tmp_path)
    assert report.verdict.clean, report
    assert report.verdict.sent == report.verdict.owed > 0
    assert report.at_requests > 0
    assert report.troubles > 0


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
