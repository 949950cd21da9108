"""Starts bot processes quickly: imports everything once, then forks for each start.

Each start is a process of its own that runs the real command line from its beginning; only Python's start and
the imports, some 0.4 s, are done before. ``python -m tests.loopback.nursery`` is the process that forks.
"""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import json
import os
import selectors
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

PRELOADED = ("tests.loopback.launcher", "tests.loopback.pace", "bot.__main__")
FOCALBOT = "tests.loopback.launcher:main"
ROOT = Path(__file__).parents[2]


@dataclass
class Child:
    """A forked bot. ``ended`` gives its exit code, negative for the signal that ended it."""

    pid: int
    output: Path
    ended: asyncio.Future[int]

    def kill(self) -> None:
        """SIGKILL, if it still runs."""
        self.send(signal.SIGKILL)

    def send(self, number: signal.Signals) -> None:
        """Send it a signal, if it still runs."""
        if not self.ended.done():
            # Its end may not have been reported yet.
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)


class Nursery:
    """``async with Nursery() as nursery:`` forks bots on demand; none outlives the block."""

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._starting: asyncio.Queue[int] = asyncio.Queue()
        self._children: dict[int, Child] = {}

    async def __aenter__(self) -> Self:
        self._process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            __spec__.name if __spec__ is not None else "tests.loopback.nursery",
            cwd=ROOT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        self._reading = asyncio.create_task(self._read())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        assert self._reading is not None
        for child in list(self._children.values()):
            child.kill()
        self._process.stdin.close()
        await self._process.wait()
        await self._reading

    async def start(
        self, arguments: Sequence[str], environment: dict[str, str], output: Path, entry: str = FOCALBOT
    ) -> Child:
        """Fork a process that runs ``entry`` (module:function) with ``arguments`` in ``output``'s folder.

        ``environment`` is all it sees; its standard output and error go to ``output``.
        """
        assert self._process is not None
        assert self._process.stdin is not None
        order = {"arguments": list(arguments), "environment": environment, "output": str(output), "entry": entry}
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        pid = await self._starting.get()
        child = Child(pid, output, asyncio.get_running_loop().create_future())
        self._children[pid] = child
        return child

    async def _read(self) -> None:
        assert self._process is not None
        assert self._process.stdout is not None
        while line := await self._process.stdout.readline():
            report = json.loads(line)
            if "started" in report:
                self._starting.put_nowait(report["started"])
                # Let start() note the child before its end can be reported.
                await asyncio.sleep(0)
            else:
                self._children.pop(report["ended"]).ended.set_result(report["code"])


def _report(**what: int) -> None:
    os.write(1, json.dumps(what).encode() + b"\n")


def _live(order: dict[str, object]) -> None:
    """In the forked child: become the process that was ordered. Does not return."""
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        output = str(order["output"])
        os.chdir(Path(output).parent)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        sink = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(sink, 1)
        os.dup2(sink, 2)
        environment = order["environment"]
        arguments = order["arguments"]
        assert isinstance(environment, dict)
        assert isinstance(arguments, list)
        os.environ.clear()
        os.environ.update(environment)
        sys.argv = ["focalbot", *arguments]
        module, function = str(order["entry"]).split(":")
        getattr(importlib.import_module(module), function)()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException as error:  # noqa: BLE001 - it is this process's last word
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    """Fork a child for each line on standard input, and report each start and end as a line."""
    for name in PRELOADED:
        importlib.import_module(name)
    for name in importlib.import_module("bot.app").EXTENSIONS:
        importlib.import_module(name)
    gc.collect()
    gc.freeze()
    woken, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.set_wakeup_fd(wake)
    selector = selectors.DefaultSelector()
    selector.register(0, selectors.EVENT_READ)
    selector.register(woken, selectors.EVENT_READ)
    orders = b""
    while True:
        for key, _ in selector.select():
            if key.fd == woken:
                os.read(woken, 4096)
                _reap()
                continue
            arrived = os.read(0, 65536)
            if not arrived:
                return
            *complete, orders = (orders + arrived).split(b"\n")
            for line in complete:
                pid = os.fork()
                if pid == 0:
                    _live(json.loads(line))
                _report(started=pid)


def _reap() -> None:
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if pid == 0:
            return
        _report(ended=pid, code=os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main()
