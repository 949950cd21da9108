import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from storage.database import Database, Work

AT_ONCE: Final = 100
"""Writes in one commit: those who came first do not wait for all."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    account_id: int
    work: Work
    done: asyncio.Future[None]


class WriteBatcher:
    """Group commit: small writes that arrive together share one transaction, one fsync and one trip to the database.

    ``now`` returns the present instant, aware and in UTC.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._waiting: list[_Waiting] = []
        self._writer: asyncio.Task[None] | None = None

    async def write(self, account_id: int, work: Work) -> None:
        """Do ``work`` as the account's change and return when it is on disk; raise what it raises.

        ``work`` audits what it does, waits for nothing but the transaction that it is given, and runs in the writer's
        thread. What it raises takes no neighbour with it.
        """
        one = _Waiting(account_id, work, asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        await one.done

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:AT_ONCE], self._waiting[AT_ONCE:]
            errors = await self._write(batch)
            for one, error in zip(batch, errors, strict=True):
                if one.done.done():
                    continue
                if error is None:
                    one.done.set_result(None)
                else:
                    one.done.set_exception(error)

    async def _write(self, batch: Sequence[_Waiting]) -> list[Exception | None]:
        try:
            return await self._database.write_together(self._now(), [(one.account_id, one.work) for one in batch])
        except Exception as error:  # noqa: BLE001 - handed to everybody who waits for it
            return [error] * len(batch)
