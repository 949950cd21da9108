"""The bot makes its backups each night, and says once when it cannot."""

# ruff: noqa: ASYNC240 - a few small files, looked at while no bot needs an answer

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.test_operator import typed
from tests.world import World

DAY = timedelta(days=1)


@pytest.fixture
async def folder(world: World, tmp_path: Path) -> Path:
    """A folder for backups, and the bot started again to keep them there."""
    folder = tmp_path / "backups"
    folder.mkdir()
    world.settings = world.settings.model_copy(update={"backup_folder": folder})
    await world.restart()
    await world.env.settle()
    return folder


def failures(world: World) -> list[str]:
    return [m.content for m in world.server.channels["secretariat"].history() if "backup" in m.content]


async def test_the_first_is_made_at_the_start_and_one_each_night(world: World, folder: Path) -> None:
    assert len(list(folder.iterdir())) == 1
    await world.travel(3 * DAY)
    assert len(list(folder.iterdir())) == 3, "the last one of each day"
    await world.restart()
    await world.env.settle()
    assert len(list(folder.iterdir())) == 3, "the last one is recent"


async def test_a_failure_is_told_once_until_one_was_made_again(world: World, folder: Path) -> None:
    elsewhere = folder.with_name("elsewhere")
    folder.rename(elsewhere)
    await world.travel(3 * DAY)
    assert len(failures(world)) == 1
    assert "backup folder" in failures(world)[0]
    await world.restart()
    await world.travel(DAY)
    assert len(failures(world)) == 1
    elsewhere.rename(folder)
    await world.travel(DAY)
    folder.rename(elsewhere)
    await world.travel(DAY)
    assert len(failures(world)) == 2


async def test_an_erasure_by_the_bot_reaches_the_backups(world: World, folder: Path) -> None:
    def accounts(path: Path) -> set[int]:
        with closing(sqlite3.connect(path)) as connection:
            return {row[0] for row in connection.execute("SELECT account_id FROM person")}

    account = world.server.members["AU"].id
    (backup,) = folder.iterdir()
    assert account in accounts(backup)
    services = world.bot.services
    person = await services.members.person_of_account(world.server.id, account)
    assert person is not None
    with world.env.time_context():
        async with services.transaction() as tx:
            await services.privacy.erase(tx, world.server.id, person.id, account, services.clock.now().date())
    assert account not in accounts(backup)


def test_an_empty_setting_is_none(tmp_path: Path) -> None:
    code, said = typed(tmp_path, "doctor", BACKUP_FOLDER=" ")
    assert code == 0
    assert "OK   backups: none" in said
