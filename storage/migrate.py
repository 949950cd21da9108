import re
import sqlite3
from importlib.resources import files
from typing import Final

_NAME: Final = re.compile(r"(\d{4})_\w+\.sql")


class DatabaseTooNewError(Exception):
    """The file was written by a newer version of the bot; ``found`` and ``known`` are schema versions."""

    def __init__(self, found: int, known: int) -> None:
        super().__init__(f"schema version {found}, this code knows {known}")
        self.found = found
        self.known = known


def migrations() -> list[tuple[int, str]]:
    """Return each migration's version with its statements, in order."""
    folder = files("storage") / "migrations"
    numbered = [(m, file) for file in folder.iterdir() if (m := _NAME.fullmatch(file.name))]
    return sorted((int(m.group(1)), file.read_text("utf-8")) for m, file in numbered)


def migrate(connection: sqlite3.Connection) -> int:
    """Bring the schema up to date in one transaction and return its version.

    The connection is in autocommit mode. Raises DatabaseTooNewError, and leaves the file as it was when a
    migration fails.
    """
    steps = migrations()
    known = steps[-1][0]
    found = int(connection.execute("PRAGMA user_version").fetchall()[0][0])
    if found > known:
        raise DatabaseTooNewError(found, known)
    if found == known:
        return known
    pending = "\n".join(sql for version, sql in steps if version > found)
    try:
        # executescript would commit a transaction begun outside of it: the whole of it is one script.
        connection.executescript(f"BEGIN IMMEDIATE;\n{pending}\nPRAGMA user_version = {known};\nCOMMIT;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.rollback()
        raise
    return known
