"""Every earlier schema, with rows in every table, is brought up to now. A failure changes nothing."""

import ast
import hashlib
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

import storage.migrations
from storage.backups.kept_copies import copy_before_upgrade
from storage.errors import DatabaseTooNewError, DatabaseUnusableError, MigrationError
from storage.migrate import Migration, migrate, migrations, newest_version, version_of
from storage.upgrade import upgrade
from tests.full_disk import full_disk
from tests.storage.filling import fill, tables_of

EARLIER = [step.version for step in migrations()][:-1]

RENAMED_TABLES = {"outbox_salt": "outbox_file"}

CHANGED: dict[str, tuple[int, str]] = {"directory_version": (46, "seat_change says it of each seat")}
"""Tables whose seeded rows a migration changes or removes: until which version, and why that is right."""

CHANGED_COLUMNS = {
    ("outbox", "attempts"): 19,
    ("account_setting", "asked_at"): 21,
    ("outbox", "wake_at"): 24,
    ("account_setting", "channel"): 45,
}
"""Columns that a migration works out anew, which has a test of its own: until which version."""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def build(path: Path, version: int) -> None:
    """Make a database of that version with rows in every table, as the bot leaves it."""
    with opened(path) as connection:
        connection.execute("PRAGMA journal_mode = WAL").fetchall()
        connection.execute("PRAGMA synchronous = OFF")
        for step in migrations():
            if step.version <= version:
                step.apply(connection)
                connection.execute(f"PRAGMA user_version = {step.version}")
        connection.execute("PRAGMA foreign_keys = ON")
        fill(connection)


