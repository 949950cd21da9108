import asyncio
import json
import logging
import sqlite3
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable, Sequence
from contextlib import asynccontextmanager, closing
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from typing import Any, Self

import aiosqlite

from storage.backups.folder import BackupFolder
from storage.backups.kept_copies import tidy
from storage.backups.replica import is_replicated
from storage.checkpoints import Checkpoints, is_overdue
from storage.errors import unusable
from storage.held_rows import HeldRows
from storage.read_batcher import ReadBatcher, fetch_at_one_instant
from storage.same_thread import Parameters, SameThread, completed, on_thread
from storage.upgrade import upgrade

# aiosqlite writes every statement with its parameters to the log at DEBUG: ballots and personal fields with them.
logging.getLogger("aiosqlite").setLevel(logging.INFO)


class UnauditedChangeError(RuntimeError):
    """A person's change left no line in the audit log: a fault of ours, rolled back."""


class Transaction:
    """The one writer, held until the end of the block. ``at`` is when, ``account_id`` who (None: the bot)."""

    def __init__(self, connection: aiosqlite.Connection | SameThread, at: datetime, account_id: int | None) -> None:
        self._connection = connection
        self.at = int(at.timestamp())
        self.account_id = account_id
        self._changes = 0
        self._audited = account_id is None
        self._once_committed: list[Callable[[], None]] = []
        self.erases = False
        self.has_order = False

    def erase_from_log(self) -> None:
        """Have the write-ahead log emptied once this is committed: what is erased here is to be nowhere on disk."""
        self.erases = True

    def erase_order_from_log(self) -> None:
        """Have the write-ahead log emptied within a minute of the commit.

        It keeps the order in which things were written, also of what is to be known by its day alone.
        """
        self.has_order = True

    def once_committed(self, call: Callable[[], None]) -> None:
        """Have ``call`` called when all of this is on disk, before anybody else holds the writer; else never."""
        self._once_committed.append(call)

    def committed(self) -> None:
        """Make the calls that wait for the commit."""
        for call in self._once_committed:
            call()

    async def execute(self, sql: str, parameters: Parameters = (), *, is_audited: bool = True) -> int:
        """Run one statement and return how many rows it changed.

        ``is_audited`` False: that it was run is nobody's business, and says nothing of the rest of the transaction.
        """
        cursor = await self._connection.execute(sql, parameters)
        self._changes += max(cursor.rowcount, 0) if is_audited else 0
        return cursor.rowcount

    async def insert(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one INSERT and return the id of its row."""
        row = await self._connection.execute_insert(sql, parameters)
        self._changes += 1
        return int(row[0]) if row is not None else 0

    async def execute_many(self, sql: str, rows: Iterable[Parameters]) -> None:
        """Run one statement for each of ``rows``, in one trip to the database."""
        cursor = await self._connection.executemany(sql, rows)
        self._changes += max(cursor.rowcount, 0)

    async def fetch(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Return the rows of a query, seeing what this transaction has written."""
        return list(await self._connection.execute_fetchall(sql, parameters))

    async def audit(
        self, guild_id: int, action: str, subject: str, subject_id: int | None, fields: Iterable[str] = ()
    ) -> None:
        """Write down that ``fields`` of a row changed; never the values."""
        self._audited = True
        await self._connection.execute(
            "INSERT INTO audit (guild_id, at, account_id, action, subject, subject_id, fields)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (guild_id, self.at, self.account_id, action, subject, subject_id, _listed(tuple(fields))),
        )

    async def audit_many(self, guild_id: int, lines: Iterable[tuple[str, str, int | None, tuple[str, ...]]]) -> None:
        """Write down many changes at once, each as action, subject, row id and the names of its fields."""
        self._audited = True
        await self._connection.executemany(
            "INSERT INTO audit (guild_id, at, account_id, action, subject, subject_id, fields)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (guild_id, self.at, self.account_id, action, subject, row, _listed(fields))
                for action, subject, row, fields in lines
            ],
        )

    def unaudited_by_design(self) -> None:
        """Declare that what follows is nobody's business (a draft, the locale last seen)."""
        self._audited = True

    def check_audited(self) -> None:
        """Raise UnauditedChangeError when a person changed rows and the audit log says nothing of it."""
        if self._changes and not self._audited:
            raise UnauditedChangeError


