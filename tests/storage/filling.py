"""Fills every table of a database, whatever its schema's version, with one row for each of two networks.

The rows follow from the schema itself: types, foreign keys, uniqueness. What a CHECK asks for beyond that stands in
SEEDS. A table that a migration adds is filled too; where that fails, the error names the table that needs a seed.
"""

import re
import sqlite3
from graphlib import TopologicalSorter
from typing import Any, Final, NamedTuple

NETWORKS: Final = (1, 2)

SEEDS: Final[dict[str, dict[str, Any]]] = {
    "account_setting": {"direct_messages": "yes", "channel": "both", "timezone": "Africa/Accra", "language": "fr"},
    "appointment": {"ends_on": "2027-12-31", "role": "mission", "place": "geneva"},
    "ballot": {"choice": "[1]"},
    "calendar_entry": {"day": "2027-12-09", "removed_at": None},
    "delegation_name": {"language": "es"},
    "decision": {
        "region": None,
        "timezone": "Europe/Brussels",
        "opened_at": 1_806_500_000,
        "expires_at": 1_806_584_400,
        "expires_at_local": "2027-04-02T15:00:00",
        "expires_at_fold": 0,
        "state": "open",
        "ended_at": None,
        "year": None,
        "number": None,
        "objection_reason": "",
        "objection_amendment": "",
        "objector_id": None,
    },
    "decision_seat": {"is_vacant": 0, "wants_time": 0},
    "delegation": {"code": "GH", "left_on": None},
    "document": {"version": 1, "fingerprint": "ab" * 32, "authoritative": 1},
    "draft": {"kind": "webinar_schedule"},
    "meeting": {
        "kind": "annual",
        "region": None,
        "starts_on": "2027-05-01",
        "ends_on": "2027-05-02",
        "country": "BE",
        "timezone": "Europe/Brussels",
        "register_by": 1_806_530_399,
        "register_by_local": "2027-04-01T23:59:59",
        "reminders": "90d 30d",
        "cancelled_at": None,
        "event_state": "",
    },
    "invited_delegation": {"code": "GH"},
    "meeting_session": {
        "starts_at": 1_809_160_200,
        "starts_at_local": "2027-05-01T09:30:00",
        "minutes": 90,
        "removed_at": None,
    },
    "network": {"language": "fr", "timezone": "America/New_York", "removed_at": None},
    "nomination": {"role": "mission", "place": "geneva", "state": "waiting", "decided_at": None, "decided_by": None},
    "outbox": {"subject": "webinar", "kind": "announced", "parent_id": None, "told_in": None},
    "outage": {"began_at": 1_790_000_000, "ended_at": 1_790_003_600},
    "outbox_network": {"paused_at": None},
    "person": {"timezone": "Africa/Accra", "email_returned_at": None, "channel": "none", "language": "fr"},
    "poll": {
        "region": None,
        "publish": "totals",
        "method": "approval",
        "quorum": 0,
        "electorate": 3,
        "seats": 2,
        "timezone": "Europe/Brussels",
        "reminders": "48h 24h",
        "opened_at": 1_790_000_000,
        "closes_at": 1_806_530_399,
        "closes_at_local": "2027-04-01T23:59:59",
        "ended_at": None,
        "result": None,
        "published": None,
        "sealed": 0,
        "key_lost": 0,
        "majority": "two_thirds",
    },
    "poll_option": {"number": 1, "at_local": "2026-09-21T15:33:21"},
    "registration": {"code": "GH", "representative": "capital"},
    "secret_vote_day": {"day": "2027-03-12"},
    "steering_term": {"ends_on": "2027-12-31"},
    "statement": {
        "url": "",
        "audience": "region",
        "region": "african",
        "show_count": 1,
        "state": "open",
        "timezone": "Europe/Brussels",
        "closes_at": 1_806_530_399,
        "closes_at_local": "2027-04-01T23:59:59",
        "closed_at": None,
        "delivered_at": None,
        "cancelled_at": None,
    },
    "statement_joining": {"version": 1},
    "topic": {"merged_into": None},
    "webinar": {
        "starts_at": 1_806_584_400,
        "starts_at_local": "2027-04-02T15:00:00",
        "minutes": 60,
        "timezone": "Africa/Casablanca",
        "reminders": "24h 1h",
        "cancelled_at": None,
        "event_state": "",
    },
}
"""Values that a CHECK or the code asks for, by table. A column that a version lacks is left out."""


class _Column(NamedTuple):
    name: str
    type: str
    is_key: bool


def tables_of(connection: sqlite3.Connection) -> list[str]:
    """Return the tables, in an order in which rows can be added: parents first."""
    names = [
        name
        for _, name, kind, *_ in connection.execute("PRAGMA table_list").fetchall()
        if kind in ("table", "virtual") and not name.startswith("sqlite_")
    ]
    return list(TopologicalSorter({name: _parents(connection, name) - {name} for name in names}).static_order())


def fill(connection: sqlite3.Connection) -> None:
    """Add one row for each network to every table that is still empty."""
    for table in tables_of(connection):
        if connection.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is not None:
            continue
        (sql,) = connection.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
        columns = [_Column(row[1], row[2], row[5] > 0) for row in connection.execute(f'PRAGMA table_info("{table}")')]
        for network in NETWORKS if any(column.name == "guild_id" for column in columns) else NETWORKS[:1]:
            row = {column.name: _value(sql, column, network) for column in columns}
            row |= {name: value for name, value in SEEDS.get(table, {}).items() if name in row}
            row |= _references(connection, table, network, row)
            marks = ", ".join("?" * len(row))
            try:
                connection.execute(
                    f'INSERT INTO "{table}" ({", ".join(row)}) VALUES ({marks})',
                    tuple(row.values()),
                )
            except sqlite3.IntegrityError as error:
                raise AssertionError(f"give the table {table} a seed in tests/storage/filling.py: {error}") from error


def _parents(connection: sqlite3.Connection, table: str) -> set[str]:
    return {row[2] for row in connection.execute(f'PRAGMA foreign_key_list("{table}")')}


def _value(sql: str, column: _Column, network: int) -> Any:  # noqa: PLR0911 - one for each form
    """Return a value that the column's type, and the usual forms of a CHECK, allow."""
    name = column.name
    if name == "guild_id":
        return network
    if listed := re.search(rf"\b{name} IN\s*\(\s*('[^']+'|\d+(?:, \d+)*)", sql):
        return listed.group(1).strip("'").split(", ")[-1]
    if json_type := re.search(rf"json_type\({name}\) = '(array|object)'|json_valid\({name}\)", sql):
        return "[]" if json_type.group(1) == "array" else "{}"
    if f"{name} = date({name})" in sql:
        return "2026-01-01"
    if f"{name} LIKE 'https://" in sql:
        return "https://example.org/page"
    if column.type == "BLOB":
        length = re.search(rf"length\({name}\) = (\d+)", sql)
        return bytes([network]) * int(length.group(1) if length else 16)
    if column.type == "INTEGER":
        return network if column.is_key else 1_790_000_000 + network
    return f"{name} of {network}"


def _references(
    connection: sqlite3.Connection, table: str, network: int, row: dict[str, Any]
) -> dict[str, int | str | bytes]:
    """Return the columns that refer to a parent's row, but those that a seed leaves empty."""
    found: dict[str, Any] = {}
    for _, _, parent, here, there, *_ in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
        if parent == table or row[here] is None:
            continue
        (key,) = connection.execute(
            f'SELECT "{there}" FROM "{parent}" WHERE guild_id = ? ORDER BY 1 LIMIT 1',
            (network,),
        ).fetchone()
        found[here] = key
    return found
