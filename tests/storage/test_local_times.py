"""What was announced as a local time is kept as one, beside the instant that follows from it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.timezones import data as zone_data
from storage.local_times import LOCAL_TIMES, REGISTRATION_DEADLINE, SESSION_START
from storage.migrate import migrations
from storage.upgrade import upgrade
from tests.storage.filling import fill, tables_of
from tests.world import World
from tests.zone_data import altered, zone_data_kept

CASABLANCA = "Africa/Casablanca"
OF_PEOPLE = {"account_setting", "choices_before", "network", "person"}
"""The tables in which a time zone says where somebody is, not where something takes place."""


def local_times(path: Path) -> dict[str, list[tuple[str | None, int]]]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            time.name: connection.execute(
                f"SELECT {time.instant}_local, {time.instant}_fold FROM {time.table}"
                f" WHERE guild_id = 1 AND {time.instant} IS NOT NULL"
            ).fetchall()
            for time in LOCAL_TIMES
        }


@pytest.fixture
def of_version_16(tmp_path: Path) -> Path:
    path = tmp_path / "db"
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for step in migrations():
            if step.version <= 16:
                step.apply(connection)
        connection.execute("PRAGMA user_version = 16")
        fill(connection)
        connection.execute("UPDATE poll SET timezone = ?", (CASABLANCA,))
        connection.execute("UPDATE poll_option SET at = 1806584400")
        connection.execute("UPDATE meeting SET timezone = ?", (CASABLANCA,))
    return path


def test_whatever_takes_place_in_a_time_zone_keeps_its_local_time(tmp_path: Path) -> None:
    upgrade(tmp_path / "db")
    with closing(sqlite3.connect(tmp_path / "db")) as connection:
        columns = {
            table: {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
            for table in tables_of(connection)
        }
    zoned = {table for table, names in columns.items() if "timezone" in names} - OF_PEOPLE
    unkept = zoned - {time.table for time in LOCAL_TIMES}
    assert unkept == set(), "it moves when a government changes its clocks: add a LocalTime to storage/local_times.py"
    for time in LOCAL_TIMES:
        assert {f"{time.instant}_local", f"{time.instant}_fold"} <= columns[time.table], time.name


def test_the_upgrade_works_them_out_with_the_data_that_made_the_instants(
    of_version_16: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with closing(sqlite3.connect(of_version_16)) as connection:
        there = tables_of(connection)
    altered(tmp_path / "old", "2025b", Africa__Casablanca="Asia/Tokyo")
    monkeypatch.setenv("PYTHONTZPATH", str(tmp_path / "old"))
    with zone_data_kept():
        # Newer ones are in force already: they would move what was announced.
        zone_data.put_in_force(altered(tmp_path / "new", "2099a", Africa__Casablanca="America/New_York"))
        upgrade(of_version_16)
    found = local_times(of_version_16)
    of_then = [time for time in LOCAL_TIMES if time.table in there]
    assert len(of_then) >= 4
    for time in of_then:
        with closing(sqlite3.connect(of_version_16)) as connection:
            (instant,) = connection.execute(f"SELECT {time.instant} FROM {time.table} WHERE guild_id = 1").fetchone()
        in_tokyo = datetime.fromtimestamp(instant, UTC).replace(tzinfo=None) + timedelta(hours=9)
        assert found[time.name] == [(in_tokyo.isoformat(), 0)], time.name
    with closing(sqlite3.connect(of_version_16)) as connection:
        assert connection.execute("SELECT version FROM zone_data").fetchall() == [("2025b",)]


def test_polls_that_have_ended_stay_as_they_are(of_version_16: Path) -> None:
    with closing(sqlite3.connect(of_version_16, isolation_level=None)) as connection:
        connection.execute("UPDATE poll SET state = 'closed', ended_at = 1, result = '{}', published = 'totals'")
    upgrade(of_version_16)
    found = local_times(of_version_16)
    assert (found["poll.closes_at"], found["poll_option.at"]) == ([(None, 0)], [(None, 0)])


async def test_a_move_of_the_meeting_moves_the_local_times_with_it(world: World) -> None:
    services, guild_id = world.bot.services, world.server.id
    start = datetime(2026, 5, 1, 7, 30, tzinfo=UTC)
    async with services.transaction() as tx:
        meeting = await services.meetings.add(
            tx,
            guild_id,
            starts_on=start.date(),
            ends_on=start.date(),
            city="Brussels",
            timezone="Europe/Brussels",
            register_by=start - timedelta(days=30),
        )
        session = await services.sessions.add(
            tx, guild_id, meeting, starts_at=start, minutes=60, format="plenary", title="Opening"
        )
    assert await local_of(world, REGISTRATION_DEADLINE.table, "register_by") == ["2026-04-01T09:30:00"]
    assert await local_of(world, SESSION_START.table, "starts_at") == ["2026-05-01T09:30:00"]
    async with services.transaction() as tx:
        await services.meetings.change(tx, guild_id, meeting, timezone="Asia/Tokyo")
    assert await local_of(world, SESSION_START.table, "starts_at") == ["2026-05-01T16:30:00"]
    async with services.transaction() as tx:
        await services.sessions.move(tx, guild_id, {session: start + timedelta(hours=1)})
        await services.meetings.change(tx, guild_id, meeting, register_by=None)
    assert await local_of(world, SESSION_START.table, "starts_at") == ["2026-05-01T17:30:00"]
    assert await local_of(world, REGISTRATION_DEADLINE.table, "register_by") == [None]


async def local_of(world: World, table: str, instant: str) -> list[str | None]:
    rows = await world.bot.services.database.fetch(f"SELECT {instant}_local FROM {table}")
    return [row[0] for row in rows]
