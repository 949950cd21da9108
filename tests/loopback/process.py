"""``focalbot`` as a real process, pointed at a loopback Discord."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.loopback.clock import PACE_VARIABLE, PacedClock
from tests.loopback.launcher import ADDRESS_VARIABLE
from tests.loopback.server import LoopbackDiscord
from tests.patience import ELSEWHERE

ROOT = Path(__file__).parents[2]
KEPT = ("PATH", "HOME", "LANG", "TMPDIR", "SYSTEMROOT", "COVERAGE_PROCESS_START")


def environment(discord: LoopbackDiscord, database: Path, **changes: str | None) -> dict[str, str]:
    """The whole environment of a bot process: ``changes`` add to it, or with None take away."""
    values: dict[str, str | None] = {name: os.environ.get(name) for name in KEPT}
    values |= {
        ADDRESS_VARIABLE: discord.address,
        "DISCORD_TOKEN": discord.token,
        "DATABASE_PATH": str(database),
        "PYTHONPATH": str(ROOT),
        "PYTHONUNBUFFERED": "1",
    }
    if discord.clock != PacedClock():
        values[PACE_VARIABLE] = discord.clock.described()
    values |= changes
    return {name: value for name, value in values.items() if value is not None}


class BotProcess:
    """One process of the bot, from ``start`` to its end; ``async with`` kills it if it still runs at the end.

    Runs ``python -m tests.loopback.launcher ARGUMENTS`` in ``folder`` (a place without ``.env``; the
    database's own folder if left out). ``changes`` are environment variables, None to unset one.
    """

    def __init__(
        self,
        discord: LoopbackDiscord,
        database: Path,
        *arguments: str,
        folder: Path | None = None,
        **changes: str | None,
    ) -> None:
        self.discord = discord
        self.arguments = arguments or ("run",)
        self.folder = folder or database.parent
        self.environment = environment(discord, database, **changes)
        self.stdout = ""
        self.stderr = ""
        self._more_said = asyncio.Condition()
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.kill()
        if error is not None:
            error.add_note(f"stdout of the bot:\n{self.stdout}\nstderr of the bot:\n{self.stderr}")

    @property
    def process(self) -> asyncio.subprocess.Process:
        """The process; it must have been started."""
        assert self._process is not None, "start() comes first"
        return self._process

    @property
    def exit_code(self) -> int | None:
        """None while it runs, negative the signal that ended it."""
        return self.process.returncode

    async def start(self) -> None:
        """Start the process, without waiting for anything."""
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.loopback.launcher",
            *self.arguments,
            cwd=self.folder,
            env=self.environment,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        await asyncio.gather(self._collect("stdout"), self._collect("stderr"))

    async def _collect(self, name: str) -> None:
        stream: asyncio.StreamReader = getattr(self.process, name)
        while line := await stream.readline():
            setattr(self, name, getattr(self, name) + line.decode())
            async with self._more_said:
                self._more_said.notify_all()

    async def ready(self, timeout: float = ELSEWHERE) -> None:  # noqa: ASYNC109 - one wait, one limit
        """Wait until this process has identified; RuntimeError with its output if it ends before."""
        identified = asyncio.create_task(self.discord.gateway.wait_connected(timeout))
        ended = asyncio.create_task(self.process.wait())
        await asyncio.wait({identified, ended}, return_when=asyncio.FIRST_COMPLETED)
        if ended.done():
            identified.cancel()
            await self._finish()
            raise RuntimeError(f"the bot ended with {self.exit_code} before READY:\n{self.stderr}")
        ended.cancel()
        await identified

    async def said(self, text: str, timeout: float = ELSEWHERE) -> None:  # noqa: ASYNC109
        """Wait until its standard error contains ``text``."""
        async with asyncio.timeout(timeout), self._more_said:
            await self._more_said.wait_for(lambda: text in self.stderr)

    async def said_lines(self, count: int, timeout: float = ELSEWHERE) -> None:  # noqa: ASYNC109
        """Wait until its standard error has ``count`` lines."""
        async with asyncio.timeout(timeout), self._more_said:
            await self._more_said.wait_for(lambda: self.stderr.count("\n") >= count)

    async def wait(self, timeout: float = ELSEWHERE) -> int:  # noqa: ASYNC109
        """Wait for its end; returns the exit code."""
        async with asyncio.timeout(timeout):
            code = await self.process.wait()
            await self._finish()
        return code

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, without waiting for what comes of it."""
        self.process.send_signal(number)

    async def stop(
        self,
        number: signal.Signals = signal.SIGTERM,
        timeout: float = ELSEWHERE,  # noqa: ASYNC109
    ) -> int:
        """Ask it to end, as an operator does; returns the exit code."""
        self.send(number)
        return await self.wait(timeout)

    async def kill(self) -> None:
        """SIGKILL, if it still runs."""
        if self.exit_code is None:
            self.process.kill()
        await self.process.wait()
        await self._finish()

    async def _finish(self) -> None:
        if self._reading is not None:
            await self._reading
