"""Wrong clocks, restored backups and long outages, with ``focalbot`` as a process: nothing twice, nothing untold."""

import asyncio
import random
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from bot.outbox import ANNOUNCEMENTS, PEOPLE, SECRETARIAT, person
from tests.loopback.clock import PACE_VARIABLE, PacedClock
from tests.loopback.faults import Fault, Request
from tests.loopback.focalbot import FocalbotWorkload
from tests.loopback.process import BotProcess
from tests.loopback.rest import READ_HISTORY
from tests.loopback.server import LoopbackDiscord
from tests.loopback.workload import Entry, State, judge
from tests.loopback.world import Payload
from tests.patience import ELSEWHERE

BEGINS_AT = datetime(2027, 3, 2, 10, 50, tzinfo=UTC)
"""A Tuesday on which all these people work: a week later is a holiday in Accra and in Riyadh."""
RATE = 60
HOUR, WEEK = 3600, 7 * 24 * 3600


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(ELSEWHERE):
        while not happened():  # noqa: ASYNC110 - another process makes it happen
            await asyncio.sleep(0.1)


class Network(FocalbotWorkload):
    """The network with its Discord and its database: owes, runs, looks."""

    def __init__(self, discord: LoopbackDiscord, database: Path) -> None:
        super().__init__()
        self.database = database
        self.furnish(discord, database)

    def process(self, *words: str, **changes: str) -> BotProcess:
        return BotProcess(self.discord, self.database, *words, folder=None, **{**self.environment, **changes})

    async def owe_note(self, target: str, ends: timedelta | None = None, delay: timedelta = timedelta(0)) -> str:
        async with self.services(self.database) as services, services.transaction() as tx:
            target = person(self.appointees[3].person_id) if target == "one" else target
            concerned = [one.person_id for one in self.appointees[5:9]]
            return await self.ask(services, tx, target, concerned, ends, delay)

    def states(self) -> list[str]:
        with closing(sqlite3.connect(self.database)) as connection:
            rows = connection.execute("SELECT state FROM outbox WHERE subject = 'note' AND state <> 'expanded'")
            return sorted(row[0] for row in rows)

    def shown(self, channel: str = ANNOUNCEMENTS) -> list[str]:
        return [message.content for message in self.discord.messages(self.channels[channel])]

    def stored(self) -> list[str]:
        """All that was ever sent, wherever."""
        return sorted(message.content for message in self.discord.world.messages)

    def notes(self) -> list[str]:
        """All notes that were ever sent, wherever; not what the bot says of itself."""
        return [content for content in self.stored() if content.startswith("Note ")]

    async def settled(self) -> None:
        await until(lambda: "pending" not in self.states() and not self._due() and not self._open())

    def _due(self) -> int:
        with closing(sqlite3.connect(self.database)) as connection:
            now = self.discord.clock.time()
            return connection.execute("SELECT count(*) FROM outbox WHERE wake_at <= ?", (now,)).fetchone()[0]

    def _open(self) -> list[Entry]:
        return [entry for entry in self.books(self.database) if entry.state is State.OPEN]

    async def run_until_settled(self) -> None:
        async with self.process() as bot:
            await bot.ready()
            await self.settled()
            assert await bot.stop() == 0

    @property
    def closed_history(self) -> Payload:
        """An overwrite that keeps the bot from reading what was written."""
        return {"id": str(self.discord.world.bot.id), "type": 1, "allow": "0", "deny": str(READ_HISTORY)}

    def pass_time(self, seconds: float) -> None:
        """Let it be later for everybody, while no bot runs."""
        self.discord.clock = self.discord.world.clock = self.discord.clock.later(seconds)


@pytest.fixture
async def network(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Network]:
    """At ``RATE`` times the system's pace, or at the test's own."""
    async with LoopbackDiscord(PacedClock.starting(BEGINS_AT, getattr(request, "param", RATE))) as discord:
        network = Network(discord, tmp_path / "focalbot.sqlite3")
        yield network
        verdict = judge(network.books(network.database), discord.world.messages, network)
        assert verdict.clean, verdict