def contents(path: Path) -> dict[str, list[dict[str, Any]]]:
    with opened(path) as connection:
        connection.row_factory = sqlite3.Row
        return {table: [dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')] for table in tables(path)}


def tables(path: Path) -> list[str]:
    with opened(path) as connection:
        return sorted(tables_of(connection))


@pytest.mark.parametrize("version", [*EARLIER, newest_version()])
def test_every_table_has_a_row_at_every_version(tmp_path: Path, version: int) -> None:
    build(tmp_path / "db", version)
    assert [table for table, rows in contents(tmp_path / "db").items() if not rows] == []


@pytest.mark.parametrize("version", EARLIER)
def test_what_every_table_held_is_there_after_the_upgrade(tmp_path: Path, version: int) -> None:
    path = tmp_path / "db"
    build(path, version)
    before = contents(path)
    upgrade(path)
    after = contents(path)
    for table, rows in before.items():
        if version <= CHANGED.get(table, (0, ""))[0]:
            continue
        kept = after[RENAMED_TABLES.get(table, table)]
        same = {name for name in kept[0] if version > CHANGED_COLUMNS.get((table, name), 0)}
        assert [{name: row[name] for name in old if name in same} for row, old in zip(kept, rows, strict=True)] == [
            {name: value for name, value in old.items() if name in same} for old in rows
        ], table
    with opened(path) as connection:
        assert version_of(connection) == newest_version()
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@pytest.mark.parametrize("version", EARLIER)
def test_an_upgraded_schema_is_the_same_as_a_new_one(tmp_path: Path, version: int) -> None:
    build(tmp_path / "old", version)
    upgrade(tmp_path / "old")
    upgrade(tmp_path / "new")
    schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY type, name"
    with opened(tmp_path / "old") as old, opened(tmp_path / "new") as new:
        assert old.execute(schema).fetchall() == new.execute(schema).fetchall()


@pytest.mark.parametrize("version", EARLIER)
def test_a_copy_is_kept_before(tmp_path: Path, version: int) -> None:
    path = tmp_path / "db"
    build(path, version)
    before = contents(path)
    upgrade(path)
    kept = contents(copy_before_upgrade(path, version))
    # Which secret ballot is whose is in no copy.
    assert kept == (before | {"ballot_link": []} if "ballot_link" in before else before)
    with opened(copy_before_upgrade(path, version)) as connection:
        assert version_of(connection) == version


def test_the_copy_of_the_upgrade_before_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "db"
    build(path, 10)
    copy_before_upgrade(path, 3).touch()
    copy_before_upgrade(path, 10).touch()
    upgrade(path)
    assert sorted(file.name for file in tmp_path.glob("db.*")) == ["db.schema-0010"]


def test_a_new_or_current_database_needs_no_copy(tmp_path: Path) -> None:
    upgrade(tmp_path / "db")
    upgrade(tmp_path / "db")
    assert [file.name for file in tmp_path.iterdir()] == ["db"]


def test_without_room_for_the_copy_nothing_is_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "db"
    build(path, 10)
    before = digest(path)
    with full_disk(), pytest.raises(DatabaseUnusableError):
        upgrade(path)
    assert digest(path) == before
    assert [file.name for file in tmp_path.iterdir()] == ["db"]


def test_a_newer_file_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "db"
    build(path, newest_version())
    with opened(path) as connection:
        connection.execute("PRAGMA user_version = 9999")
    before = digest(path)
    with pytest.raises(DatabaseTooNewError) as raised:
        upgrade(path)
    assert (raised.value.found, raised.value.known) == (9999, newest_version())
    assert digest(path) == before


SQL_THEN_FAULT = "DELETE FROM audit; INSERT INTO network (guild_id) VALUES (1);"
PYTHON_FAULT = "def migrate(connection):\n    connection.execute('DELETE FROM audit')\n    raise ValueError('no')\n"
ORPHANS = "DELETE FROM delegation;"


@pytest.mark.parametrize("name", ["9001_fault.sql", "9001_fault.py", "9001_orphans.sql"])
@pytest.mark.parametrize("version", [6, newest_version()])
def test_a_migration_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, added: "Adding", name: str, version: int
) -> None:
    path = tmp_path / "db"
    build(path, version)
    before = digest(path)
    added(name, {"9001_fault.sql": SQL_THEN_FAULT, "9001_fault.py": PYTHON_FAULT, "9001_orphans.sql": ORPHANS}[name])
    with pytest.raises(MigrationError, match=name.partition(".")[0]):
        upgrade(path)
    assert digest(path) == before
    assert contents(copy_before_upgrade(path, version)).keys() == contents(path).keys()


def test_a_python_step_shares_one_transaction_with_the_others(tmp_path: Path, added: "Adding") -> None:
    path = tmp_path / "db"
    build(path, newest_version())
    added("9001_new_table.sql", "CREATE TABLE added (n INTEGER) STRICT; -- what; for\nINSERT INTO added VALUES (1);")
    added("9002_doubles.py", "def migrate(connection):\n    connection.execute('UPDATE added SET n = n * 2')\n")
    added("9003_once_more.sql", "UPDATE added SET n = n + 3")
    upgrade(path)
    with opened(path) as connection:
        assert connection.execute("SELECT n FROM added").fetchall() == [(5,)]
        assert version_of(connection) == 9003


def test_references_that_were_broken_before_do_not_stop_an_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "db"
    build(path, 10)
    with opened(path) as connection:
        connection.execute("DELETE FROM outbox_network WHERE guild_id = 1")
    upgrade(path)
    with opened(path) as connection:
        assert version_of(connection) == newest_version()


def test_a_migration_keeps_the_connection_as_it_was() -> None:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        migrate(connection)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)


