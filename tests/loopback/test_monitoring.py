"""What watches the bot, with ``focalbot run`` as a process: ``/ready``, ``/metrics``, JSON logs, and systemd."""

import asyncio
import json
import socket
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing, contextmanager
from http import HTTPStatus
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from tests.loopback.clock import PacedClock
from tests.loopback.process import BotProcess
from tests.loopback.server import LoopbackDiscord
from tests.patience import ELSEWHERE


@pytest.fixture
async def discord() -> AsyncIterator[LoopbackDiscord]:
    async with LoopbackDiscord(PacedClock.from_now(20)) as server:
        yield server


@pytest.fixture
def port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


async def ask(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def ready_with(port: int, status: int) -> dict[str, Any]:
    """Wait until ``/ready`` answers with the status; return what it says."""
    async with asyncio.timeout(ELSEWHERE):
        while True:
            try:
                found, text = await ask(port, "/ready")
            except aiohttp.ClientError:
                found, text = 0, ""
            if found == status:
                return json.loads(text)
            await asyncio.sleep(0.1)


class Systemd:
    """Hears what a bot tells systemd."""

    def __init__(self, listening: socket.socket) -> None:
        self._socket = listening

    async def next(self) -> str:
        async with asyncio.timeout(ELSEWHERE):
            return (await asyncio.get_running_loop().sock_recv(self._socket, 4096)).decode()

    async def hears_nothing(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await asyncio.get_running_loop().sock_recv(self._socket, 4096)
        except TimeoutError:
            return True
        return False


@contextmanager
def systemd(address: str) -> Iterator[Systemd]:
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)) as listening:
        listening.bind(address)
        listening.setblocking(False)
        yield Systemd(listening)


async def test_what_watches_the_bot_sees_its_state_and_no_secret(
    discord: LoopbackDiscord, tmp_path: Path, port: int
) -> None:
    database = tmp_path / "focalbot.sqlite3"
    guild = discord.add_guild("Network")
    channel = discord.add_channel(guild, "general")
    person = discord.add_user("Ghana", guild)
    settings = {"HEALTH_PORT": str(port), "LOG_FORMAT": "json", "LOG_LEVEL": "DEBUG"}
    async with BotProcess(discord, database, folder=None, **settings) as bot:
        await ready_with(port, HTTPStatus.OK)
        await discord.slash(person, channel, "settings language", language="fr")
        _, metrics = await ask(port, "/metrics")
        refused = BotProcess(discord, tmp_path / "other.sqlite3", folder=None, **settings)
        async with refused:
            assert await refused.wait() == 1
        assert await bot.stop() == 0
    assert f"HEALTH_PORT {port}" in refused.stderr
    assert 'focalbot_interactions_total{kind="command",name="settings language",outcome="answered"} 1.0' in metrics
    assert "process_resident_memory_bytes" in metrics
    lines = [json.loads(line) for line in bot.stderr.splitlines()]
    assert len(lines) > 3
    assert all({"time", "level", "logger", "message"} <= line.keys() for line in lines)
    assert discord.token not in bot.stderr + metrics


async def test_systemd_hears_of_the_bot_while_the_engine_works(
    discord: LoopbackDiscord, tmp_path: Path, port: int
) -> None:
    database = tmp_path / "focalbot.sqlite3"
    address = str(tmp_path / "notify")
    with systemd(address) as manager:
        async with BotProcess(discord, database, NOTIFY_SOCKET=address, HEALTH_PORT=str(port)) as bot:
            assert await manager.next() == "READY=1\nWATCHDOG=1"
            assert await manager.next() == "WATCHDOG=1"
            with closing(sqlite3.connect(database)) as other:
                other.execute("BEGIN IMMEDIATE")
                found = await ready_with(port, HTTPStatus.SERVICE_UNAVAILABLE)
                while not await manager.hears_nothing(5):
                    pass  # one turn may have ended before
                other.rollback()
            assert await manager.next() == "WATCHDOG=1"
            assert await bot.stop() == 0
        said = await manager.next()
        assert said == "STOPPING=1" or await manager.next() == "STOPPING=1"
    assert found["ready"] is False
    assert found["checks"]["database"] != "ok"
    assert found["checks"]["discord"] == "ok"


async def test_a_bot_that_cannot_reach_discord_is_not_ready(
    discord: LoopbackDiscord, tmp_path: Path, port: int
) -> None:
    discord.faults.drop("GET", "/users/@me", times=None)
    async with BotProcess(discord, tmp_path / "focalbot.sqlite3", HEALTH_PORT=str(port)) as bot:
        found = await ready_with(port, HTTPStatus.SERVICE_UNAVAILABLE)
        _, metrics = await ask(port, "/metrics")
        assert await bot.stop() == 0
    assert all("starting" in problem for problem in found["checks"].values())
    assert "focalbot_ready 0.0" in metrics
