"""``focalbot`` as operators start and end it: a real process against a loopback Discord."""

import asyncio
import signal
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.full_disk import damage
from tests.loopback.clock import PacedClock
from tests.loopback.process import BotProcess
from tests.loopback.server import LoopbackDiscord
from tests.patience import ELSEWHERE

COMMANDS = r"PUT /applications/\d+/commands"


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord() as server:
        yield server


@pytest.fixture
async def hurried() -> AsyncIterator[LoopbackDiscord]:
    """The same at twenty times the pace, where the bot has long waits before it."""
    async with LoopbackDiscord(PacedClock.from_now(20)) as server:
        yield server


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "focalbot.sqlite3"


async def refusal(bot: BotProcess) -> str:
    """Run ``bot`` to its end; returns the one line it must have said."""
    async with bot:
        code = await bot.wait()
    lines = bot.stderr.strip().splitlines()
    assert code not in (0, None), bot.stderr
    assert len(lines) == 1, bot.stderr
    assert "Traceback" not in bot.stderr
    assert bot.stdout == ""
    return lines[0]


async def test_a_missing_token(discord: LoopbackDiscord, database: Path) -> None:
    said = await refusal(BotProcess(discord, database, DISCORD_TOKEN=None))
    assert "DISCORD_TOKEN is not set" in said
    assert discord.requests == []


@pytest.mark.parametrize("token", ["changeme", "Bot abc", "a.b.c"])
async def test_a_malformed_token(discord: LoopbackDiscord, database: Path, token: str) -> None:
    said = await refusal(BotProcess(discord, database, DISCORD_TOKEN=token))
    assert "three parts" in said
    assert token not in said
    assert discord.requests == []


async def test_a_refused_token(discord: LoopbackDiscord, database: Path) -> None:
    token = discord.token
    discord.token = discord.world.token_for(42)
    said = await refusal(BotProcess(discord, database, DISCORD_TOKEN=token))
    assert "Discord refuses the token" in said
    assert token not in said


async def test_a_token_that_the_gateway_refuses(hurried: LoopbackDiscord, database: Path) -> None:
    bot = BotProcess(hurried, database)
    async with bot:
        await bot.ready()
        hurried.token = hurried.world.token_for(42)
        await hurried.gateway.invalidate()
        assert await bot.wait() == 1
    assert "Discord refuses the token" in bot.stderr
    assert "Traceback" not in bot.stderr


async def test_a_setting_that_cannot_be_used(discord: LoopbackDiscord, database: Path) -> None:
    said = await refusal(BotProcess(discord, database, LOG_LEVEL="loud", DEFAULT_TIMEZONE="Mars/Olympus"))
    assert "LOG_LEVEL" in said
    assert "DEFAULT_TIMEZONE" in said


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    letter = tmp_path / "letter"
    letter.write_bytes(b"a letter to sixty-three ministries" * 100)
    return letter


@pytest.mark.parametrize("place", ["letter/focalbot.sqlite3", ".", "/proc/focalbot.sqlite3"])
async def test_a_database_path_that_cannot_be_written(discord: LoopbackDiscord, letter: Path, place: str) -> None:
    said = await refusal(BotProcess(discord, letter.parent / place, folder=letter.parent))
    assert "DATABASE_PATH" in said


async def test_a_file_that_is_no_database(discord: LoopbackDiscord, letter: Path) -> None:
    said = await refusal(BotProcess(discord, letter))
    assert "DATABASE_PATH" in said
    assert letter.read_bytes().startswith(b"a letter")  # noqa: ASYNC240 - the bot has ended


async def test_a_damaged_database(discord: LoopbackDiscord, database: Path) -> None:
    async with BotProcess(discord, database) as bot:
        await bot.ready()
        assert await bot.stop() == 0
    damage(database)
    damaged = database.read_bytes()  # noqa: ASYNC240 - the bot has ended
    said = await refusal(BotProcess(discord, database))
    assert str(database) in said
    assert "focalbot restore FILE" in said
    assert database.read_bytes() == damaged  # noqa: ASYNC240


