"""Files are written whole or not at all, also on a full disk."""

import errno
from datetime import date
from pathlib import Path

import pytest

from storage.erasures import file_beside, new_erasure, remember, remembered
from storage.files import append_line, write_new
from storage.polls.ballot_keys import BallotKeys
from tests.full_disk import full_disk

ROOM = 65_536


def test_a_line_that_finds_no_room_leaves_no_part_of_itself(tmp_path: Path) -> None:
    path = tmp_path / "lines"
    path.write_bytes(b"x" * (ROOM - 10) + b"\n")
    with full_disk(ROOM), pytest.raises(OSError, match="too large") as raised:
        append_line(path, "a line that is longer than what is left")
    assert raised.value.errno == errno.EFBIG
    assert path.stat().st_size == ROOM - 9


def test_an_erasure_that_finds_no_room_spoils_no_later_one(tmp_path: Path) -> None:
    database = tmp_path / "db"
    file_beside(database).write_bytes(b"\n" * (ROOM - 10))
    refused, made = (new_erasure(1, number, None, date(2026, 11, 24)) for number in (1, 2))
    with full_disk(ROOM), pytest.raises(OSError, match="too large"):
        remember(database, refused)
    remember(database, made)
    assert remembered(database) == [made]


def test_a_new_file_that_finds_no_room_is_not_made(tmp_path: Path) -> None:
    with full_disk(ROOM), pytest.raises(OSError, match="too large"):
        write_new(tmp_path / "key", bytes(ROOM + 1))
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_for_its_owner_alone_and_a_new_one_replaces_what_was_left(tmp_path: Path) -> None:
    keys = BallotKeys(tmp_path / "db")
    keys.make(1, 2)
    first = keys.key(1, 2)
    keys.make(1, 2)
    assert keys.key(1, 2) not in (None, first)
    (file,) = keys.folder.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert keys.folder.stat().st_mode & 0o777 == 0o700


def test_a_key_of_which_half_was_written_is_destroyed_like_any_other(tmp_path: Path) -> None:
    keys = BallotKeys(tmp_path / "db")
    keys.make(1, 2)
    (file,) = keys.folder.iterdir()
    file.write_bytes(file.read_bytes()[:7])
    with file.open("rb") as open_file:
        assert keys.destroy_all_but([]) == 1
        assert open_file.read() == bytes(7)
    assert list(keys.folder.iterdir()) == []