@pytest.mark.parametrize("off_by", [3 * HOUR, -3 * HOUR])
async def test_a_bot_whose_clock_is_wrong_sends_and_misses_nothing(network: Network, off_by: int) -> None:
    sentence = await network.owe_note(ANNOUNCEMENTS, ends=timedelta(hours=1))
    wrong = network.discord.clock.later(off_by).described()
    async with network.process(**{PACE_VARIABLE: wrong}) as bot:
        await bot.ready()
        await bot.said("clock differs from Discord's")
        await asyncio.sleep(1.5)
        assert network.stored() == []
        assert network.states() == ["pending"]
        assert await bot.stop() == 0
    await network.run_until_settled()
    assert network.shown() == [sentence]


@pytest.mark.parametrize("skew", [HOUR, -HOUR])
async def test_a_clock_that_jumps_holds_what_falls_due_until_it_is_right(network: Network, skew: int) -> None:
    sentence = await network.owe_note(ANNOUNCEMENTS, delay=timedelta(minutes=2))
    async with network.process() as bot:
        await bot.ready()
        network.discord.world.skew = skew
        await bot.said("clock differs from Discord's")
        await asyncio.sleep(1)
        assert network.stored() == []
        assert network.states() == ["pending"]
        network.discord.world.skew = 0
        await bot.said("agrees with Discord's again")
        await network.settled()
        assert await bot.stop() == 0
    assert network.shown() == [sentence]
    (line,) = network.shown(SECRETARIAT)
    assert "clock" in line


@pytest.mark.parametrize(("network", "later"), [(5, 0), (RATE, 0), (RATE, HOUR)], indirect=["network"])
async def test_a_restored_backup_sends_nothing_twice(network: Network, later: int) -> None:
    network.discord.store.honour_nonces = False
    for target in (ANNOUNCEMENTS, "one", PEOPLE):
        await network.owe_note(target)
    copy = network.database.parent / "copy.sqlite3"
    async with network.process("backup", str(copy)) as backup:
        assert await backup.wait() == 0
    await network.run_until_settled()
    sent = network.notes()
    assert len(sent) == 6
    network.pass_time(later)
    async with network.process("restore", str(copy)) as restore:
        assert await restore.wait() == 0
    assert network.states() == ["pending"] * 3
    await network.run_until_settled()
    assert network.notes() == sent
    assert network.states() == ["sent"] * 6


async def test_after_a_weeks_outage_what_was_missed_is_told_and_the_rest_is_sent(network: Network) -> None:
    lapsed = [await network.owe_note(target, ends=timedelta(hours=2)) for target in (ANNOUNCEMENTS, "one")]
    kept = await network.owe_note(ANNOUNCEMENTS)
    network.pass_time(WEEK)
    await network.run_until_settled()
    assert network.shown() == [kept]
    assert not set(lapsed) & set(network.stored())
    assert network.states() == ["missed", "missed", "sent"]
    async with network.process() as bot:
        await bot.ready()
        await until(lambda: bool(network.shown(SECRETARIAT)))
        assert await bot.stop() == 0
    (line,) = network.shown(SECRETARIAT)
    assert "2 messages did not arrive" in line


async def test_a_connection_that_fails_in_a_listener_is_said_in_one_line(network: Network) -> None:
    async with network.services(network.database) as services, services.transaction() as tx:
        await network.plan_meeting(services, tx, random.Random(1))  # noqa: S311 - lots, not secrets
    network.discord.faults.drop("GET", r"/guilds/\d+/scheduled-events.*", times=None)
    async with network.process() as bot:
        await bot.ready()
        await bot.said("could not be asked in")
        await network.settled()
        assert await bot.stop() == 0
    assert "Traceback" not in bot.stderr


async def test_history_that_was_closed_before_the_bot_heard_of_it_proves_no_absence(network: Network) -> None:
    sentence = await network.owe_note(ANNOUNCEMENTS)
    channel = network.channels[ANNOUNCEMENTS]
    network.discord.faults.lose_answer("POST", rf"/channels/{channel.id}/messages")
    async with network.process() as bot:
        await bot.ready()
        await until(lambda: network.shown() == [sentence])
        channel.overwrites = [network.closed_history]
        network.discord.store.forget_nonces()
        await network.settled()
        assert await bot.stop() == 0
    assert network.shown() == [sentence]
    assert network.states() == ["unknown"]