async def test_a_newer_database(discord: LoopbackDiscord, database: Path) -> None:
    with sqlite3.connect(database) as connection:
        connection.execute("PRAGMA user_version = 9999")
    connection.close()
    said = await refusal(BotProcess(discord, database))
    assert "newer focalbot" in said
    assert "9999" in said


async def test_a_second_process_on_the_same_database(discord: LoopbackDiscord, database: Path) -> None:
    async with BotProcess(discord, database) as first:
        await first.ready()
        said = await refusal(BotProcess(discord, database))
        assert "another focalbot runs" in said
        assert first.exit_code is None
        assert await first.stop() == 0
    async with BotProcess(discord, database) as third:
        await third.ready()
        assert await third.stop() == 0


async def test_a_killed_process_leaves_no_lock(discord: LoopbackDiscord, database: Path) -> None:
    async with BotProcess(discord, database) as first:
        await first.ready()
        await first.kill()
        assert first.exit_code == -signal.SIGKILL
    async with BotProcess(discord, database) as second:
        await second.ready()
        assert await second.stop() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_it_ends_in_order(discord: LoopbackDiscord, database: Path, number: signal.Signals) -> None:
    async with BotProcess(discord, database, LOG_LEVEL="WARNING") as bot:
        await bot.ready()
        assert await bot.stop(number) == 0
    assert bot.stderr == ""
    assert not database.with_name(f"{database.name}-wal").exists(), "the database was closed"


async def test_what_was_begun_is_finished_and_nothing_new_is_begun(discord: LoopbackDiscord, database: Path) -> None:
    guild = discord.add_guild("Network")
    channel = discord.add_channel(guild, "general")
    person = discord.add_user("Ghana", guild)
    refused = asyncio.Event()
    discord.faults.delay("POST", "/interactions/.*", not_before=refused)
    async with BotProcess(discord, database) as bot:
        await bot.ready()
        begun = await discord.people.start_slash(person, channel, "settings language", language="en")
        await discord.arrived("POST", "/interactions/")
        bot.send(signal.SIGTERM)
        await bot.said("asked to end")
        late = await discord.slash(person, channel, "settings language", language="en")
        refused.set()
        assert await bot.wait() == 0
    assert begun.content
    assert "restarting" not in begun.content
    assert "restarting" in late.content
    assert "Traceback" not in bot.stderr


NOBODY_CAN_MEND = [(404, 10062), (404, 10015), (401, 50027), (400, 40060)]
"""What Discord answers where an interaction came late after a lost connection, or has been answered already."""


async def test_an_interaction_that_nothing_can_answer_any_more_is_one_line(
    discord: LoopbackDiscord, database: Path
) -> None:
    guild = discord.add_guild("Network")
    channel = discord.add_channel(guild, "general")
    person = discord.add_user("Ghana", guild)
    async with BotProcess(discord, database, LOG_LEVEL="WARNING") as bot:
        await bot.ready()
        for done, (status, code) in enumerate(NOBODY_CAN_MEND):
            discord.faults.refuse("POST", "/interactions/.*", status, code)
            await discord.people.start_slash(person, channel, "settings language", language="en")
            await bot.said_lines(done + 1)
        discord.faults.refuse("POST", "/interactions/.*", 404, 10062)
        typing = asyncio.create_task(discord.people.autocomplete(person, channel, "settings timezone", "zone", "Acc"))
        await bot.said_lines(len(NOBODY_CAN_MEND) + 1)
        assert not typing.done()
        typing.cancel()
        assert (await discord.slash(person, channel, "settings language", language="en")).content
        assert await bot.stop() == 0
    lines = bot.stderr.splitlines()
    assert len(lines) == len(NOBODY_CAN_MEND) + 1, bot.stderr
    assert all(" WARNING " in line for line in lines)


