"""Every statement that the bot gives its database in the tests, and whether its plan reads a table that grows."""

import re
import sqlite3
import sys
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import pytest

from storage import database
from storage.upgrade import upgrade

SMALL: Final = frozenset(
    {
        "command_sync",
        "database_file",
        "network",
        "outbox_file",
        "outbox_network",
        "shelf",
        "zone_data",
    }
)
"""Tables of one row, or of one for each network, which may be read whole. All others grow."""
ENDLESS: Final = frozenset(
    {"audit", "ballot", "ballot_link", "draft", "elector", "message", "outbox", "poll_option", "webinar_answer"}
)
"""Tables that grow for ever in each network: of these, not even all rows of one network may be read."""
AT_A_START: Final = "when the bot starts on a copy of the database, or with other data of time zones"
NIGHTLY: Final = "once a night"
BY_HAND: Final = "when somebody asks for all that is kept of them, or to be erased"
COUNTED: Final = "its counts are shown: a third of a millisecond for the messages of a year (docs/decade.md)"
ALLOWED: Final[Mapping[str, str]] = {
    "?2 IS ?2 AND ?3 IS ?3": BY_HAND,
    "UPDATE draft SET payload = '{\"erased_since\": true}'": BY_HAND,
    "_local IS NOT NULL": AT_A_START,
    "DELETE FROM draft WHERE kind GLOB ?": AT_A_START,
    "+state = 'pending' AND wake_at < ?1 + ?2": AT_A_START,
    "+state = 'sent' AND message_id > 0 AND settled_at >=": AT_A_START,
    "o.guild_id = ? AND (o.settled_at IS NULL OR o.settled_at >= ?)": AT_A_START,
    "DELETE FROM document WHERE subject = ''": NIGHTLY,
    "DELETE FROM handover_note WHERE read_at": NIGHTLY,
    "SELECT key FROM erasure": NIGHTLY,
    'DELETE FROM "': "when all of a network goes, long after the bot was removed from it",
    "GROUP BY state": COUNTED,
    "GROUP BY o.state": COUNTED,
    "FROM audit WHERE guild_id = ?1 AND ": "the newest first, as many as a page shows; words are looked for in all",
    "DELETE FROM draft WHERE guild_id = ? AND kind IN": "once for each statement, when it is delivered or cancelled",
    "SELECT coalesce(max(id), 0) FROM audit": "SQLite goes to the last entry of the index",
    "INSERT INTO delegation": "SQLite looks at references only where one was left open in the same transaction",
}
"""Parts of statements that read such a table nevertheless, and when, or why that is no cost."""
_WHOLE_NETWORK: Final = re.compile(r"^SEARCH (\w+) USING (?:COVERING )?(?:INDEX \w+|PRIMARY KEY) \(guild_id=\?\)")
_SCAN: Final = re.compile(r"^SCAN (\w+)(?: USING (?:COVERING )?INDEX (\w+))?$")
_CALLED: Final = re.compile(r'\b(\w+)"? AS (\w+)')
_BINDINGS: Final = re.compile(r"uses (\d+)")
_TESTS: Final = str(Path(__file__).parent)


class Plans:
    """Explains statements over the schema as it is now, which is made at ``path`` for the first statement."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _connection(self) -> sqlite3.Connection:
        upgrade(self._path)
        return sqlite3.connect(self._path)

    @cached_property
    def _tables(self) -> frozenset[str]:
        return self._names("type = 'table'")

    @cached_property
    def _partial(self) -> frozenset[str]:
        # An index of some rows only is small: it has what waits, not what was.
        return self._names("type = 'index' AND sql LIKE '% WHERE %'")

    def close(self) -> None:
        if "_connection" in self.__dict__:
            self._connection.close()

    def _names(self, condition: str) -> frozenset[str]:
        found = self._connection.execute(f"SELECT name FROM sqlite_schema WHERE {condition}")
        return frozenset(row[0] for row in found)

    def costly(self, sql: str) -> list[str]:
        """Return the steps of the plan that read a table which grows; none for what this schema does not know."""
        if any(part in sql for part in ALLOWED):
            return []
        called = {name: table for table, name in _CALLED.findall(sql)}
        return [step for step in self._steps(sql) if self._is_costly(step, called)]

    def _steps(self, sql: str, bindings: int = 0) -> list[str]:
        try:
            steps = self._connection.execute(f"EXPLAIN QUERY PLAN {sql}", (None,) * bindings).fetchall()
        except sqlite3.ProgrammingError as error:
            needed = _BINDINGS.search(str(error))
            return self._steps(sql, int(needed[1])) if needed is not None else []
        except sqlite3.OperationalError:
            return []
        return [step[3] for step in steps]

    def _is_costly(self, step: str, called: Mapping[str, str]) -> bool:
        scan, whole = _SCAN.match(step), _WHOLE_NETWORK.match(step)
        if scan:
            table = called.get(scan[1], scan[1])
            return table in self._tables and table not in SMALL and scan[2] not in self._partial
        return whole is not None and called.get(whole[1], whole[1]) in ENDLESS


def note_statements(noted: set[str], patch: pytest.MonkeyPatch) -> None:
    """Have every statement that the bot, not a test, gives its database put into ``noted``."""
    for owner, names in (
        (database.Database, ("fetch", "fetch_held")),
        (database.Transaction, ("execute", "insert", "execute_many", "fetch")),
    ):
        for name in names:
            patch.setattr(owner, name, _noting(getattr(owner, name), noted))
    patch.setattr(database.Database, "fetch_each", _noting_each(database.Database.fetch_each, noted))


def _noting(method: Callable[..., Any], noted: set[str]) -> Callable[..., Any]:
    def noting(self: object, sql: str, *arguments: Any, **named: Any) -> Any:
        if sql not in noted and not _is_of_a_test():
            noted.add(sql)
        return method(self, sql, *arguments, **named)

    return noting


def _noting_each(method: Callable[..., Any], noted: set[str]) -> Callable[..., Any]:
    def noting(self: object, *queries: database.Query) -> Any:
        if not _is_of_a_test():
            noted.update(sql for sql, _ in queries)
        return method(self, *queries)

    return noting


def _is_of_a_test() -> bool:
    frame = sys._getframe(2)
    while frame.f_back is not None and frame.f_code.co_filename in (database.__file__, __file__):
        frame = frame.f_back
    return frame.f_code.co_filename.startswith(_TESTS)
