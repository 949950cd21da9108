"""Databases in use are brought up to date with all that they hold."""

import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.migrate import migrate, migrations

LANDED = {
    1: "7293570ecf16095d",
    2: "08f021f16eaa6fdc",
    3: "23658fa38158b170",
    4: "b98543c9ee06ac82",
    5: "b10a91ee0a234f9c",
    6: "5a6ce55cd265d2af",
    7: "76d11fd51524668e",
    9: "eec936e029446da0",
    10: "ff686669f65eb355",
    11: "e6bb39cf1378b8b2",
    12: "9c4e3c8963191cc8",
    13: "e23af3dfda25100b",
    14: "45e31009e8a14c3f",
    15: "49f56e00673a0cad",
    16: "b9b4ba74f7e06ee9",
    17: "ecf51329d4212e22",
    18: "f3c5c717765c068e",
    19: "64391487af16b11c",
    20: "a8fa930a9c901c05",
    21: "3107930107cce316",
    22: "17fa53725722b380",
    23: "4260d0c59640df0d",
    24: "2b0b08487b2c54ce",
    25: "75969757b364be77",
    26: "d4bda6ca5b6250db",
    27: "af1a46489847ab4a",
    28: "d030e70ce0d2c7e3",
    29: "cf853304e4d88126",
    30: "646e10de64bd3851",
    31: "1a3e244defb6f3f4",
    32: "2036363ea2e5fdb7",
    33: "dfefe51465d3dc6a",
    34: "3c70d905e3abde00",
    35: "172f738bae49b9d0",
    36: "034ea732cc618e9e",
    37: "b32cd4074d756a4a",
    38: "414a8ab57d39a6ee",
    39: "44544fa5e27584fa",
    40: "2dfaff5b6ff6a61b",
    41: "e1640778d87af355",
    42: "43db486a1e83e2b1",
    43: "c1ae273454eb9c1d",
    44: "b6abda9d48c5b813",
    45: "758c352c1eb6ca91",
    46: "959361fb39a7b797",
    47: "89c93d8dc4aa3b45",
    48: "22488f0ae3b8ea79",
    49: "865fa5d44790f3bf",
    50: "57249ecac29a4c53",
    51: "3b1a3f7d47d20b36",
}
"""What each migration was when it landed. One that has landed is never changed: write another."""

SECOND_FOCAL_POINT = (
    "INSERT INTO appointment (guild_id, delegation_id, person_id, role, starts_on)"
    " VALUES (1, 2, 3, 'focal_point', '2026-02-01')"
)


