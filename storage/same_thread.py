"""Work done as one step of a connection's own thread, with no trip to the event loop between its statements."""

import sqlite3
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any, TypeVar, cast

import aiosqlite

Parameters = Sequence[int | str | bytes | float | None]
_Result = TypeVar("_Result")


class SameThread:
    """What a transaction needs of aiosqlite's connection, each statement run at once in the thread that calls."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    async def execute(self, sql: str, parameters: Parameters = ()) -> sqlite3.Cursor:
        """Run one statement."""
        return self._connection.execute(sql, parameters)

    async def executemany(self, sql: str, parameters: Iterable[Parameters]) -> sqlite3.Cursor:
        """Run one statement for each of ``parameters``."""
        return self._connection.executemany(sql, parameters)

    async def execute_insert(self, sql: str, parameters: Parameters = ()) -> tuple[int]:
        """Run one INSERT and return the id of its row."""
        return (self._connection.execute(sql, parameters).lastrowid or 0,)

    async def execute_fetchall(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Return the rows of a query."""
        return self._connection.execute(sql, parameters).fetchall()


def completed(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Return what a coroutine comes to that only waits for a :class:`SameThread`. Raises RuntimeError if it waits."""
    try:
        work.send(None)
    except StopIteration as done:
        return cast(_Result, done.value)
    work.close()
    raise RuntimeError("what is written together waits for nothing but its own transaction")


async def on_thread(connection: aiosqlite.Connection, work: Callable[[sqlite3.Connection], _Result]) -> _Result:
    """Do ``work`` in the thread of ``connection``, between other statements, and return what it returns."""
    execute = cast(Callable[..., Coroutine[Any, Any, _Result]], connection._execute)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage, reportUnknownMemberType] - aiosqlite 0.22 hands its thread single statements only
    return await execute(lambda: work(connection._conn))  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - as above
