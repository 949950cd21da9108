"""How a machine's database is replicated while it lives: page for page with a delay by lot, or by Litestream itself."""

# ruff: noqa: ASYNC110 - what is waited for happens in another process

from __future__ import annotations

import asyncio
import random
import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Protocol

from storage.backups.replica import fetch
from tests.patience import ELSEWHERE

SHORTEST_DELAY, LONGEST_DELAY = 0.2, 1.2
"""Seconds of the system's clock between two states of the replica: 24 to 144 s at the usual pace."""
_LITESTREAM = Path(sys.executable).with_name("litestream")
_CONFIGURATION = """
snapshot: {{interval: 6h, retention: 24h}}
dbs:
  - path: {database}
    replica: {{type: file, path: {replica}, sync-interval: 500ms}}
"""


class Replica(Protocol):
    """The replica of one machine's database after the other's."""

    async def begin(self, database: Path) -> None:
        """Replicate a machine's database from now on."""
        ...

    async def end(self) -> None:
        """Stop at once: the machine is dead."""
        ...

    async def bring_back(self, database: Path) -> None:
        """Write what the replica has to a new file."""
        ...

    def catch_up(self) -> None:
        """Bring the replica to the present state, where that is for us to say."""
        ...


class Copies:
    """As a replica program does, without what is beside the file; ``chance`` draws the delays."""

    def __init__(self, folder: Path, chance: random.Random) -> None:
        self._file = folder / "replica.sqlite3"
        self._chance = chance
        self._copying: asyncio.Task[None] | None = None

    async def begin(self, database: Path) -> None:
        self._database = database
        self._copying = asyncio.create_task(self._keep_copying())

    async def end(self) -> None:
        if self._copying is not None:
            self._copying.cancel()
            await asyncio.gather(self._copying, return_exceptions=True)

    async def bring_back(self, database: Path) -> None:
        shutil.copyfile(self._file, database)

    def catch_up(self) -> None:
        new = self._file.with_name("replica.new")
        new.unlink(missing_ok=True)
        with closing(sqlite3.connect(self._database)) as source, closing(sqlite3.connect(new)) as target:
            source.backup(target)
        new.replace(self._file)

    async def _keep_copying(self) -> None:
        while True:
            await asyncio.sleep(self._chance.uniform(SHORTEST_DELAY, LONGEST_DELAY))
            self.catch_up()


class Litestream:
    """The real program, each machine to a new place, killed with the machine."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places = 0
        self._program: asyncio.subprocess.Process | None = None

    async def begin(self, database: Path) -> None:
        if self._program is not None:
            return
        self._places += 1
        configuration = self._folder / "litestream.yml"
        configuration.write_text(_CONFIGURATION.format(database=database, replica=self._place))
        silent = asyncio.subprocess.DEVNULL
        self._program = await asyncio.create_subprocess_exec(
            _LITESTREAM, "replicate", "-config", configuration, stdout=silent, stderr=silent
        )
        async with asyncio.timeout(ELSEWHERE):
            while not any(self._place.rglob("*.ltx")):
                await asyncio.sleep(0.05)

    async def end(self) -> None:
        if self._program is not None:
            self._program.kill()
            await self._program.wait()
            self._program = None

    async def bring_back(self, database: Path) -> None:
        await asyncio.to_thread(fetch, f"file://{self._place}", database)
        shutil.rmtree(self._place)

    def catch_up(self) -> None:
        pass  # It decides by itself.

    @property
    def _place(self) -> Path:
        return self._folder / f"replica-{self._places}"
