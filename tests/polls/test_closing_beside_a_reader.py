"""Closing a poll while another program reads the file holds nobody up, and what was sealed leaves the log after it."""

import sqlite3
from collections.abc import AsyncGenerator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from storage import checkpoints
from storage.checkpoints import is_overdue
from tests.patience import NEAR
from tests.polls.booth import Booth
from tests.world import said

CLOSING = timedelta(hours=73)


def log_of(path: Path) -> bytes:
    return path.with_name(f"{path.name}-wal").read_bytes()


@pytest.fixture
async def being_read(booth: Booth) -> AsyncGenerator[tuple[Booth, sqlite3.Connection, bytes]]:
    """A poll with three ballots, the file held open by a reader of it as it was then, and one sealed ballot."""
    poll = await booth.open()
    for code in ("DK", "GH", "SE"):
        await booth.vote(booth.server.members[code], poll, 1)
    path = booth.world.settings.database_path
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        [(sealed,), *_] = reader.execute("SELECT sealed FROM elector WHERE sealed IS NOT NULL").fetchall()
        yield booth, reader, sealed


async def test_confirming_the_end_of_a_poll_does_not_wait_for_a_reader(
    being_read: tuple[Booth, sqlite3.Connection, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    # SimCord would wait for the next attempts before it shows the answer: they come on the journey below.
    monkeypatch.setattr(checkpoints, "FIRST_DELAY", NEAR + 1)
    booth, reader, sealed = being_read
    path = booth.world.settings.database_path
    channel = booth.server.channels["secretariat"]
    poll = await booth.latest()
    asked = await booth.server.secretariat.slash(channel, "poll close", poll=str(poll.id))
    done = await booth.server.secretariat.click(asked.response, label="Confirm")
    assert "is closed" in said(done)
    # Others write meanwhile, and nothing waited for the reader, which still reads.
    await booth.server.members["DK"].slash(booth.server.channels["general"], "settings language", language="fr")
    assert reader.in_transaction
    assert is_overdue(path)
    assert sealed in log_of(path)
    reader.execute("COMMIT")
    await booth.pass_time(timedelta(minutes=2))
    assert not is_overdue(path)
    assert not [file for file in path.parent.glob(f"{path.name}*") if file.is_file() and sealed in file.read_bytes()]
    assert not list(path.with_name(f"{path.name}.ballot-keys").glob("*.key"))
