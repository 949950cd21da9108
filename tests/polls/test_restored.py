"""A file that a restored copy replaces is kept, and no more than any other copy says whose ballot is which."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.backups.copies import back_up, restore
from tests.polls.booth import Booth


async def test_the_replaced_file_does_not_say_whose_ballot_is_which(booth: Booth, tmp_path: Path) -> None:
    poll = await booth.open_unsealed()
    running = booth.world.settings.database_path
    backup, stopped = tmp_path / "backup.sqlite3", tmp_path / "stopped" / "bot.sqlite3"
    back_up(running, backup)
    await booth.vote(booth.server.members["DK"], poll, 1)
    [link] = await booth.world.bot.services.database.fetch("SELECT ballot_key, token FROM ballot_link")
    stopped.parent.mkdir()
    for file in filter(Path.is_file, running.parent.glob(f"{running.name}*")):
        shutil.copy(file, stopped.with_name(file.name.replace(running.name, stopped.name)))

    kept = restore(backup, stopped, booth.world.env.now())

    assert kept is not None
    with closing(sqlite3.connect(kept)) as connection:
        assert connection.execute("SELECT key FROM ballot").fetchall() == [(link["ballot_key"],)]
        assert connection.execute("SELECT * FROM ballot_link").fetchall() == []
    assert not any(link["token"].encode() in file.read_bytes() for file in stopped.parent.iterdir())
