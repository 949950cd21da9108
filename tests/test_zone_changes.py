"""A government changes its clocks: 15:00 announced stays 15:00, and all that follows from it is put right."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.timezones import data as zone_data
from tests.webinars.staging import (
    accept_direct_messages,
    events_of,
    inbox,
    posted,
    press,
    rows_of,
    schedule,
    scheduled,
    webinars_of,
)
from tests.world import World
from tests.zone_data import altered, zone_data_kept

CASABLANCA = "Africa/Casablanca"
# Three o'clock in Casablanca with the clocks of Lagos (UTC+1), of Accra (UTC) and of Tripoli (UTC+2).
AT_LAGOS, AT_ACCRA, AT_TRIPOLI = (datetime(2026, 3, 12, hour, tzinfo=UTC) for hour in (14, 15, 13))


@pytest.fixture
async def changing(world: World, tmp_path: Path) -> AsyncGenerator["Changing"]:
    with zone_data_kept():
        change = Changing(world, tmp_path)
        await change.to("Africa/Lagos")
        yield change


class Changing:
    """Restarts the bot with other clocks in Casablanca."""

    def __init__(self, world: World, folder: Path) -> None:
        self._world = world
        self._folder = folder
        self._count = 0

    async def to(self, like: str) -> None:
        self._count += 1
        version = f"2099{chr(ord('a') + self._count)}"
        zone_data.put_in_force(altered(self._folder / version, version, Africa__Casablanca=like))
        await self._world.restart()
        await self._world.env.settle()


async def in_casablanca(world: World) -> int:
    """Announce a webinar at three o'clock there, and return its id."""
    webinar = await scheduled(world, timezone=CASABLANCA)
    assert webinar.starts_at == AT_LAGOS
    return webinar.id


async def test_three_o_clock_stays_three_o_clock(world: World, changing: Changing) -> None:
    webinar_id = await in_casablanca(world)
    (event,) = events_of(world)
    await changing.to("Africa/Accra")
    (webinar,) = await webinars_of(world)
    assert (webinar.id, webinar.starts_at, webinar.sequence) == (webinar_id, AT_ACCRA, 1)
    due = {row.kind: row.due_at for row in await rows_of(world, webinar, "pending")}
    assert due["reminder:1h"] == AT_ACCRA - timedelta(hours=1)
    assert due["reminder:7d"] == AT_ACCRA - timedelta(days=7)
    (announcement,) = [m for m in posted(world) if "Prevention" in m.content]
    assert f"<t:{int(AT_ACCRA.timestamp())}" in announcement.content + str([e.to_dict() for e in announcement.embeds])
    assert str(int(AT_LAGOS.timestamp())) not in announcement.content
    (event,) = events_of(world)
    assert datetime.fromisoformat(str(event.scheduled_start_time)) == AT_ACCRA


async def test_the_secretariat_is_told_what_moved_by_how_much_and_nothing_else(
    world: World, changing: Changing
) -> None:
    await in_casablanca(world)
    before = len(posted(world, "secretariat"))
    await changing.to("Africa/Accra")
    told = max(posted(world, "secretariat"), key=lambda message: message.id)
    assert len(posted(world, "secretariat")) == before + 1
    (card,) = told.embeds
    assert "2099" in told.content
    assert all(part in str(card.description) for part in ("Prevention in practice", "60 minutes later", "15:00"))
    await changing.to("Africa/Tripoli")
    told = max(posted(world, "secretariat"), key=lambda message: message.id)
    assert "120 minutes earlier" in str(told.embeds[0].description)


async def test_the_same_data_change_nothing(world: World, changing: Changing) -> None:
    await in_casablanca(world)
    said = len(posted(world, "secretariat"))
    await world.restart()
    await changing.to("Africa/Lagos")
    assert len(posted(world, "secretariat")) == said
    assert [w.sequence for w in await webinars_of(world)] == [0]


async def test_a_reminder_that_would_have_been_due_by_now_is_sent(world: World, changing: Changing) -> None:
    await in_casablanca(world)
    await world.travel_to(AT_LAGOS - timedelta(hours=24, minutes=30))
    sent = len(posted(world))
    await changing.to("Africa/Tripoli")
    (webinar,) = await webinars_of(world)
    assert webinar.starts_at == AT_TRIPOLI
    assert len(posted(world)) == sent + 1
    assert [row.state for row in await rows_of(world, webinar) if row.kind == "reminder:24h"] == ["sent"]


