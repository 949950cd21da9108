import asyncio
import logging
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

_log: Final = logging.getLogger("storage")

FIRST_DELAY: Final = 1.0
LONGEST_DELAY: Final = 60.0
"""Seconds between two attempts: doubling from the first to the longest."""
SOON: Final = 60.0
"""Seconds for which the log may keep the order of what was written."""


def is_overdue(path: Path) -> bool:
    """Tell whether what was erased from the database at ``path`` may still be in its write-ahead log."""
    log = path.with_name(f"{path.name}-wal")
    return _mark(path).exists() and log.exists() and log.stat().st_size > 0


class Checkpoints:
    """Empties the write-ahead log of one database file, on a connection of its own that waits for nobody.

    A checkpoint that has not succeeded yet leaves an empty file beside the database, for ``focalbot doctor``.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._trying: asyncio.Task[None] | None = None
        self._soon: asyncio.Task[None] | None = None

    async def make(self) -> None:
        """Try once, and go on trying in the background if it fails."""
        if not await self._attempt() and (self._trying is None or self._trying.done()):
            _log.warning("the write-ahead log is being read and cannot be emptied: trying again until it is")
            self._trying = asyncio.create_task(self._try_again(), name="checkpoint")

    def make_soon(self) -> None:
        """Make one in :data:`SOON` seconds, for all that asks for it until then."""
        if self._soon is None or self._soon.done():
            self._soon = asyncio.create_task(self._make_later(), name="checkpoint-soon")

    async def stop(self) -> None:
        """Try no more: closing the database empties the log, unless another process has it open."""
        tasks = [task for task in (self._trying, self._soon) if task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def closed(self) -> None:
        """Take note that the database is closed: the mark stays only where the log does."""
        await asyncio.to_thread(self._unmark_if_gone)

    async def _make_later(self) -> None:
        await asyncio.sleep(SOON)
        await self.make()

    async def _try_again(self) -> None:
        delay = FIRST_DELAY
        while True:
            await asyncio.sleep(delay)
            if await self._attempt():
                return
            delay = min(2 * delay, LONGEST_DELAY)

    async def _attempt(self) -> bool:
        return await asyncio.to_thread(_attempt, self._path)

    def _unmark_if_gone(self) -> None:
        if not is_overdue(self._path):
            _mark(self._path).unlink(missing_ok=True)


def _attempt(path: Path) -> bool:
    try:
        with closing(_connected(path)) as connection:
            # The first brings over what it can while others write; the second, which they wait for, only empties.
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if not busy:
            _mark(path).unlink(missing_ok=True)
            return True
        _mark(path).touch()
    except (OSError, sqlite3.Error) as error:
        _log.warning("the write-ahead log could not be emptied: %s", error)
    return False


def _connected(path: Path) -> sqlite3.Connection:
    # SQLite itself would wait for a reader, and let writers wait meanwhile.
    return sqlite3.connect(path, timeout=0, isolation_level=None)


def _mark(path: Path) -> Path:
    return path.with_name(f"{path.name}.checkpoint-overdue")