async def test_history_that_was_closed_only_while_it_was_read_proves_no_absence(network: Network) -> None:
    sentence = await network.owe_note(ANNOUNCEMENTS)
    channel = network.channels[ANNOUNCEMENTS]
    network.discord.faults.lose_answer("POST", rf"/channels/{channel.id}/messages")
    closed = 0

    def close_for_one_reading(request: Request) -> Fault | None:
        nonlocal closed
        reads = request.method == "GET" and request.path == f"/channels/{channel.id}/messages"
        channel.overwrites = [network.closed_history] if reads and not closed else []
        closed += reads
        return None

    async with network.process() as bot:
        await bot.ready()
        await until(lambda: network.shown() == [sentence])
        network.discord.store.forget_nonces()
        network.discord.faults.chooser = close_for_one_reading
        await network.settled()
        assert await bot.stop() == 0
    assert closed
    assert network.shown() == [sentence]
    assert network.states() == ["sent"]


@pytest.mark.parametrize(
    ("killed", "stored"),
    [
        pytest.param(24, 78, id="killed in mid-request"),
        pytest.param(24, 300, id="killed in mid-request, and stored at the last moment"),
        pytest.param(96, 150, id="killed after the request was given up"),
    ],
)
async def test_what_a_killed_process_sent_may_be_stored_long_after_its_claim(
    network: Network, killed: float, stored: float
) -> None:
    sentence = await network.owe_note(ANNOUNCEMENTS)
    channel = network.channels[ANNOUNCEMENTS]
    network.discord.store.honour_nonces = False
    dead = asyncio.Event()
    network.discord.faults.delay("POST", rf"/channels/{channel.id}/messages", stored / RATE, not_before=dead)
    async with network.process() as bot:
        await bot.ready()
        late = await network.discord.arrived("POST", f"/channels/{channel.id}/messages")
        await asyncio.sleep(killed / RATE)
        await bot.kill()
    assert network.shown() == []
    dead.set()
    await network.run_until_settled()
    await until(lambda: late.status == HTTPStatus.OK)
    assert network.shown() == [sentence]
    assert network.states() == ["sent"]


async def test_what_discord_stores_minutes_after_a_request_that_hung_is_found_and_holds_up_nothing_else(
    network: Network,
) -> None:
    first = await network.owe_note(ANNOUNCEMENTS)
    second = await network.owe_note(ANNOUNCEMENTS, delay=timedelta(seconds=45))
    channel = network.channels[ANNOUNCEMENTS]
    network.discord.store.honour_nonces = False
    second_shown = asyncio.Event()
    network.discord.faults.delay("POST", rf"/channels/{channel.id}/messages", 300 / RATE, not_before=second_shown)
    async with network.process() as bot:
        await bot.ready()
        late = await network.discord.arrived("POST", f"/channels/{channel.id}/messages")
        await until(lambda: second in network.shown())
        assert late.status != HTTPStatus.OK, "the next message of the channel did not wait for the one that hangs"
        second_shown.set()
        await until(lambda: late.status == HTTPStatus.OK)
        await network.settled()
        assert await bot.stop() == 0
    assert network.shown() == [second, first]
    assert network.states() == ["sent", "sent"]


@pytest.mark.parametrize("status", [500, 502, 503, 504, 524])
async def test_an_error_of_discords_own_is_looked_into_before_anything_is_repeated(
    network: Network, status: int
) -> None:
    """Even where Discord has forgotten the nonce: discord.py by itself would post again within a second."""
    sentence = await network.owe_note(ANNOUNCEMENTS)
    channel = network.channels[ANNOUNCEMENTS]
    network.discord.store.honour_nonces = False
    network.discord.faults.fail_after("POST", rf"/channels/{channel.id}/messages", status)
    await network.run_until_settled()
    assert network.shown() == [sentence]
    assert network.states() == ["sent"]