Query = tuple[str, Parameters]
Work = Callable[[Transaction], Coroutine[Any, Any, None]]
"""What writes through a transaction that it is given."""


class Database:
    """The SQLite file: one writer behind a lock, one reader beside it. Nothing else writes to it meanwhile."""

    def __init__(self, path: Path, writer: aiosqlite.Connection, reader: aiosqlite.Connection) -> None:
        self.path = path
        self._writer = writer
        self._reader = reader
        self._reads = ReadBatcher(reader)
        self._writing = asyncio.Lock()
        self._held = HeldRows()
        self._checkpoints = Checkpoints(path)
        self.backups: BackupFolder | None = None
        """Where backups are kept that are to forget the people who are erased; None: nowhere."""

    @classmethod
    async def open(cls, path: Path) -> Self:
        """Open ``path``, making it and its folder when absent, and bring its schema up to date.

        Raises DatabaseUnusableError (DatabaseDamagedError and DiskFullError where that is why), DatabaseTooNewError
        when newer code has written the file, or MigrationError.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            await asyncio.to_thread(upgrade, path)
            writer = await _connect(path, "synchronous = FULL", "secure_delete = ON", "foreign_keys = ON")
            try:
                reader = await _connect(path, "query_only = ON")
            except BaseException:
                await writer.close()
                raise
        except (OSError, sqlite3.Error) as error:
            raise unusable(error) from error
        return cls(path, writer, reader)

    async def close(self) -> None:
        """Wait for the running transaction and close the file."""
        async with self._writing:
            await self._checkpoints.stop()
            await self._reads.finish()
            await self._reader.close()
            await self._writer.close()
        await self._checkpoints.closed()

    @asynccontextmanager
    async def transaction(self, at: datetime, account_id: int | None = None) -> AsyncGenerator[Transaction]:
        """Hold the writer: all of the block is committed, or nothing of it is.

        ``at`` is the instant written as the time of the change, ``account_id`` whose change it is (None: the
        bot's own). Raises UnauditedChangeError when a person's change was not audited.
        """
        async with self._writing:
            try:
                await self._writer.execute("BEGIN IMMEDIATE")
                transaction = Transaction(self._writer, at, account_id)
                yield transaction
                transaction.check_audited()
                await self._writer.execute("COMMIT")
            except BaseException:
                # A cancelled COMMIT may still be queued on the connection's thread: the rollback queues behind
                # it and then finds nothing to undo.
                await asyncio.shield(self._writer.rollback())
                raise
            finally:
                self._held.forget()
            transaction.committed()
        await self._empty_log([transaction])

    async def write_together(self, at: datetime, works: Sequence[tuple[int, Work]]) -> list[Exception | None]:
        """Do several works, each as its account's change, in one commit and one trip to the writer.

        They wait for nothing but the transaction that they are given, and run in the writer's thread. Returns what each
        raised, UnauditedChangeError too: what raised has changed nothing, the others are on disk. Raises what keeps
        all of them from the disk.
        """
        async with self._writing:
            try:
                done = await on_thread(self._writer, partial(_write_together, at, works))
            except BaseException:
                await asyncio.shield(self._writer.rollback())
                raise
            finally:
                self._held.forget()
            transactions = [transaction for transaction, error in done if error is None]
            for transaction in transactions:
                transaction.committed()
        await self._empty_log(transactions)
        return [error for _, error in done]

    async def _empty_log(self, committed: Iterable[Transaction]) -> None:
        committed = tuple(committed)
        if any(transaction.erases for transaction in committed):
            await self.checkpoint()
            await self.tidy_copies()
        elif any(transaction.has_order for transaction in committed):
            self._checkpoints.make_soon()

    async def fetch_held(self, sql: str, parameters: Parameters = ()) -> Sequence[sqlite3.Row]:
        """Return the rows of a query, as last committed; from memory where nothing was committed since it was asked.

        For what nearly every interaction asks, and small answers: they are in memory until the next commit.
        """
        key = (sql, tuple(parameters))
        rows = self._held.get(key)
        if rows is None:
            commits = self._held.commits
            rows = await self.fetch(sql, parameters)
            self._held.keep(key, rows, commits)
        return rows

    async def fetch_held_each(self, *queries: Query) -> list[Sequence[sqlite3.Row]]:
        """Return the rows of several queries, each as :meth:`fetch_held` does: those not in memory in one trip."""
        keys = [(sql, tuple(parameters)) for sql, parameters in queries]
        found = {key: self._held.get(key) for key in keys}
        commits = self._held.commits
        missing = [key for key, rows in found.items() if rows is None]
        if missing:
            for key, rows in zip(missing, await self._reads.fetch_each(*missing), strict=True):
                self._held.keep(key, rows, commits)
                found[key] = rows
        return [found[key] or () for key in keys]

    async def fetch(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Return the rows of a query, as last committed."""
        return await self._reads.fetch(sql, parameters)

    async def fetch_one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """Return the first row of a query, or None."""
        rows = await self.fetch(sql, parameters)
        return rows[0] if rows else None

    async def fetch_each(self, *queries: Query) -> list[list[sqlite3.Row]]:
        """Return the rows of several queries, all as committed at one instant, in one trip to the database."""
        return await on_thread(self._reader, partial(fetch_at_one_instant, queries))

    async def check(self) -> list[str]:
        """Return what SQLite finds wrong with the file and its foreign keys; empty when all is well.

        By a connection of its own: what reads meanwhile does not wait for it.
        """
        return await asyncio.to_thread(_check, self.path)

    async def version(self) -> int:
        """Return the version of the schema."""
        row = await self.fetch_one("PRAGMA user_version")
        return int(row[0]) if row is not None else 0

    async def tidy_copies(self, made_before: datetime | None = None) -> None:
        """Let the copies that upgrades and restores keep beside the database forget what has been erased since.

        So do the backups. Copies (not backups) made before an instant are destroyed.
        """
        await asyncio.to_thread(tidy, self.path, made_before)
        if self.backups is not None:
            await asyncio.to_thread(self.backups.forget)

    @property
    def log_holds_erased(self) -> bool:
        """Whether what was erased may still be in the write-ahead log, because another program reads the file."""
        return is_overdue(self.path)

    @property
    def is_replicated(self) -> bool:
        """Whether a program copies the database continuously to another place, with a history of its own."""
        return is_replicated(self.path)

    async def checkpoint(self) -> None:
        """Bring the write-ahead log into the file and empty it, so that what was erased is nowhere on disk.

        Tried once, without holding the writer; while somebody reads an older state of the file, it is tried again
        in the background until it succeeds.
        """
        await self._checkpoints.make()


def _write_together(
    at: datetime, works: Sequence[tuple[int, Work]], connection: sqlite3.Connection
) -> list[tuple[Transaction, Exception | None]]:
    connection.execute("BEGIN IMMEDIATE")
    done = [
        _write_one(Transaction(SameThread(connection), at, account_id), work, connection) for account_id, work in works
    ]
    connection.execute("COMMIT")
    return done


def _write_one(
    transaction: Transaction, work: Work, connection: sqlite3.Connection
) -> tuple[Transaction, Exception | None]:
    connection.execute("SAVEPOINT one")
    failed: Exception | None = None
    try:
        completed(work(transaction))
        transaction.check_audited()
    except Exception as error:  # Handed to what waits for it; the neighbours go on.
        if not connection.in_transaction:
            raise  # SQLite has undone all of it, as it does where the disk is full.
        failed = error
        connection.execute("ROLLBACK TO one")
    connection.execute("RELEASE one")
    return transaction, failed


@cache
def _listed(fields: tuple[str, ...]) -> str:
    return json.dumps(sorted(fields))


def _check(path: Path) -> list[str]:
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)) as connection:
        problems = [str(row[0]) for row in connection.execute("PRAGMA quick_check") if row[0] != "ok"]
        orphans = connection.execute("PRAGMA foreign_key_check").fetchall()
    return problems + [f"{table}: row {row} refers to no row of {referred}" for table, row, referred, _ in orphans]


async def _connect(path: Path, *pragmas: str) -> aiosqlite.Connection:
    # isolation_level None: transactions begin where the code says so, not where the driver guesses.
    connection = await aiosqlite.connect(path, isolation_level=None, timeout=10)
    connection.row_factory = sqlite3.Row
    for pragma in pragmas:
        await connection.execute_fetchall(f"PRAGMA {pragma}")
    return connection
