"""Whether people can act, and what is written down of the times in which they could not: on a file, without a bot."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.presence import BRIEF, GAP, Presence
from storage.database import Database
from storage.outages import OutagesRepository
from tests.empty_database import open_empty

BEGAN = datetime(2027, 3, 9, 8, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
NETWORK = 1


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await open_empty(tmp_path / "focalbot.sqlite3")
    yield database
    await database.close()


async def begun(database: Database) -> Presence:
    presence = Presence(database, OutagesRepository(database))
    await presence.began()
    return presence


async def outages(database: Database) -> list[tuple[datetime, datetime]]:
    async with database.transaction(BEGAN) as tx:
        found = await OutagesRepository(database).since(NETWORK, datetime(2020, 1, 1, tzinfo=UTC), tx)
    return [(one.began_at, one.ended_at) for one in found]


def test_what_is_longer_than_a_minute_and_a_half_is_an_outage() -> None:
    assert timedelta(seconds=90) == GAP


async def test_until_discord_is_heard_nobody_can_act(database: Database) -> None:
    presence = await begun(database)
    assert not presence.can_act(BEGAN)
    # The first bot of a file has not been away.
    assert presence.away_since(BEGAN) is None
    assert await presence.heard(BEGAN)
    assert presence.can_act(BEGAN)
    assert not await presence.heard(BEGAN + MINUTE)
    assert await outages(database) == []


async def test_a_bot_that_does_not_follow_its_minutes_is_taken_to_be_there(database: Database) -> None:
    presence = Presence(database, OutagesRepository(database))
    assert presence.can_act(BEGAN)
    assert presence.clock_ahead() == timedelta()
    assert await presence.heard(BEGAN) is False
    assert await outages(database) == []


async def test_the_minute_of_who_watches_does_not_say_that_the_connection_is_there_again(database: Database) -> None:
    presence = await begun(database)
    await presence.heard(BEGAN)
    presence.cut_off()
    assert not presence.can_act(BEGAN)
    assert await presence.heard(BEGAN + MINUTE, is_watched=True)
    assert not presence.can_act(BEGAN + MINUTE)
    assert await presence.heard(BEGAN + 2 * MINUTE)
    assert presence.can_act(BEGAN + 2 * MINUTE)
    assert not await presence.heard(BEGAN + 3 * MINUTE, is_watched=True)
    assert presence.can_act(BEGAN + 3 * MINUTE)


@pytest.mark.parametrize(("after", "is_away"), [(GAP, False), (GAP + SECOND, True)])
async def test_a_longer_silence_of_who_is_watched_is_an_outage(
    database: Database, after: timedelta, is_away: bool
) -> None:
    presence = await begun(database)
    await presence.heard(BEGAN, is_watched=False)
    # Nobody says so every minute yet: silence means nothing.
    assert presence.away_since(BEGAN + after) is None
    await presence.heard(BEGAN, is_watched=True)
    now = BEGAN + after
    assert presence.away_since(now) == (BEGAN if is_away else None)
    assert presence.can_act(now) is not is_away
    assert await presence.heard(now) is is_away
    assert await outages(database) == ([(BEGAN, now)] if is_away else [])
    assert presence.away_since(now) is None
    # The next one is counted from here.
    assert presence.away_since(now + GAP) is None
    assert presence.away_since(now + GAP + SECOND) == now


async def test_who_is_cut_off_is_away_since_discord_was_heard_last(database: Database) -> None:
    presence = await begun(database)
    await presence.heard(BEGAN)
    presence.cut_off()
    assert presence.away_since(BEGAN + GAP) is None
    assert presence.away_since(BEGAN + GAP + SECOND) == BEGAN


@pytest.mark.parametrize(("after", "is_noted"), [(BRIEF, False), (BRIEF + SECOND, True), (GAP + SECOND, True)])
async def test_the_next_process_counts_from_what_the_last_one_heard(
    database: Database, after: timedelta, is_noted: bool
) -> None:
    await (await begun(database)).heard(BEGAN)
    presence = await begun(database)
    assert not presence.can_act(BEGAN + after)
    assert await presence.heard(BEGAN + after)
    # However brief, it counts for what would have ended just then.
    assert await outages(database) == ([(BEGAN, BEGAN + after)] if is_noted else [])


async def test_a_connection_that_is_there_again_at_once_was_not_lost(database: Database) -> None:
    assert timedelta(seconds=10) == BRIEF
    presence = await begun(database)
    await presence.heard(BEGAN)
    for after, noted in ((BRIEF, 0), (2 * BRIEF + SECOND, 1)):
        presence.cut_off()
        await presence.heard(BEGAN + after)
        assert len(await outages(database)) == noted


async def test_who_ends_in_order_was_not_away_until_then(database: Database) -> None:
    presence = await begun(database)
    await presence.heard(BEGAN, is_watched=True)
    await presence.heard(BEGAN)
    ended = BEGAN + MINUTE
    await presence.ends(ended)
    assert await OutagesRepository(database).heard_at() == ended


async def test_who_ends_cut_off_was_away_before(database: Database) -> None:
    presence = await begun(database)
    await presence.ends(BEGAN)
    assert await OutagesRepository(database).heard_at() is None
    await presence.heard(BEGAN, is_watched=True)
    await presence.heard(BEGAN)
    await presence.ends(BEGAN + GAP + SECOND)
    assert await OutagesRepository(database).heard_at() == BEGAN
    presence.cut_off()
    await presence.ends(BEGAN + MINUTE)
    assert await OutagesRepository(database).heard_at() == BEGAN


async def test_nothing_is_in_hand_until_a_bot_says_so(database: Database) -> None:
    assert (await begun(database)).oldest_in_hand() is None