async def test_a_message_already_sent_to_a_person_is_corrected(world: World, changing: Changing) -> None:
    await accept_direct_messages(world, "GH")
    webinar_id = await in_casablanca(world)
    services, ghana = world.bot.services, world.server.members["GH"]
    async with services.transaction(ghana.id) as tx:
        await services.webinars.answer(tx, world.server.id, webinar_id, ghana.id, "attending")
    await world.travel_to(AT_LAGOS - timedelta(hours=2))
    (link,) = [m for m in inbox(ghana) if "meet.example.org" in m.content + str(m.embeds and m.embeds[0].to_dict())]
    assert str(int(AT_LAGOS.timestamp())) in shown(link)
    await changing.to("Africa/Accra")
    (link,) = [m for m in inbox(ghana) if m.id == link.id]
    assert str(int(AT_ACCRA.timestamp())) in shown(link)


async def test_no_deadline_comes_earlier(world: World, changing: Changing) -> None:
    services, guild_id = world.bot.services, world.server.id
    closes = datetime(2026, 3, 12, 22, 59, 59, tzinfo=UTC)
    async with services.transaction() as tx:
        meeting_id = await services.meetings.add(
            tx,
            guild_id,
            starts_on=datetime(2026, 5, 4, tzinfo=UTC).date(),
            ends_on=datetime(2026, 5, 5, tzinfo=UTC).date(),
            city="Rabat",
            timezone=CASABLANCA,
            register_by=closes,
        )
    await changing.to("Africa/Tripoli")
    services = world.bot.services
    meeting = await services.meetings.get(guild_id, meeting_id)
    assert meeting is not None
    assert meeting.register_by == closes
    # Midnight has become one o'clock there, and the members are told.
    (row,) = await services.database.fetch("SELECT register_by_local FROM meeting WHERE id = ?", (meeting_id,))
    assert row[0] == "2026-03-13T00:59:59"
    assert any("00:59" in shown(m) for m in posted(world, "members"))
    await changing.to("Africa/Accra")
    meeting = await world.bot.services.meetings.get(guild_id, meeting_id)
    assert meeting is not None
    assert meeting.register_by == closes + timedelta(hours=2)


async def test_a_poll_s_deadline_and_its_dates_follow(world: World, changing: Changing) -> None:
    server = world.server
    options = {"question": "When?", "method": "date", "options": "2026-05-01 15:00; 2026-05-02 15:00"}
    await server.secretariat.slash(server.channels["general"], "settings timezone", zone=CASABLANCA)
    shown_ = await server.secretariat.slash(
        server.channels["secretariat"], "poll create", closes="2026-03-12 15:00", **options
    )
    await server.secretariat.click(shown_.response, label="Confirm")
    (poll,) = await world.bot.services.polls.polls(server.id)
    assert poll.plan.closes_at == AT_LAGOS
    await changing.to("Africa/Accra")
    (poll,) = await world.bot.services.polls.polls(server.id)
    assert poll.plan.closes_at == AT_ACCRA
    assert [option.at and option.at.hour for option in poll.plan.options] == [15, 15]
    rows = await world.bot.services.outbox.of(server.id, "poll", poll.id, "results")
    assert [row.due_at for row in rows] == [AT_ACCRA]


async def test_a_time_that_clocks_leave_out_goes_forward(world: World, changing: Changing) -> None:
    # With the clocks of Brussels, 02:30 on 29 March is never shown: it becomes 03:30.
    webinar = await scheduled(world, timezone=CASABLANCA, starts="2026-03-29 02:30")
    await changing.to("Europe/Brussels")
    (webinar,) = await webinars_of(world)
    assert webinar.starts_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    (row,) = await world.bot.services.database.fetch("SELECT starts_at_local FROM webinar")
    assert row[0] == "2026-03-29T03:30:00"


async def test_what_is_over_or_cancelled_stays(world: World, changing: Changing) -> None:
    webinar_id = await in_casablanca(world)
    services = world.bot.services
    async with services.transaction() as tx:
        assert await services.webinars.cancel(tx, world.server.id, webinar_id, 0, "")
    await changing.to("Africa/Accra")
    (webinar,) = await webinars_of(world)
    assert (webinar.starts_at, webinar.sequence) == (AT_LAGOS, 1)


async def test_a_question_asked_with_the_old_clocks_is_asked_again(world: World, changing: Changing) -> None:
    preview = await schedule(world, timezone=CASABLANCA)
    await changing.to("Africa/Accra")
    await press(world, preview)
    assert await webinars_of(world) == []


def shown(message: object) -> str:
    embeds = getattr(message, "embeds", [])
    return f"{getattr(message, 'content', '')} {[embed.to_dict() for embed in embeds]}"
