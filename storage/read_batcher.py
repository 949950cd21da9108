import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import aiosqlite

from storage.same_thread import Parameters, on_thread

_SECONDS: Final = 0.005
"""How long one trip goes on with further queries: those who were answered first do not wait for all."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    sql: str
    parameters: tuple[int | str | bytes | float | None, ...]
    done: asyncio.Future[list[sqlite3.Row]]


class ReadBatcher:
    """Queries that arrive while another is under way share the next trip to the database, and one state of it.

    ``counter`` returns seconds that only go forward: how long a trip has lasted is measured by it.
    """

    def __init__(self, reader: aiosqlite.Connection, counter: Callable[[], float] = time.monotonic) -> None:
        self._reader = reader
        self._counter = counter
        self._waiting: list[_Waiting] = []
        self._under_way = False
        self._trips: asyncio.Task[None] | None = None

    async def fetch(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Return the rows of a query, as last committed when it was asked or later. Raises what the driver raises."""
        if self._under_way:
            one = _Waiting(sql, tuple(parameters), asyncio.get_running_loop().create_future())
            self._waiting.append(one)
            return await one.done
        self._under_way = True
        try:
            return list(await self._reader.execute_fetchall(sql, parameters))
        finally:
            self._go_on()

    async def fetch_each(self, *queries: tuple[str, Parameters]) -> list[list[sqlite3.Row]]:
        """Return the rows of several queries, which share a trip as those of several who ask do."""
        if self._under_way:
            future = asyncio.get_running_loop().create_future
            asked = [_Waiting(sql, tuple(parameters), future()) for sql, parameters in queries]
            self._waiting += asked
            return await asyncio.gather(*(one.done for one in asked))
        self._under_way = True
        try:
            return await on_thread(self._reader, partial(fetch_at_one_instant, queries))
        finally:
            self._go_on()

    def _go_on(self) -> None:
        self._under_way = bool(self._waiting)
        if self._waiting:
            self._trips = asyncio.create_task(self._fetch_waiting())

    async def finish(self) -> None:
        """Wait until nothing waits for a trip that has not begun."""
        while self._waiting or (self._trips is not None and not self._trips.done()):
            await asyncio.sleep(0)
            if self._trips is not None:
                await asyncio.wait([self._trips])

    async def _fetch_waiting(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                answers = await self._fetch(batch)
                self._waiting = [*batch[len(answers) :], *self._waiting]
                for one, answer in zip(batch, answers, strict=False):
                    if one.done.done():
                        continue
                    if isinstance(answer, Exception):
                        one.done.set_exception(answer)
                    else:
                        one.done.set_result(answer)
        finally:
            self._under_way = False

    async def _fetch(self, batch: Sequence[_Waiting]) -> Sequence[list[sqlite3.Row] | Exception]:
        try:
            return await on_thread(self._reader, partial(_fetch_together, batch, self._counter))
        except Exception as error:  # noqa: BLE001 - handed to everybody who waits for it
            return [error] * len(batch)


def fetch_at_one_instant(
    queries: Sequence[tuple[str, Parameters]], connection: sqlite3.Connection
) -> list[list[sqlite3.Row]]:
    """Return the rows of each query, all as committed at one instant."""
    connection.execute("BEGIN")
    try:
        return [connection.execute(sql, parameters).fetchall() for sql, parameters in queries]
    finally:
        connection.execute("COMMIT")


def _fetch_together(
    batch: Sequence[_Waiting], counter: Callable[[], float], connection: sqlite3.Connection
) -> Sequence[list[sqlite3.Row] | Exception]:
    begun = counter()
    answers: list[list[sqlite3.Row] | Exception] = []
    known: dict[tuple[str, tuple[object, ...]], list[sqlite3.Row]] = {}
    connection.execute("BEGIN")
    try:
        for one in batch:
            key = (one.sql, one.parameters)
            try:
                if key not in known:
                    known[key] = connection.execute(one.sql, one.parameters).fetchall()
                answers.append([*known[key]])
            except Exception as error:  # noqa: BLE001 - handed to what waits for it
                answers.append(error)
            if counter() - begun >= _SECONDS:
                break
    finally:
        connection.execute("COMMIT")
    return answers
