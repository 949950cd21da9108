"""Everything of one network in an open format, for a network that leaves the bot or wants to look for itself."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from storage.errors import unusable
from storage.unlisted_messages import IS_EXPORTED

Value = str | int | float | None

WITHHELD: Final[dict[str, str]] = {
    "ballot": "what was voted is known by a poll's result, and by the file it publishes at closing",
    "ballot_link": "nobody is to know whose ballot is whose",
    "seat_change": "it says only which seats in memory must be read again",
    "statement_mark": "what a person asked of their reminders of a statement is theirs alone",
    "draft": "what somebody typed and never confirmed is theirs alone",
    "handover_note": "the people of one delegation alone read what a predecessor left to them",
    "objection_press": "nobody is to know who thought of objecting",
    "webinar_change": "it says only which webinars in memory must be read again",
    "invitation": "a code that is still good would let a stranger in",
}
"""Tables that hold a network's data and are left out of its export, each with its reason."""

_SHOWN: Final = {
    # Not who was told that a colleague voted or objected, nor whom a statement's reminders went to, nor who withdrew.
    "outbox": IS_EXPORTED,
    # Not what somebody attached and never confirmed.
    "document": "subject <> ''",
}
"""Which rows are in the export."""


_LEFT_OUT: Final = {"elector": {"sealed"}}
"""Columns that are not in the export: a ballot of an open poll, which nobody can read without its key."""


def networks(path: Path) -> list[int]:
    """Return the ids of the servers that the database has settings of. Raises DatabaseUnusableError."""
    try:
        with closing(_reading(path)) as connection:
            return [row[0] for row in connection.execute("SELECT guild_id FROM network ORDER BY guild_id")]
    except sqlite3.Error as error:
        raise unusable(error) from error


def export_network(path: Path, guild_id: int) -> dict[str, list[dict[str, Value]]]:
    """Return the network's rows by table: instants in UTC seconds, days as ISO dates, bytes in hexadecimal.

    A bot that runs goes on; the rows are those of one instant. Raises DatabaseUnusableError.
    """
    try:
        with closing(_reading(path)) as connection:
            connection.row_factory = sqlite3.Row
            connection.execute("BEGIN")
            return {table: _rows(connection, table, guild_id) for table in _tables(connection)}
    except sqlite3.Error as error:
        raise unusable(error) from error


def _tables(connection: sqlite3.Connection) -> list[str]:
    named = connection.execute(
        "SELECT t.name FROM pragma_table_list AS t JOIN pragma_table_info(t.name) AS c ON c.name = 'guild_id'"
        " WHERE t.schema = 'main' AND t.type = 'table' ORDER BY t.name"
    )
    return [row["name"] for row in named if row["name"] not in WITHHELD]


def _rows(connection: sqlite3.Connection, table: str, guild_id: int) -> list[dict[str, Value]]:
    shown = _SHOWN.get(table, "TRUE")
    found = connection.execute(f'SELECT o.* FROM "{table}" AS o WHERE o.guild_id = ? AND {shown}', (guild_id,))
    left_out = _LEFT_OUT.get(table, set[str]())
    shown_names = [name for name in (found.description or ()) if name[0] not in left_out]
    return [{name: _open(row[name]) for name, *_ in shown_names} for row in found]


def _open(value: Value | bytes) -> Value:
    return value.hex() if isinstance(value, bytes) else value


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10, isolation_level=None)
