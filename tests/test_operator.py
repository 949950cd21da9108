"""What an operator reads who starts from the README: each failure is one line that says what to do."""

import asyncio
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import Settings
from bot.__main__ import app
from bot.doctor.finding import Finding
from bot.doctor.mail import examine_mail
from bot.run import explain
from storage.database import Database
from storage.errors import DiskFullError, MigrationError
from storage.migrate import migrations
from storage.upgrade import upgrade
from tests.full_disk import damage, full_disk
from tests.smtp.servers import mailbox, scripted
from tests.storage.filling import fill

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz0123456789"


def typed(folder: Path, *words: str, **settings: str) -> tuple[int, str]:
    """Run ``focalbot WORDS`` and return its exit code with all that it says."""
    given = {"DISCORD_TOKEN": TOKEN, "DATABASE_PATH": str(folder / "focalbot.sqlite3"), **settings}
    done = CliRunner().invoke(app, words, env=given)
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done.exit_code, done.output


def test_an_upgrade_that_fails_says_which_step_and_that_nothing_was_changed(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_path=tmp_path / "db")  # pyright: ignore[reportCallIssue]
    line = explain(MigrationError("0099_what", ValueError("because")), settings)
    assert all(part in line for part in (str(tmp_path / "db"), "0099_what: because", "nothing was changed"))


@pytest.mark.parametrize("command", ["backup", "export"])
def test_before_the_first_start_there_is_no_database_to_copy(tmp_path: Path, command: str) -> None:
    code, said = typed(tmp_path, command, str(tmp_path / "copy"))
    assert code == 1
    (line,) = said.splitlines()
    assert line.startswith(f"focalbot: there is no database {tmp_path / 'focalbot.sqlite3'} yet: focalbot run makes it")
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_is_not_there_is_named(tmp_path: Path) -> None:
    code, said = typed(tmp_path, "restore", str(tmp_path / "monday"))
    assert code == 1
    assert said.startswith(f"focalbot: there is no file {tmp_path / 'monday'}: nothing was changed")
    assert len(said.splitlines()) == 1


def test_doctor_says_that_no_email_is_sent(tmp_path: Path) -> None:
    _, said = typed(tmp_path, "doctor")
    assert "e-mail: none is sent; set SMTP_URL and MAIL_FROM" in said


def test_doctor_asks_the_mail_server_and_sends_nothing() -> None:
    async def asked() -> tuple[Finding, int]:
        async with mailbox() as (server, box):
            found = await asyncio.to_thread(examine_mail, sending_to(f"smtp://127.0.0.1:{server.port}"))
            return found, len(box.taken)

    found, taken = asyncio.run(asked())
    assert found.well
    assert "takes e-mails from bot@network.example" in found.what
    assert "network.example has SPF, DKIM and DMARC" in found.what
    assert taken == 0


@pytest.mark.parametrize(
    ("address", "part"),
    [("127.0.0.1", "does not answer"), ("127.1", "offers no encryption"), ("bot:wrong@127.0.0.1", "refuses the user")],
)
def test_doctor_says_what_is_wrong_with_the_mail_server(address: str, part: str) -> None:
    async def asked() -> Finding:
        replies = {"connect": "421 closing"} if address == "127.0.0.1" else {"EHLO": EHLO_WITHOUT_TLS, "AUTH": "535 no"}
        async with scripted(**replies) as (server, _):
            return await asyncio.to_thread(examine_mail, sending_to(f"smtp://{address}:{server.port}"))

    found = asyncio.run(asked())
    assert not found.well
    assert part in found.what
    assert len(found.what.splitlines()) == 1


def sending_to(url: str) -> Settings:
    return Settings(_env_file=None, smtp_url=url, mail_from="bot@network.example")  # pyright: ignore[reportCallIssue]


EHLO_WITHOUT_TLS = "250-mail.test\r\n250 AUTH PLAIN"


@pytest.mark.parametrize("zone", ["Mars", "EST", "Etc/GMT+5", "Brussels"])
def test_a_setting_that_cannot_be_used_is_told_in_plain_words(tmp_path: Path, zone: str) -> None:
    code, said = typed(tmp_path, "doctor", DEFAULT_TIMEZONE=zone)
    assert code == 1
    assert f"DEFAULT_TIMEZONE: '{zone}' is not an IANA time zone, such as Europe/Brussels" in said


