"""The driver of deaths convicts the engines that peers use; test_engine_kills acquits ours."""

import random
from pathlib import Path

import pytest

from tests.loopback import kills
from tests.loopback.naive import MarkThenSend, Naive, SendThenMark
from tests.loopback.nursery import FOCALBOT
from tests.loopback.server import LoopbackDiscord
from tests.loopback.workload import Entry, State, judge
from tests.loopback.world import Channel, Message, User


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


@pytest.mark.parametrize(("deleted", "denied"), [(None, ("1",)), ("message", ()), ("channel", ())])
def test_what_was_taken_back_is_denied_where_it_can_be_seen(deleted: str | None, denied: tuple[str, ...]) -> None:
    user, channel = User(1, "bot", bot=True), Channel(2, "announcements")
    components = [{"type": 1, "components": [{"type": 2, "custom_id": "row:1"}]}]
    message = Message(3, channel, user, {"content": "", "components": components}, stored_at=0)
    message.deleted, channel.deleted = deleted == "message", deleted == "channel"
    verdict = judge([Entry("1", State.TAKEN_BACK)], [message], SendThenMark())
    assert verdict.denied == denied
    assert verdict.clean == (denied == ())


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