def test_a_python_step_imports_the_standard_library_alone() -> None:
    for step in filter(lambda step: step.is_python, migrations()):
        for node in ast.walk(ast.parse(step.source)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert [name for name in names if name.partition(".")[0] not in sys.stdlib_module_names] == [], step.name


class Adding:
    """Adds migrations to the landed ones for the length of a test."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self._folder = folder
        self._steps = migrations()
        folder.mkdir()
        monkeypatch.setattr(storage.migrations, "__path__", [*storage.migrations.__path__, str(folder)])
        monkeypatch.setattr("storage.migrate.migrations", lambda: self._steps)

    def __call__(self, file: str, source: str) -> None:
        name, _, kind = file.partition(".")
        (self._folder / file).write_text(source)
        self._steps.append(Migration(int(name[:4]), name, source, kind == "py"))


@pytest.fixture
def added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Adding]:
    yield Adding(tmp_path / "added", monkeypatch)
    for name in [name for name in sys.modules if name.startswith("storage.migrations.9")]:
        del sys.modules[name]


def digest(path: Path) -> str:
    assert not path.with_name(f"{path.name}-wal").exists()
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_an_event_that_somebody_deleted_before_the_upgrade_stays_deleted(tmp_path: Path) -> None:
    path = tmp_path / "focalbot.sqlite3"
    build(path, 22)
    with opened(path) as connection:
        connection.execute("UPDATE meeting SET event_id = 0")
    upgrade(path)
    assert {(m["event_id"], m["event_state"]) for m in contents(path)["meeting"]} == {(None, "gone")}


def test_what_nothing_brought_to_its_person_is_not_reached_after_the_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "focalbot.sqlite3"
    build(path, 23)
    columns = "guild_id, subject, subject_id, kind, occurrence, target, planned, state, reason, due_at, message_id"
    rows = [
        ("sent", "", "person:1", 77, ("sent", "direct_message", None)),
        ("sent", "", "person:2", None, ("sent", "reply", None)),
        ("sent", "", "announcements", 78, ("sent", None, None)),
        ("not_owed", "no_account", "person:3", None, ("not_reached", None, None)),
        ("not_owed", "", "person:4", None, ("not_owed", None, None)),
        # Until when it makes sense is worked out at the start.
        ("notice", "closed", "person:5", None, ("notice", None, 500)),
        ("cancelled", "", "person:6", None, None),
    ]
    with opened(path) as connection:
        (guild_id,) = connection.execute("SELECT guild_id FROM outbox_network").fetchone()
        connection.execute("UPDATE sqlite_sequence SET seq = 900 WHERE name = 'outbox'")
        for state, reason, target, message_id, _ in rows:
            connection.execute(
                f"INSERT INTO outbox ({columns}) VALUES (?, 'meeting', 9, 'chased', 1, ?, 0, ?, ?, 500, ?)",
                (guild_id, target, state, reason, message_id),
            )
        connection.execute("DELETE FROM outbox WHERE id = 907")
    upgrade(path)
    with opened(path) as connection:
        kept = connection.execute("SELECT state, sent_by, wake_at FROM outbox WHERE id > 900 ORDER BY id").fetchall()
        assert kept == [expected for *_, expected in rows[:-1]]
        added = connection.execute(
            f"INSERT INTO outbox ({columns}) VALUES (?, 'meeting', 9, 'last', 1, 'people', 0, 'sent', '', 500, 1)"
            " RETURNING id",
            (guild_id,),
        ).fetchone()
    assert added == (908,), "a number is not given out twice"


def test_accounts_that_were_linked_before_the_upgrade_need_no_confirmation(tmp_path: Path) -> None:
    path = tmp_path / "focalbot.sqlite3"
    build(path, 30)
    with opened(path) as connection:
        before = connection.execute("SELECT id, account_id FROM person WHERE account_id IS NOT NULL").fetchall()
    upgrade(path)
    assert before
    with opened(path) as connection:
        assert connection.execute("SELECT id, account_id FROM person").fetchall() == before
        assert connection.execute("SELECT count(*) FROM claim").fetchone() == (0,)


def test_the_monthly_note_of_the_shelf_becomes_a_part_of_the_digest(tmp_path: Path) -> None:
    path = tmp_path / "focalbot.sqlite3"
    build(path, 37)
    columns = "guild_id, subject, subject_id, kind, occurrence, target, planned, due_at, state, wake_at, attempted_at"
    far = 4_000_000_000
    notes: list[tuple[Any, ...]] = [
        ("note:2096-10", far, "pending", None),
        ("note:2026-01", 1_767_276_000, "pending", None),
        ("note:2096-11", far, "pending", 1_767_276_000),
        ("note:2096-12", far, "cancelled", None),
        ("note:2025-12", 1_764_597_600, "sending", 1_764_597_600),
    ]
    with opened(path) as connection:
        connection.execute("DELETE FROM shelf")
        connection.execute("INSERT INTO shelf (guild_id, opened_at, has_digest) VALUES (1, 5, 1), (2, 5, 0), (7, 5, 1)")
        connection.executemany(
            f"INSERT INTO outbox ({columns}) VALUES (1, 'shelf', 0, ?, 1, 'members', 1, ?, ?, 9, ?)", notes
        )
    upgrade(path)
    with opened(path) as connection:
        on = connection.execute("SELECT guild_id, weekly_digest, monthly_digest FROM network ORDER BY guild_id")
        assert on.fetchall() == [(1, 0, 1), (2, 0, 0), (7, 0, 1)]
        kept = connection.execute(
            "SELECT subject, kind FROM outbox WHERE guild_id = 1 AND subject_id = 0 AND target = 'members' ORDER BY id"
        )
        assert kept.fetchall() == [
            ("digest", "monthly:2096-10"),
            ("shelf", "note:2026-01"),
            ("shelf", "note:2096-11"),
            ("shelf", "note:2096-12"),
            ("shelf", "note:2025-12"),
        ]
