"""What befalls the machine in a life: restarts, kills, absences, lost answers, copies, other clocks, an upgrade."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

import storage.migrate
from bot.retention import BACKUPS
from bot.timezones import data as zone_data
from storage.backups.copies import back_up, restore
from storage.backups.folder import BackupFolder
from storage.backups.kept_copies import copy_before_upgrade
from storage.erasures import file_beside
from storage.migrate import Migration, migrations
from storage.upgrade import upgrade
from tests.life.acts import Acts
from tests.life.books import Span
from tests.life.stage import Stage
from tests.life.witness import Witness
from tests.outbox.scissors import Scissors
from tests.zone_data import altered

CLOCKS_OF: Final = (("Africa/Tripoli", 13), ("Africa/Accra", 15), ("Africa/Lagos", 14))
"""Zones whose clocks Casablanca is given, one after the other, with three o'clock there in UTC."""
CASABLANCA: Final = "Africa/Casablanca"
_STEPS_TO_DEATH: Final = 60
_SETTLED: Final = timedelta(minutes=10)
"""After which a copy has taken over, and has named what it does not know."""
_NEXT_SCHEMA: Final = """
CREATE TABLE due_day (outbox_id INTEGER PRIMARY KEY, day TEXT NOT NULL) STRICT;
INSERT INTO due_day SELECT id, date(due_at, 'unixepoch') FROM outbox;
CREATE INDEX outbox_settled_by_state ON outbox (state, settled_at);
"""
"""What a later version might do: keep something of each of many rows, and look for them in another way."""