async def test_discord_failing_in_an_answer_is_one_line(discord: LoopbackDiscord, database: Path) -> None:
    guild = discord.add_guild("Network")
    channel = discord.add_channel(guild, "general")
    person = discord.add_user("Ghana", guild)
    async with BotProcess(discord, database, LOG_LEVEL="WARNING") as bot:
        await bot.ready()
        discord.faults.drop("POST", "/interactions/.*")
        answer = await discord.slash(person, channel, "settings language", language="en")
        assert await bot.stop() == 0
    assert "reference" not in answer.content
    assert "Discord" in answer.content
    assert len(bot.stderr.splitlines()) == 1, bot.stderr


async def test_an_answer_that_the_end_cuts_off_is_one_line(discord: LoopbackDiscord, database: Path) -> None:
    guild = discord.add_guild("Network")
    channel = discord.add_channel(guild, "general")
    person = discord.add_user("Ghana", guild)
    ended = asyncio.Event()
    discord.faults.delay("POST", "/interactions/.*", not_before=ended)
    async with BotProcess(discord, database, LOG_LEVEL="WARNING") as bot:
        await bot.ready()
        await discord.people.start_slash(person, channel, "settings language", language="en")
        await discord.arrived("POST", "/interactions/")
        assert await bot.stop() == 0
        ended.set()
    closing, cut_off = bot.stderr.splitlines()
    assert "closing although" in closing
    assert "without an answer" in cut_off


async def test_it_ends_while_discord_is_away(hurried: LoopbackDiscord, database: Path) -> None:
    hurried.faults.drop("GET", "/users/@me", times=None)
    async with BotProcess(hurried, database) as bot:
        await bot.said("trying again in")
        assert await bot.stop() == 0
    assert "Traceback" not in bot.stderr


async def test_the_first_requests_fail_and_it_tries_again(hurried: LoopbackDiscord, database: Path) -> None:
    hurried.faults.refuse("GET", "/users/@me", 503)
    hurried.faults.refuse("GET", "/oauth2/applications/@me", 503)
    async with BotProcess(hurried, database) as bot:
        await bot.ready()
        assert await bot.stop() == 0
    assert bot.stderr.count("trying again in") == 2
    assert "Traceback" not in bot.stderr


async def test_the_first_gateway_connections_refused(hurried: LoopbackDiscord, database: Path) -> None:
    hurried.gateway.refuse_connections = 2
    async with BotProcess(hurried, database) as bot:
        await bot.ready()
        assert hurried.gateway.attempts == 3
        assert await bot.stop() == 0
    assert bot.stderr.count("Attempting a reconnect") == 2
    assert "Traceback" not in bot.stderr


async def test_a_lost_connection_is_resumed(discord: LoopbackDiscord, database: Path) -> None:
    async with BotProcess(discord, database) as bot:
        await bot.ready()
        await discord.gateway.drop()
        await discord.gateway.wait_resumed(1, ELSEWHERE)
        assert await bot.stop() == 0
    assert "Traceback" not in bot.stderr


async def test_commands_are_given_to_discord_once(discord: LoopbackDiscord, database: Path) -> None:
    for _ in range(2):
        async with BotProcess(discord, database) as bot:
            await bot.ready()
            assert await bot.stop() == 0
        assert discord.command_syncs == 1
    assert {"settings", "setup"} <= {command["name"] for command in discord.world.commands}


async def test_nothing_privileged_is_asked_for(discord: LoopbackDiscord, database: Path) -> None:
    async with BotProcess(discord, database) as bot:
        await bot.ready()
        assert discord.gateway.current is not None
        assert discord.gateway.current.intents & ((1 << 1) | (1 << 8) | (1 << 15)) == 0
        assert await bot.stop() == 0


async def test_debugging_prints_no_payloads(discord: LoopbackDiscord, database: Path) -> None:
    guild = discord.add_guild("Network")
    channel = discord.add_channel(guild, "general")
    person = discord.add_user("Ghana", guild)
    async with BotProcess(discord, database, LOG_LEVEL="DEBUG") as bot:
        await bot.ready()
        await discord.slash(person, channel, "settings language", language="fr")
        assert await bot.stop() == 0
    assert "WebSocket Event" not in bot.stderr
    assert discord.token not in bot.stderr
