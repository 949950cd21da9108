"""What an operator reads who starts from the README: each failure is one line that says what to do."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import Settings
from bot.__main__ import app
from bot.run import explain
from storage.errors import MigrationError

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


@pytest.mark.parametrize("zone", ["Mars", "EST", "Etc/GMT+5", "Brussels"])
def test_a_setting_that_cannot_be_used_is_told_in_plain_words(tmp_path: Path, zone: str) -> None:
    code, said = typed(tmp_path, "doctor", DEFAULT_TIMEZONE=zone)
    assert code == 1
    assert f"DEFAULT_TIMEZONE: '{zone}' is no IANA time zone, such as Europe/Brussels" in said


def test_a_forgotten_file_is_called_as_the_readme_calls_it(tmp_path: Path) -> None:
    code, said = typed(tmp_path, "backup")
    assert code == 2
    assert "Missing argument 'FILE'" in said
