import re
import sqlite3
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.resources import files
from typing import Final, NamedTuple, cast

from storage.errors import DatabaseTooNewError, MigrationError

_NAME: Final = re.compile(r"((\d{4})_\w+)\.(?:sql|py)")


class Migration(NamedTuple):
    """One change of the schema. ``source`` is the text of its file: statements, or a Python step's code."""

    version: int
    name: str
    source: str
    is_python: bool

    def apply(self, connection: sqlite3.Connection) -> None:
        """Make the change inside the transaction that the caller has begun."""
        if self.is_python:
            step = import_module(f"storage.migrations.{self.name}")
            cast(Callable[[sqlite3.Connection], None], step.migrate)(connection)
            return
        for statement in _statements(self.source):
            connection.execute(statement)


def migrations() -> list[Migration]:
    """Return all migrations, in order of their versions."""
    folder = files("storage") / "migrations"
    numbered = [(m, file) for file in folder.iterdir() if (m := _NAME.fullmatch(file.name))]
    return sorted(
        Migration(int(m.group(2)), m.group(1), file.read_text("utf-8"), file.name.endswith(".py"))
        for m, file in numbered
    )


def newest_version() -> int:
    """Return the version of the schema that this code works with."""
    return migrations()[-1].version


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version of an open file; 0 where focalbot has not written it."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> int:
    """Bring the schema up to date in one transaction and return its version.

    The connection is in autocommit mode. Raises DatabaseTooNewError, and MigrationError when a migration fails: the
    file is then as it was.
    """
    steps = migrations()
    known = steps[-1].version
    found = version_of(connection)
    if found > known:
        raise DatabaseTooNewError(found, known)
    if found == known:
        return known
    # Steps that make a table anew drop the old one, which enforced keys would refuse. Off outside a transaction only.
    (enforced,) = connection.execute("PRAGMA foreign_keys").fetchone()
    connection.execute("PRAGMA foreign_keys = OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        broken_before = _broken_references(connection)
        for step in steps:
            if step.version > found:
                _apply(step, connection, broken_before)
        connection.execute(f"PRAGMA user_version = {known}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.rollback()
        raise
    finally:
        connection.execute(f"PRAGMA foreign_keys = {enforced}")
    return known


def _apply(step: Migration, connection: sqlite3.Connection, broken_before: int) -> None:
    try:
        step.apply(connection)
        _refuse_broken_references(connection, broken_before)
    except Exception as error:
        # Whatever a step raises, the operator reads which step it was, and the file stays as it was.
        raise MigrationError(step.name, error) from error


def _refuse_broken_references(connection: sqlite3.Connection, broken_before: int) -> None:
    broken = _broken_references(connection) - broken_before
    if broken > 0:
        raise sqlite3.IntegrityError(f"{broken} rows would refer to rows that are gone")


def _broken_references(connection: sqlite3.Connection) -> int:
    return len(connection.execute("PRAGMA foreign_key_check").fetchall())


def _statements(script: str) -> Iterator[str]:
    """Split a script as SQLite would: executescript would commit the transaction that is open."""
    statement = ""
    for part in re.split(r"(?<=;)", script):
        statement += part
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