def test_a_forgotten_file_is_called_as_the_readme_calls_it(tmp_path: Path) -> None:
    code, said = typed(tmp_path, "backup")
    assert code == 2
    assert "Missing argument 'FILE'" in said


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database of two networks, whose export and copy are larger than a full disk takes."""
    path = tmp_path / "focalbot.sqlite3"
    upgrade(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        fill(connection)
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
            " INSERT INTO audit (guild_id, at, account_id, action, subject, subject_id, fields)"
            " SELECT 1, i, 7, 'change', 'person', i, '[]' FROM n"
        )
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if not path.name.endswith((".lock", "-wal", "-shm"))}


def one_line(said: str) -> str:
    (line,) = said.splitlines()
    assert line.startswith("focalbot: ")
    return line


@pytest.mark.parametrize("words", [("backup", "copy"), ("export", "copy", "--network", "1")])
def test_a_full_disk_leaves_no_part_of_a_file(database: Path, words: tuple[str, ...]) -> None:
    command, name, *more = words
    folder = database.parent
    with full_disk():
        code, said = typed(folder, command, str(folder / name), *more)
    assert code == 1
    assert "make room" in one_line(said)
    assert files(folder) == {database.name}
    assert typed(folder, command, str(folder / name), *more)[0] == 0
    assert files(folder) == {database.name, name}


@pytest.mark.parametrize("words", [("backup", "copy"), ("export", "copy", "--network", "1")])
def test_what_is_copied_is_for_its_owner_alone(database: Path, words: tuple[str, ...]) -> None:
    command, name, *more = words
    assert typed(database.parent, command, str(database.parent / name), *more)[0] == 0
    assert (database.parent / name).stat().st_mode & 0o077 == 0


def test_a_restore_without_room_changes_nothing(database: Path) -> None:
    folder = database.parent
    assert typed(folder, "backup", str(folder / "copy"))[0] == 0
    before = database.read_bytes()
    with full_disk():
        code, said = typed(folder, "restore", str(folder / "copy"))
    assert code == 1
    assert "make room" in one_line(said)
    assert database.read_bytes() == before
    assert files(folder) == {database.name, "copy"}


def test_no_room_for_a_copy_is_not_damage_and_sets_no_ballots_aside(database: Path) -> None:
    folder = database.parent
    smaller = folder / "smaller"
    upgrade(smaller)
    room = smaller.stat().st_size + 32_768
    assert room < database.stat().st_size
    with full_disk(room):
        code, said = typed(folder, "restore", str(smaller))
    assert code == 1
    assert "make room" in one_line(said)
    assert files(folder) == {database.name, "smaller"}


@pytest.mark.parametrize("words", [("backup",), ("export", "--network", "1")])
def test_a_mistyped_folder_is_not_made(database: Path, words: tuple[str, ...]) -> None:
    command, *more = words
    there = database.parent / "bakcups" / "monday"
    code, said = typed(database.parent, command, str(there), *more)
    assert code == 1
    assert str(there.parent) in one_line(said)
    assert not there.parent.exists()


@pytest.mark.parametrize("command", ["backup", "export"])
def test_a_damaged_database_is_answered_with_restore(database: Path, command: str) -> None:
    damage(database)
    code, said = typed(database.parent, command, str(database.parent / "copy"))
    assert code == 1
    assert "focalbot restore FILE" in one_line(said)
    assert files(database.parent) == {database.name}


def test_a_full_disk_at_the_start_is_told_as_one(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, database_path=tmp_path / "db")  # pyright: ignore[reportCallIssue]
    with full_disk(), pytest.raises(DiskFullError) as raised:
        asyncio.run(Database.open(settings.database_path))
    line = explain(raised.value, settings)
    assert all(part in line for part in (str(settings.database_path), "make room"))


def test_doctor_sees_a_full_disk(database: Path) -> None:
    assert typed(database.parent, "doctor")[0] == 0
    with full_disk():
        code, said = typed(database.parent, "doctor")
    assert code == 1
    (failed,) = [line for line in said.splitlines() if line.startswith("FAIL")]
    assert "make room" in failed
    assert files(database.parent) == {database.name}


def test_doctor_sees_that_an_upgrade_could_not_copy_the_database(database: Path) -> None:
    free = shutil.disk_usage(database.parent).free
    with database.with_name(f"{database.name}-wal").open("wb") as log:
        log.truncate(free)
    code, said = typed(database.parent, "doctor")
    assert code == 1
    assert any(line.startswith("FAIL folder") and "are needed" in line for line in said.splitlines())


def test_an_upgrade_is_tried_on_a_copy_and_named_before_it_is_made(tmp_path: Path) -> None:
    path = tmp_path / "focalbot.sqlite3"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for step in migrations():
            if step.version < 20:
                step.apply(connection)
        connection.execute("PRAGMA user_version = 19")
    before = path.read_bytes()
    code, said = typed(tmp_path, "upgrade", "--check")
    assert code == 0
    assert "from schema 19 to" in said
    assert "0020 attempts and failures" in said
    assert path.read_bytes() == before
    assert files(tmp_path) == {path.name}
    assert typed(tmp_path, "upgrade")[0] == 0
    assert "is up to date" in typed(tmp_path, "upgrade", "--check")[1]


def test_a_newer_database_cannot_be_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "focalbot.sqlite3"
    upgrade(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 9999")
    code, said = typed(tmp_path, "upgrade", "--check")
    assert code == 1
    assert "newer focalbot" in one_line(said)


@pytest.mark.parametrize("words", [(), ("a file", "--replica", "file:///b")])
def test_restore_wants_one_source(tmp_path: Path, words: tuple[str, ...]) -> None:
    code, said = typed(tmp_path, "restore", *words)
    assert code == 1
    assert "--replica URL" in one_line(said)
