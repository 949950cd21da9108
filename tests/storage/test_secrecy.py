"""A copy of the database holds no link from a voter to a secret ballot, and keeps all else."""

import sqlite3
from contextlib import closing
from pathlib import Path

from storage.backups.secrecy import leave_links_out

KEYS = (b"secret-ballot-key-0001", b"roll-call-ballot-key-1")


def copy_with_links(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("CREATE TABLE poll (guild_id INTEGER, id INTEGER, secret INTEGER)")
    connection.execute("CREATE TABLE ballot_link (guild_id INTEGER, poll_id INTEGER, ballot_key BLOB)")
    connection.executemany("INSERT INTO poll VALUES (?, ?, ?)", [(7, 1, 1), (7, 2, 0), (8, 2, 1)])
    connection.executemany("INSERT INTO ballot_link VALUES (7, ?, ?)", enumerate(KEYS, 1))
    return connection


def test_links_to_secret_ballots_are_erased_and_those_of_a_roll_call_kept(tmp_path: Path) -> None:
    path = tmp_path / "copy.sqlite3"
    with closing(copy_with_links(path)) as connection:
        leave_links_out(connection)
        assert connection.execute("SELECT poll_id, ballot_key FROM ballot_link").fetchall() == [(2, KEYS[1])]
    content = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert KEYS[0] not in content, "erased is erased"
    assert KEYS[1] in content


def test_a_file_without_polls_stays_as_it_is(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "copy.sqlite3", isolation_level=None)) as connection:
        connection.execute("CREATE TABLE other (n INTEGER)")
        connection.execute("INSERT INTO other VALUES (3)")
        leave_links_out(connection)
        assert connection.execute("SELECT n FROM other").fetchall() == [(3,)]