class Upheavals:
    """Each is something that operators, machines or governments do, now; ``folder`` is for what they need.

    ``patch`` puts a later version in force; its owner takes it back.
    """

    def __init__(self, stage: Stage, witness: Witness, acts: Acts, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._stage = stage
        self._witness = witness
        self._acts = acts
        self._folder = folder
        self._patch = patch
        self._machines = 1
        self._changes = 0

    async def restart(self) -> None:
        """End the bot in order, and start it."""
        await self._stage.close()
        await self._stage.start()
        self._stage.done["restarts"] += 1

    async def kill(self) -> None:
        """Cut the bot off somewhere in what it does next, and start another on the same file."""
        stage = self._stage
        await stage.note_that_it_runs()
        scissors = Scissors(stage.world.bot)
        scissors.arm(stage.chance.randint(1, _STEPS_TO_DEATH))
        await stage.secretariat("member overview")
        if not scissors.dead:
            await stage.world.travel(timedelta(minutes=stage.chance.choice((1, 60))))
        scissors.dead = True
        await self._die()
        # What a task that is cut off says of it, nobody hears.
        stage.world.forgive_faults()
        await stage.start()
        stage.done["kills"] += 1

    async def _die(self) -> None:
        """Let go of what a process holds that is not there any more; it says and notes nothing at its end."""
        bot = self._stage.world.bot
        bot.heartbeat = None
        bot.work._idle.set()  # No interaction that was cut off is waited for.
        await self._stage.close()

    async def lose_an_answer(self) -> None:
        """Let Discord store the next message, and its answer get lost."""
        bot, done = self._stage.world.bot, self._stage.done
        request = bot.http.request

        async def losing(route: Any, **options: Any) -> Any:
            answer = await request(route, **options)
            if route.method == "POST" and route.path.endswith("/messages"):
                bot.http.request = request
                done["lost answers"] += 1
                raise ConnectionResetError
            return answer

        bot.http.request = losing

    async def be_away(self) -> None:
        """Let no bot run for one to four days."""
        stage = self._stage
        await stage.close()
        began = stage.now
        await stage.world.travel(timedelta(days=stage.chance.randint(1, 4)))
        await stage.start()
        await stage.world.travel(timedelta(minutes=1))
        stage.away.append(Span(began, stage.now))
        stage.done["absences"] += 1

    # Copies

    async def restore_a_backup(self) -> None:
        """Put the last but one nightly backup in the place of the database; what was done since is lost."""
        stage = self._stage
        for _ in range(2):
            await stage.world.travel(timedelta(days=1))
            await stage.note_that_it_runs()
        await self._act_in_vain()
        await stage.world.travel(timedelta(hours=1))
        settings = stage.world.settings
        assert settings.backup_folder is not None
        _, backup, *_ = BackupFolder(settings.backup_folder, settings.database_path, BACKUPS).backups()
        await stage.close()
        restore(backup.path, settings.database_path, stage.now)
        await self._go_on_without(backup.made_at)
        stage.done["restored backups"] += 1

    async def take_over(self) -> None:
        """Let the machine die with its disk, and another one go on with what was replicated an hour before."""
        stage = self._stage
        await stage.note_that_it_runs()
        self._machines += 1
        before = stage.world.settings.database_path
        after = self._folder / f"machine-{self._machines}" / before.name
        after.parent.mkdir()
        back_up(before, after)
        replicated = stage.now
        await self._act_in_vain()
        await stage.world.travel(timedelta(hours=1))
        if file_beside(before).exists():
            shutil.copyfile(file_beside(before), file_beside(after))
        await self._die()
        shutil.rmtree(before.parent)
        stage.world.settings = stage.world.settings.model_copy(update={"database_path": after})
        await self._go_on_without(replicated)
        stage.done["take-overs"] += 1

    async def _act_in_vain(self) -> None:
        """Let the secretariat do what the copy will not know of."""
        await self._acts.write_to_steering_group()
        if self._stage.chance.random() < 0.5:
            await self._acts.schedule_webinar(share=0)

    async def _go_on_without(self, since: datetime) -> None:
        """Start on a copy that knows nothing of what happened ``since``."""
        stage = self._stage
        stage.lost.append(Span(since, stage.now))
        self._witness.forget_since(since)
        await stage.start()
        await stage.world.travel(_SETTLED)
        await self._witness.note_answers()

    # Other clocks, another version

    async def change_clocks(self) -> None:
        """Let a government change its clocks when a webinar is announced at three o'clock there."""
        stage = self._stage
        zone, hour = CLOCKS_OF[self._changes % len(CLOCKS_OF)]
        self._changes += 1
        await self._acts.schedule_webinar(CASABLANCA, share=0.05)
        version = f"2099{chr(ord('a') + self._changes)}"
        zone_data.put_in_force(altered(self._folder / version, version, Africa__Casablanca=zone))
        await self.restart()
        stage.done["changes of clocks"] += 1
        webinars = await stage.world.bot.services.webinars.all(stage.world.server.id)
        ahead = [one for one in webinars if one.timezone == CASABLANCA and one.starts_at > stage.now]
        moved = [one.starts_at for one in ahead if one.starts_at.astimezone(UTC).hour != hour]
        if moved or not ahead:
            stage.wrong.append(f"not at three o'clock in Casablanca, with the clocks of {zone}: {moved}")

    async def upgrade(self) -> None:
        """Start a later version, which changes the schema; from now on it is the one that runs."""
        stage, database = self._stage, self._stage.world.settings.database_path
        await stage.close()
        before = _counted(database)
        steps = migrations()
        following = Migration(steps[-1].version + 1, "9999_following", _NEXT_SCHEMA, is_python=False)
        self._patch.setattr(storage.migrate, "migrations", lambda: [*steps, following])
        upgrade(database)
        kept = copy_before_upgrade(database, steps[-1].version)
        # Its age is counted from when it was written, which was now.
        os.utime(kept, (stage.now.timestamp(), stage.now.timestamp()))
        await stage.start()
        after = _counted(kept)
        if after != before:
            stage.wrong.append(f"the copy before the upgrade has {after}, and there was {before}")
        if (now := _counted(database))["due_day"] != before["outbox"]:
            stage.wrong.append(f"after the upgrade there is {now}, and there was {before}")
        stage.done["upgrades"] += 1


def _counted(database: Path) -> dict[str, int]:
    """Return how many rows each table has."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        names = [name for (name,) in tables.fetchall()]
        return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
