"""From when on a bot looks for a copy that has taken over, and what a copy holds back."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.clock import Clock
from bot.services import Services
from bot.settings import Settings
from bot.takeover import Fence, fence
from bot.takeover.claims import claiming
from bot.takeover.lost_messages import LostMessages
from bot.texts import Reader
from storage.takeover.generation import Generation, GenerationRepository
from tests.empty_database import open_empty
from tests.world import World

NOW = datetime(2027, 3, 9, 10, tzinfo=UTC)
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
GUILD = 7


class StoppedClock(Clock):
    def now(self) -> datetime:
        return NOW


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    database = await open_empty(tmp_path / "focalbot.sqlite3")
    defaults = Settings(_env_file=None, database_path=tmp_path / "focalbot.sqlite3")  # pyright: ignore[reportCallIssue]
    yield Services.over(database, StoppedClock(), defaults)
    await database.close()


@pytest.mark.parametrize(
    ("is_owed", "copied", "checked", "since"),
    [
        (False, None, None, NOW - 30 * DAY),
        (False, None, NOW - 3 * DAY, NOW - 3 * DAY),
        # What it is a copy of counts only until the copy has taken over.
        (False, NOW - 5 * DAY, NOW - 3 * DAY, NOW - 3 * DAY),
        (True, NOW - 5 * DAY, NOW - 3 * DAY, NOW - 5 * DAY),
        (True, NOW - DAY, NOW - 3 * DAY, NOW - 3 * DAY),
        # A file that has never looked may have been taken over from before it was copied.
        (True, NOW - MINUTE, None, NOW - 30 * DAY),
        (True, NOW - 40 * DAY, None, NOW - 40 * DAY),
    ],
)
def test_a_claim_is_looked_for_from_ten_minutes_before_it_may_have_been_posted(
    services: Services, is_owed: bool, copied: datetime | None, checked: datetime | None, since: datetime
) -> None:
    present = Generation(0, "", {}, is_owed, copied, checked)
    client: Any = None
    assert discord.utils.snowflake_time(Fence(client, services)._start_of(present)) == since - 10 * MINUTE


async def test_a_copy_holds_back_for_ninety_seconds_what_it_owes(services: Services) -> None:
    owed = services.outbox
    async with services.transaction() as tx:
        for subject_id, delay in ((1, timedelta()), (2, timedelta(seconds=89)), (3, 2 * MINUTE)):
            await owed.plan_now(tx, GUILD, "note", subject_id, "note", "secretariat", delay=delay)
        await GenerationRepository(services.database).taken_over(tx, 1, "h", {})
    rows = await services.database.fetch("SELECT wake_at FROM outbox ORDER BY subject_id")
    ahead = [row["wake_at"] - int(NOW.timestamp()) for row in rows]
    assert ahead == [90, 90, 120]


async def test_what_is_lost_is_listed_four_minutes_after_the_take_over(services: Services) -> None:
    lost_from = NOW - 20 * MINUTE
    async with services.transaction() as tx:
        await LostMessages.owe(services, tx, GUILD, lost_from, NOW)
    (row,) = await services.database.fetch("SELECT wake_at, payload FROM outbox")
    assert row["wake_at"] == int((NOW + 4 * MINUTE).timestamp())
    assert str(int(lost_from.timestamp())) in row["payload"]


def test_a_copy_shows_a_month_of_channels_and_a_day_of_messages_to_people_anew() -> None:
    assert (fence.SHOWN_ANEW, fence.SHOWN_ANEW_DIRECTLY) == (30 * DAY, DAY)


async def test_a_claim_counts_though_another_channel_could_not_be_read_with_it(world: World) -> None:
    channels = sorted(server.channels["secretariat"].id for server in (world.server, world.other))
    request, failed = world.bot.http.request, list[str]()

    async def broken(route: Any, **options: Any) -> Any:
        if not failed and route.channel_id == channels[1]:
            failed.append(route.path)
            raise ConnectionResetError
        return await request(route, **options)

    with world.as_bot():
        running = Fence(world.bot, world.bot.services)
        await running.begin()
        place = world.bot.get_partial_messageable(channels[0])
        await place.send("taken over", view=claiming(1, "f" * 16, Reader("en", "UTC")))
        world.bot.http.request = broken  # type: ignore[method-assign]
        running.checked_at = None
        assert await running.holds(), "what cannot be read proves nothing"
        assert failed
        assert not await running.holds()
