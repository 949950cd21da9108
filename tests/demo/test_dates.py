"""Whenever the demo is begun, what it shows lies on days and at hours at which an office is open."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import holidays
import pytest
from simcord.env import Env

from bot import working_days
from bot.clock import Clock
from bot.demo.dates import soon, wednesday_and_thursday, working_day
from bot.demo.example_network import furnish_database
from bot.demo.serving import Demo
from bot.demo.world import NEW_YORK, World, build_server
from bot.services import Services
from bot.settings import Settings
from storage.database import Database
from storage.meetings.models import Meeting
from tests.demo.conftest import opened
from tests.demo.counting_bot import CountingBot

HOLIDAYS = holidays.country_holidays("US", subdiv="DC")
NEW_YORKS = ZoneInfo(NEW_YORK)


def is_kept_free(day: date) -> bool:
    """Whether the secretariat does not work on that day: asked of the calendar itself."""
    return day.weekday() >= 5 or day in HOLIDAYS


async def instants(services: Services, world: World) -> list[datetime]:
    """Return, in New York, everything that a new demo has that lies at an hour."""
    webinars = await services.webinars.all(world.guild_id)
    meeting = await the_meeting(services, world)
    assert meeting.register_by is not None
    sessions = await services.sessions.of_meeting(world.guild_id, meeting.id)
    polls = await services.polls.polls(world.guild_id)
    statements = await services.statements.statements(world.guild_id)
    decisions = await services.decisions.decisions(world.guild_id)
    found = [
        *(webinar.starts_at for webinar in webinars),
        *(session.starts_at for session in sessions),
        *(poll.plan.closes_at for poll in polls),
        *(statement.closes_at for statement in statements),
        *(decision.expires_at for decision in decisions),
    ]
    assert len(found) == 3 + 5 + 1 + 1 + 2
    return [instant.astimezone(NEW_YORKS) for instant in found]


async def the_meeting(services: Services, world: World) -> Meeting:
    [meeting] = [one for one in await services.meetings.all(world.guild_id) if one.register_by is not None]
    return meeting


NIGHTS = [datetime(2026, 12, 12, 8, tzinfo=UTC) + timedelta(days=days) for days in range(7)]
"""Each day of a week before holidays, in the middle of a night in New York."""


@pytest.mark.parametrize("now", NIGHTS, ids=lambda now: f"{now:%A}")
async def test_a_demo_that_is_begun_on_any_day_and_at_night(tmp_path: Path, now: datetime) -> None:
    settings = Settings(discord_token=None, database_path=tmp_path / "demo.sqlite3")
    world = build_server(Env(CountingBot()))
    with patch("discord.utils.utcnow", lambda: now):
        await furnish_database(settings, world)
        database = await Database.open(settings.database_path)
        try:
            services = Services.over(database, Clock(), settings)
            found = await instants(services, world)
            meeting = await the_meeting(services, world)
        finally:
            await database.close()
    assert meeting.register_by is not None
    days = [meeting.starts_on, meeting.ends_on, meeting.register_by.astimezone(NEW_YORKS).date()]
    assert [day for day in (*days, *(instant.date() for instant in found)) if is_kept_free(day)] == []
    assert [instant for instant in found if not time(9) <= instant.time() <= time(17)] == []


async def test_on_every_day_of_two_years() -> None:
    await working_days.load()
    for today in (date(2026, 1, 1) + timedelta(days=days) for days in range(730)):
        assert not is_kept_free(soon(datetime.combine(today, time(12), NEW_YORKS))), today
        assert not is_kept_free(working_day(today, 5)), today
        assert today + timedelta(days=5) <= working_day(today, 5) <= today + timedelta(days=9), today
        assert working_day(today, -9) < today, today
        first, second = wednesday_and_thursday(today)
        assert (first.weekday(), second.weekday()) == (2, 3), today
        assert not is_kept_free(first), today
        assert not is_kept_free(second), today


async def test_what_a_hint_schedules_is_on_a_working_day_however_far_one_travels(counting_demo: Demo) -> None:
    async with opened(counting_demo) as demo:
        for _ in range(7):
            told = await demo.now("Secretariat")
            ahead = (
                date.fromisoformat(told["soon"]) - datetime.fromisoformat(told["clock"]).astimezone(NEW_YORKS).date()
            )
            assert timedelta(days=10) <= ahead <= timedelta(days=14)
            assert not is_kept_free(date.fromisoformat(told["soon"]))
            await demo.travel("day")