@pytest.fixture
def of_version_9(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database as it was in use on 22 November 2026, with a network in it."""
    with closing(sqlite3.connect(tmp_path / "focalbot.sqlite3", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for step in migrations():
            if step.version <= 9:
                step.apply(connection)
        connection.execute("PRAGMA user_version = 9")
        connection.executescript(
            """
            INSERT INTO network (guild_id, member_role_id) VALUES (1, 20);
            INSERT INTO delegation (id, guild_id, code, kind, joined_on) VALUES (2, 1, 'GH', 'state', '2011-01-01');
            INSERT INTO person (id, guild_id, name, account_id) VALUES (3, 1, 'Ama Mensah', 30);
            INSERT INTO appointment (id, guild_id, delegation_id, person_id, role, title, starts_on)
            VALUES (4, 1, 2, 3, 'focal_point', 'Director', '2026-01-01');
            INSERT INTO role_grant VALUES (1, 30);
            INSERT INTO outbox_network (guild_id) VALUES (1);
            INSERT INTO outbox (guild_id, subject, subject_id, kind, occurrence, target, planned, due_at, state,
                wake_at)
            VALUES (1, 'meeting', 1, 'announced', 1, 'announcements', 0, 100, 'sending', 160),
                   (1, 'meeting', 1, 'countdown:90d', 1, 'announcements', 1, 900, 'pending', 900);
            """
        )
        yield connection


def test_a_migration_that_has_landed_is_never_changed() -> None:
    present = {step.version: hashlib.sha256(step.source.encode()).hexdigest()[:16] for step in migrations()}
    assert {v: digest for v, digest in present.items() if v in LANDED} == LANDED, "put it back, and write another"
    new = {v: digest for v, digest in present.items() if v not in LANDED}
    assert new == {}, "once it is as it should be, add this line to LANDED"


def test_missions_of_before_are_in_no_named_place(of_version_9: sqlite3.Connection) -> None:
    of_version_9.execute("UPDATE appointment SET role = 'mission'")
    migrate(of_version_9)
    assert of_version_9.execute("SELECT role, place FROM appointment").fetchall() == [("mission", None)]
    of_version_9.execute("UPDATE appointment SET place = 'geneva'")
    for refused in ("place = 'vienna'", "role = 'adviser'"):
        with pytest.raises(sqlite3.IntegrityError):
            of_version_9.execute(f"UPDATE appointment SET {refused}")


def test_what_was_on_its_way_is_waited_for(of_version_9: sqlite3.Connection) -> None:
    before = of_version_9.execute("SELECT salt FROM outbox_salt").fetchall()
    migrate(of_version_9)
    rows = of_version_9.execute("SELECT state, in_flight, called_off, edit_wanted FROM outbox ORDER BY id").fetchall()
    assert rows == [("sending", 1, 0, 1), ("pending", 0, 0, 0)]
    assert of_version_9.execute("SELECT salt FROM outbox_file WHERE restored_at IS NULL").fetchall() == before


def test_what_counted_twice_is_counted_once_and_what_is_to_be_sent_again_still_is(
    of_version_9: sqlite3.Connection,
) -> None:
    row = "INSERT INTO outbox (guild_id, subject, subject_id, kind, occurrence, target, planned, due_at, state, reason,"
    values = "wake_at, retrying, attempts, message_id) VALUES (1, 'poll', ?, 'k', 1, 'members', 0, 1, ?, ?, 9, ?, ?, 5)"
    of_version_9.executemany(
        f"{row} {values}",
        [
            (1, "sending", "", 1, 2),
            (2, "sending", "", 1, 5),
            (3, "sent", "seen", 0, 2),
            (4, "pending", "again", 0, 1),
        ],
    )
    migrate(of_version_9)
    kept = "SELECT attempts, failures, send_unproven, reason FROM outbox WHERE subject = 'poll' ORDER BY subject_id"
    assert of_version_9.execute(kept).fetchall() == [(1, 1, 0, ""), (3, 3, 0, ""), (1, 0, 0, "seen"), (1, 0, 1, "")]


def test_who_has_an_account_already_had_chosen_nothing_before_it(of_version_9: sqlite3.Connection) -> None:
    of_version_9.execute("UPDATE person SET timezone = 'Africa/Accra'")
    migrate(of_version_9)
    kept = of_version_9.execute("SELECT * FROM choices_before").fetchall()
    assert kept == [(1, 3, 30, "not_asked", None, "Africa/Accra")]


def test_seats_and_webinars_of_before_have_a_version_each(of_version_9: sqlite3.Connection) -> None:
    of_version_9.execute(
        "INSERT INTO webinar (id, guild_id, created_at, title, starts_at, minutes, timezone, link, reminders)"
        " VALUES (6, 1, 0, 'Atrocity prevention', 100, 60, 'UTC', 'https://example.org', '')"
    )
    migrate(of_version_9)
    for table, changed in (("seat_change", [(1, 1, 2)]), ("webinar_change", [(1, 1, 6)])):
        assert of_version_9.execute(f"SELECT * FROM {table}").fetchall() == changed
    of_version_9.execute("UPDATE person SET name = 'Ama Boateng' WHERE id = 3")
    assert of_version_9.execute("SELECT * FROM seat_change").fetchall() == [(2, 1, 2)]


def test_roles_that_the_bot_gave_are_known(of_version_9: sqlite3.Connection) -> None:
    migrate(of_version_9)
    assert of_version_9.execute("SELECT * FROM role_grant").fetchall() == [(1, 30, 20)]


def test_roll_calls_that_closed_keep_their_names_and_secret_polls_have_none(of_version_9: sqlite3.Connection) -> None:
    of_version_9.executemany(
        "INSERT INTO poll (id, guild_id, question, method, voters, audience, secret, publish, quorum, electorate,"
        " timezone, reminders, opened_at, closes_at, state, ended_at, result, published)"
        " VALUES (?, 1, 'Which?', 'single', 'members', 'all', ?, 'totals', 0, 2, 'UTC', '', 1, 2, 'closed', 2, '{}',"
        " 'totals')",
        [(6, 0), (7, 1)],
    )
    of_version_9.execute("INSERT INTO person (id, guild_id, name) VALUES (8, 1, 'Who did not vote')")
    of_version_9.execute("INSERT INTO elector VALUES (1, 6, 2, 3, 1), (1, 6, 2, 8, 0), (1, 7, 2, 3, 1)")
    migrate(of_version_9)
    rows = of_version_9.execute("SELECT poll_id, person_id, name FROM elector ORDER BY poll_id, person_id").fetchall()
    assert rows == [(6, 3, "Ama Mensah"), (6, 8, ""), (7, 3, "")]


def test_appointments_stay_with_all_that_guards_them(of_version_9: sqlite3.Connection) -> None:
    guards = (
        "SELECT type, name FROM sqlite_schema WHERE tbl_name = 'appointment' AND name NOT LIKE '%_directory'"
        " AND name NOT LIKE '%_changes_seat' ORDER BY type, name"
    )
    rows = "SELECT id, guild_id, delegation_id, person_id, role, title, ministry, starts_on, ends_on FROM appointment"
    before = [of_version_9.execute(query).fetchall() for query in (guards, rows)]
    migrate(of_version_9)
    assert [of_version_9.execute(query).fetchall() for query in (guards, rows)] == before
    with pytest.raises(sqlite3.IntegrityError, match="two focal points at once"):
        of_version_9.execute(SECOND_FOCAL_POINT)
    of_version_9.execute("DELETE FROM appointment")
    of_version_9.execute(SECOND_FOCAL_POINT)
    assert of_version_9.execute("SELECT id FROM appointment").fetchall() == [(5,)]


def test_a_test_of_a_poll_is_still_named_in_the_outbox(of_version_9: sqlite3.Connection) -> None:
    of_version_9.execute(
        "INSERT INTO outbox (guild_id, subject, subject_id, kind, occurrence, target, planned, due_at, state,"
        " message_id, payload)"
        """ VALUES (1, 'poll', 0, 'test', 1, 'account:30', 0, 100, 'sent', 5, '{"question": "Which topic?"}')"""
    )
    migrate(of_version_9)
    (row,) = of_version_9.execute("SELECT payload FROM outbox WHERE kind = 'test'").fetchall()
    assert json.loads(row[0]) == {"plan": {"question": "Which topic?"}, "public": True}


def test_what_was_asked_without_saying_all_is_asked_again(of_version_9: sqlite3.Connection) -> None:
    kinds = ("meeting_change", "meeting_plan", "term_ends")
    draft = "INSERT INTO draft (guild_id, account_id, kind, payload, created_at) VALUES (1, 30, ?, '{}', 100)"
    of_version_9.executemany(draft, [(kind,) for kind in kinds])
    migrate(of_version_9)
    assert of_version_9.execute("SELECT kind FROM draft").fetchall() == [("meeting_plan",)]


def test_rows_that_said_when_a_ballot_was_cast_keep_their_day_alone(tmp_path: Path) -> None:
    path = tmp_path / "focalbot.sqlite3"
    vote, shown = 1_767_380_831, 1_767_390_831
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for step in migrations():
            if step.version <= 21:
                step.apply(connection)
        connection.execute("PRAGMA user_version = 21")
        connection.execute("INSERT INTO outbox_network (guild_id) VALUES (1)")
        connection.executemany(
            "INSERT INTO outbox (guild_id, subject, subject_id, kind, occurrence, target, planned, due_at, state,"
            " wake_at, attempted_at, channel_id, after_id, message_id, settled_at)"
            " VALUES (1, 'poll', 1, ?, 1, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                ("voted", "person:3", vote, "sent", None, vote, 7, 8, 9, vote + 1),
                ("voted", "person:4", vote, "notice", None, None, None, None, None, vote + 1),
                ("voted", "person:5", vote, "pending", vote + 40_000, None, None, None, None, None),
                ("invited", "person:6", vote, "sent", None, None, None, None, None, shown),
                ("opened", "members", vote, "sent", None, vote, 7, 8, 9, vote + 1),
            ],
        )
        connection.execute("INSERT INTO account_setting (guild_id, account_id, asked_at) VALUES (1, 30, ?)", (shown,))
        migrate(connection)
        kept = "due_at, wake_at, attempted_at, channel_id, after_id, message_id, settled_at"
        rows = {
            (row[1], row[2]): (row[0] < 0, row[3:])
            for row in connection.execute(f"SELECT id, kind, target, {kept} FROM outbox")
        }
        asked = connection.execute("SELECT asked_at FROM account_setting").fetchone()[0]
    day = vote - vote % 86400
    assert rows == {
        ("voted", "person:3"): (True, (day, None, None, None, None, None, day)),
        # Looked at when the bot starts, to find out until when it makes sense: see migration 0025.
        ("voted", "person:4"): (True, (day, day, None, None, None, None, day)),
        ("voted", "person:5"): (True, (day, vote + 40_000, None, None, None, None, None)),
        ("invited", "person:6"): (False, (vote, None, None, None, None, None, vote)),
        ("opened", "members"): (False, (vote, None, vote, 7, 8, 9, vote + 1)),
    }
    assert asked == day


def test_messages_of_statements_say_which_text_they_carry(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "focalbot.sqlite3", isolation_level=None)) as connection:
        for step in migrations():
            if step.version <= 44:
                step.apply(connection)
        connection.execute("PRAGMA user_version = 44")
        connection.execute("INSERT INTO outbox_network (guild_id) VALUES (1)")
        connection.executemany(
            "INSERT INTO document (guild_id, subject, subject_id, version, language, file_name, size, fingerprint,"
            " added_at) VALUES (1, 'statement', 5, ?, 'en', 'text.pdf', 1, ?, 1)",
            # Two texts of the draft, and two of the final statement.
            [(version, "ab" * 32) for version in (1, 2, 3, 4)],
        )
        connection.executemany(
            "INSERT INTO outbox (guild_id, subject, subject_id, kind, occurrence, target, planned, due_at, state,"
            " channel_id, message_id) VALUES (1, 'statement', 5, ?, ?, ?, 0, 9, 'sent', 7, 8)",
            [
                ("final", 1, "members"),
                ("opened", 1, "members"),
                ("revised", 1, "members"),
                ("revised", 1, "account:3"),
                ("revised", 2, "members"),
                ("closed", 1, "members"),
            ],
        )
        connection.execute(
            "INSERT INTO statement (id, guild_id, title, audience, closes_at, timezone, state, created_at)"
            " VALUES (5, 1, 'T', 'all', 99, 'UTC', 'open', 1)"
        )
        connection.execute(
            "INSERT INTO delegation (id, guild_id, code, kind, joined_on) VALUES (2, 1, 'GH', 'state', 1)"
        )
        connection.execute(
            "INSERT INTO statement_joining (guild_id, statement_id, delegation_id, version, joined_at, account_id)"
            " VALUES (1, 5, 2, 4, 60, 30)"
        )
        connection.executemany(
            "INSERT INTO audit (guild_id, at, account_id, action, subject, subject_id) VALUES (1, ?, ?, ?, ?, 5)",
            [
                (50, 30, "join", "statement"),
                (55, 31, "join", "statement"),
                (60, 30, "join", "statement"),
                (50, 30, "open", "statement"),
                (50, 30, "join", "other"),
            ],
        )
        migrate(connection)
        versions = "SELECT json_extract(payload, '$.version') FROM outbox ORDER BY id"
        assert [row[0] for row in connection.execute(versions)] == [2, 2, 3, None, 4, None]
        woken = "SELECT kind, occurrence FROM outbox WHERE wake_at IS NOT NULL ORDER BY id"
        assert connection.execute(woken).fetchall() == [("final", 1), ("opened", 1), ("revised", 1), ("revised", 2)]
        kept = connection.execute("SELECT at, action, subject FROM audit ORDER BY id").fetchall()
        assert kept == [(60, "join", "statement"), (50, "open", "statement"), (50, "join", "other")]


def test_what_somebody_chose_with_their_account_is_theirs_since_version_46(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "focalbot.sqlite3", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for step in migrations():
            if step.version <= 45:
                step.apply(connection)
        connection.execute("PRAGMA user_version = 45")
        connection.executescript(
            """
            INSERT INTO person (id, guild_id, name, account_id, timezone) VALUES
                (1, 1, 'Ama', 30, 'UTC'), (2, 1, 'Kofi', NULL, 'UTC'), (3, 1, 'Esi', 31, 'UTC'),
                (4, 2, 'Ama', 30, 'UTC');
            INSERT INTO account_setting (guild_id, account_id, channel, language, timezone, asked_at) VALUES
                (1, 30, 'none', 'fr', 'Africa/Accra', 86400), (1, 40, 'both', 'es', NULL, 86400);
            """
        )
        migrate(connection)

        def choices() -> list[tuple[object, ...]]:
            chosen = "SELECT id, channel, language, timezone FROM person ORDER BY id"
            return [tuple(row) for row in connection.execute(chosen)]

        def of_accounts() -> list[tuple[object, ...]]:
            rows = "SELECT account_id, channel, language, asked_at FROM account_setting ORDER BY account_id"
            return [tuple(row) for row in connection.execute(rows)]

        nothing = [(number, "not_asked", None, "UTC") for number in (2, 3, 4)]
        assert choices() == [(1, "none", "fr", "Africa/Accra"), *nothing]
        assert of_accounts() == [(30, "not_asked", "fr", 86400), (40, "both", "es", 86400)]
        # Linking moves what the account chose; unlinking takes nothing from the person.
        connection.execute("UPDATE person SET account_id = NULL WHERE id = 1")
        connection.execute("UPDATE person SET account_id = 40 WHERE id = 3")
        assert choices() == [(1, "none", "fr", "Africa/Accra"), nothing[0], (3, "both", "es", "UTC"), nothing[2]]
        assert of_accounts() == [(30, "not_asked", "fr", None), (40, "not_asked", "es", 86400)]
        connection.execute("UPDATE person SET account_id = 40 WHERE id = 4 AND guild_id = 2")
        connection.execute("UPDATE person SET account_id = NULL WHERE id = 3")
        connection.execute("UPDATE person SET account_id = 40 WHERE id = 1")
        assert choices()[0] == (1, "none", "es", "Africa/Accra"), "the account has chosen nothing since"
        tokyo = "channel = 'email', timezone = 'Asia/Tokyo'"
        connection.execute(f"UPDATE account_setting SET {tokyo} WHERE account_id = 30")
        connection.execute("INSERT INTO person (id, guild_id, name, account_id) VALUES (5, 1, 'Yaw', 30)")
        assert choices()[-1] == (5, "email", "fr", "Asia/Tokyo")


def test_polls_stay_with_all_that_guards_them_and_take_any_method(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "focalbot.sqlite3", isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        for step in migrations():
            if step.version <= 49:
                step.apply(connection)
        connection.execute("PRAGMA user_version = 49")
        columns = (
            "guild_id, question, method, voters, audience, secret, publish, seats, quorum, electorate, timezone,"
            " reminders, opened_at, closes_at, state, ended_at, result, published, sealed, abstain, majority, sequence"
        )
        insert = f"INSERT INTO poll (id, {columns}) VALUES (?, 1, 'Which?', 'approval', 'members', 'all', 1, 'totals',"
        connection.executemany(
            f"{insert} 2, 0, 2, 'UTC', '48h', 1, 2, ?, ?, ?, ?, 1, 1, 'simple', 3)",
            [(6, "open", None, None, None), (7, "closed", 2, "{}", "totals"), (8, "cancelled", 2, None, None)],
        )
        connection.execute("INSERT INTO poll_option (guild_id, poll_id, number, text) VALUES (1, 6, 1, 'A')")
        # The highest number that was given out is gone: it is not given out again.
        connection.execute("DELETE FROM poll WHERE id = 8")
        guards = "SELECT type, name, sql FROM sqlite_schema WHERE tbl_name = 'poll' AND type <> 'table' ORDER BY name"
        before = [connection.execute(query).fetchall() for query in (guards, "SELECT * FROM poll")]
        migrate(connection)
        assert [connection.execute(query).fetchall() for query in (guards, "SELECT * FROM poll")] == before
        with pytest.raises(sqlite3.IntegrityError, match="a closed poll cannot change"):
            connection.execute("UPDATE poll SET question = 'Why?' WHERE id = 7")
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            connection.execute("DELETE FROM poll WHERE id = 6")
        scored = columns.replace("method", "'score'")
        connection.execute(f"INSERT INTO poll ({columns}) SELECT {scored} FROM poll WHERE id = 6")
        assert connection.execute("SELECT id, method, seats FROM poll").fetchall()[-1] == (9, "score", 2)
