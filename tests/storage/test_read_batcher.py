"""What is asked together is read together: one trip, one state of the file, to each its own answer."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest

from storage.database import Database
from storage.members.members import MembersRepository
from storage.read_batcher import ReadBatcher
from tests.hops import counting

NOW = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    yield database
    await database.close()


async def number(database: Database, value: int) -> int:
    [row] = await database.fetch("SELECT ? AS n", (value,))
    return row["n"]


async def no_column(database: Database) -> int:
    return len(await database.fetch("SELECT x"))


@pytest.mark.parametrize(("milliseconds", "trips"), [(0, 2), (1, 21), (6, 100)])
async def test_what_is_asked_at_once_shares_the_second_trip_until_that_has_lasted_long(
    database: Database, milliseconds: int, trips: int
) -> None:
    """Each query takes so long here; the 99 that wait are read in trips of five."""
    database._reads = ReadBatcher(database._reader, count(step=milliseconds / 1000).__next__)
    with counting(database) as hops:
        assert await asyncio.gather(*(number(database, n % 10) for n in range(100))) == [n % 10 for n in range(100)]
    assert hops.reads == trips
    with counting(database) as alone:
        assert [await number(database, n) for n in range(3)] == [0, 1, 2]
    assert alone.reads == 3


async def test_a_question_that_cannot_be_answered_or_is_given_up_takes_no_neighbour_with_it(database: Database) -> None:
    asking = [asyncio.create_task(number(database, n)) for n in range(5)]
    wrong = asyncio.create_task(no_column(database))
    later = [asyncio.create_task(number(database, n)) for n in range(5, 10)]
    await asyncio.sleep(0)
    asking[0].cancel()
    later[0].cancel()
    answers = await asyncio.gather(*asking, wrong, *later, return_exceptions=True)
    assert [type(one) for one in answers if not isinstance(one, int)] == [
        asyncio.CancelledError,
        sqlite3.OperationalError,
        asyncio.CancelledError,
    ]
    assert [one for one in answers if isinstance(one, int)] == [1, 2, 3, 4, 6, 7, 8, 9]
    assert await number(database, 7) == 7


async def test_what_is_asked_after_a_commit_sees_it_however_many_ask(database: Database) -> None:
    async def networks() -> int:
        return len(await database.fetch("SELECT guild_id FROM network"))

    async def add(guild_id: int) -> int:
        async with database.transaction(NOW) as tx:
            await tx.execute("INSERT INTO network (guild_id) VALUES (?)", (guild_id,))
        return await networks()

    found = await asyncio.gather(*(add(n) if n % 3 == 0 else networks() for n in range(1, 61)))
    assert all(found[n - 1] >= n // 3 for n in range(3, 61, 3))
    assert await networks() == 20


async def test_a_long_queue_goes_on_after_a_slow_question_and_before_the_file_is_closed(database: Database) -> None:
    slow = (
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 200000) SELECT count(*) AS n FROM c"
    )
    asking = [asyncio.create_task(database.fetch(slow)) for _ in range(2)]
    asking += [asyncio.create_task(database.fetch("SELECT ? AS n", (n,))) for n in range(100)]
    await asyncio.sleep(0)
    await database.close()
    answers = await asyncio.gather(*asking)
    assert [rows[0]["n"] for rows in answers] == [200_000, 200_000, *range(100)]


async def test_the_posts_of_one_delegation_are_found_without_reading_those_of_all(database: Database) -> None:
    asked: list[str] = []
    members = MembersRepository(database)
    async with database.transaction(NOW) as tx:
        await tx.execute("INSERT INTO network (guild_id) VALUES (1)")
        ids = [await members.add_delegation(tx, 1, code, "state") for code in ("GH", "DK")]
        person = await members.add_person(tx, 1, "Ama Mensah")
        await members.appoint(tx, 1, ids[0], person, "adviser", date(2020, 1, 1))
    await database._reader.set_trace_callback(asked.append)
    [holder] = await members.holders(1, ids[0])
    assert [await members.holders(1, ids[1]), await members.steering_terms(1, ids[0])] == [[], []]
    assert await members.holders(1) == [holder]
    await database._reader.set_trace_callback(None)  # pyright: ignore[reportArgumentType] - sqlite3 takes None
    plans = [str([row["detail"] for row in await database.fetch(f"EXPLAIN QUERY PLAN {sql}")]) for sql in asked]
    assert ["delegation_id=?" in plan for plan in plans] == [True, True, True, False]


async def test_several_queries_of_one_asker_share_a_trip_and_only_those_not_held_are_read(database: Database) -> None:
    one, two, wrong = ("SELECT 1 AS n", ()), ("SELECT ? AS n", (2,)), ("SELECT x", ())
    with counting(database) as first:
        assert [rows[0]["n"] for rows in await database.fetch_held_each(one, two)] == [1, 2]
    with counting(database) as held:
        assert [rows[0]["n"] for rows in await database.fetch_held_each(two, one)] == [2, 1]
        assert (await database.fetch_held(*two))[0]["n"] == 2
    with counting(database) as partly:
        assert [rows[0]["n"] for rows in await database.fetch_held_each(one, ("SELECT 3 AS n", ()))] == [1, 3]
    assert [hops.reads for hops in (first, held, partly)] == [1, 0, 1]
    with pytest.raises(sqlite3.OperationalError):
        await database.fetch_held_each(wrong, ("SELECT 4 AS n", ()))
    async with database.transaction(NOW):
        pass
    with counting(database) as after_a_commit:
        await database.fetch_held_each(one, two)
    assert after_a_commit.reads == 1


async def test_what_several_ask_in_several_queries_each_shares_trips_too(database: Database) -> None:
    async def pair(n: int) -> list[int]:
        rows = await database.fetch_held_each(("SELECT ? AS n", (n,)), ("SELECT ? AS m", (-n,)))
        return [one[0][0] for one in rows]

    database._reads = ReadBatcher(database._reader, count(step=0).__next__)
    with counting(database) as hops:
        assert await asyncio.gather(*map(pair, range(50))) == [[n, -n] for n in range(50)]
    assert hops.reads <= 2
