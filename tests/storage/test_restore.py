import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage.backups.copies import back_up, restore
from tests.world import World

COUNTED = ("poll", "topic", "webinar", "meeting", "message", "outbox")
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def next_id(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        return (found[0] or 0) + 1


@pytest.mark.parametrize("table", COUNTED)
async def test_a_restore_gives_no_id_out_again(world: World, tmp_path: Path, table: str) -> None:
    database = world.settings.database_path
    backup = tmp_path / "backup.sqlite3"
    back_up(database, backup)
    await world.bot.close()
    given_since = next_id(database, table) + 1000
    for restores in range(2):
        restore(backup, database, NOW + timedelta(hours=restores))
        assert next_id(database, table) > given_since
        given_since = next_id(database, table) + 1000
