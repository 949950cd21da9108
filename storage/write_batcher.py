import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.database import Database, Transaction

Work = Callable[[Transaction], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Waiting:
    account_id: int
    work: Work
    done: asyncio.Future[None]


class WriteBatcher:
    """Group commit: small writes that arrive together share one transaction and one fsync.

    ``now`` returns the present instant, aware and in UTC.
    """

    def __init__(self, database: Database, now: Callable[[], datetime]) -> None:
        self._database = database
        self._now = now
        self._waiting: list[_Waiting] = []
        self._writer: asyncio.Task[None] | None = None

    async def write(self, account_id: int, work: Work) -> None:
        """Do ``work`` as the account's change and return when it is on disk; raise what it raises.

        ``work`` only writes through the transaction it is given, audits what it does, and may be called twice: when
        a neighbour fails, each is done again by itself.
        """
        one = _Waiting(account_id, work, asyncio.get_running_loop().create_future())
        self._waiting.append(one)
        if self._writer is None or self._writer.done():
            self._writer = asyncio.create_task(self._write_all())
        await one.done

    async def _write_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._write(batch)
            except Exception:  # noqa: BLE001 - one that fails must not take its neighbours with it
                for one in batch:
                    await self._write_alone(one)

    async def _write_alone(self, one: _Waiting) -> None:
        try:
            await self._write([one])
        except Exception as error:  # noqa: BLE001 - handed to whoever waits for it
            if not one.done.done():
                one.done.set_exception(error)

    async def _write(self, batch: Sequence[_Waiting]) -> None:
        async with self._database.transaction(self._now()) as tx:
            for one in batch:
                tx.account_id = one.account_id
                await one.work(tx)
        for one in batch:
            if not one.done.done():
                one.done.set_result(None)
