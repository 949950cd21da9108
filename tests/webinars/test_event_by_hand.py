"""What people do by hand to Discord's event of a webinar: the record stands, and the secretariat is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.webinars.staging import STARTS_AT, command, events_of, posted, press, scheduled, until, webinars_of
from tests.world import World, as_shown

SCHEDULED, ACTIVE = 1, 2
BY_HAND: dict[str, dict[str, Any]] = {
    "another name": {"name": "Party"},
    "another time": {"scheduled_start_time": (STARTS_AT + timedelta(hours=1)).isoformat()},
    "another description": {"description": "Join at https://elsewhere.example.org"},
    "a voice channel": {"entity_type": 2, "channel_id": None, "entity_metadata": None},
}


def change(world: World, **changes: Any) -> None:
    (event,) = events_of(world)
    world.env.backend.edit_scheduled_event(world.server.id, event.id, changes)


def told(world: World) -> list[str]:
    return [as_shown(message.content) for message in posted(world, "secretariat")]


def patches(world: World) -> int:
    return sum(r.method == "PATCH" and "/scheduled-events/" in r.path for r in world.env.http_requests)


@pytest.mark.parametrize("changes", BY_HAND.values(), ids=BY_HAND)
async def test_what_somebody_changes_is_put_back_and_said_once(world: World, changes: dict[str, Any]) -> None:
    await scheduled(world)
    change(world, **changes)
    await world.env.settle()
    (event,) = events_of(world)
    assert (event.name, event.scheduled_start_time) == ("Prevention in practice", STARTS_AT.isoformat())
    assert (event.entity_type, event.entity_metadata) == (3, {"location": "Online"})
    assert "elsewhere" not in event.description
    await world.travel(60)
    (line,) = told(world)
    assert "Someone edited the Discord event of the webinar “Prevention in practice”" in line
    assert "`/webinar edit`" in line
    assert patches(world) == 1, "it does not fight with itself"


async def test_what_the_bot_changes_itself_is_no_news(world: World) -> None:
    webinar = await scheduled(world)
    await press(world, await command(world, "edit", webinar=f"#{webinar.id}", title="Another"), "Correct silently")
    await world.travel(60)
    assert events_of(world)[0].name == "Another"
    assert not told(world)
    assert patches(world) == 1


async def test_postponed_once_it_has_begun_it_has_one_event_at_the_new_hour(world: World) -> None:
    webinar = await scheduled(world)
    await until(world, STARTS_AT + timedelta(minutes=10))
    assert events_of(world)[0].status == ACTIVE
    shown = await command(world, "edit", webinar=f"#{webinar.id}", starts="2026-04-02 16:00")
    await press(world, shown, "Tell those attending")
    (event,) = events_of(world)
    assert event.scheduled_start_time == datetime(2026, 4, 2, 14, tzinfo=UTC).isoformat()
    assert event.status == SCHEDULED
    assert not told(world)


async def test_what_changed_while_the_bot_was_away_is_put_back_at_its_start(world: World) -> None:
    await scheduled(world)
    await world.bot.close()
    change(world, name="Party")
    await world.restart()
    await world.travel(60)
    assert events_of(world)[0].name == "Prevention in practice"
    assert len(told(world)) == 1


async def test_an_event_that_has_begun_is_left_to_discord(world: World) -> None:
    await scheduled(world)
    await until(world, STARTS_AT + timedelta(minutes=5))
    change(world, name="Prevention in practice (we have begun)")
    await until(world, STARTS_AT + timedelta(hours=3))
    assert not told(world)
    assert not patches(world)


async def test_a_change_that_may_not_be_put_back_is_said_with_its_fix(world: World) -> None:
    await scheduled(world)
    world.env.inject_error("PATCH", f"/guilds/{world.server.id}/scheduled-events/*", status=403, code=50013)
    change(world, name="Party")
    await world.env.settle()
    await world.travel(60)
    (line,) = posted(world, "secretariat")
    assert "could not be updated" in line.content
    await world.server.secretariat.click(line, label="Try again")
    assert events_of(world)[0].name == "Prevention in practice"


async def test_a_server_out_of_reach_is_looked_at_when_it_is_back(world: World) -> None:
    webinar = await scheduled(world)
    bot, services = world.bot, world.bot.services
    guild = bot.get_guild(world.server.id)
    assert guild is not None
    async with services.transaction() as tx:
        await services.webinars.set_event(tx, world.server.id, webinar.id, None, "")
    guild.unavailable = True
    with world.as_bot():
        bot.dispatch("ready")
    await world.env.settle()
    assert (await webinars_of(world))[0].event_id is None, "nothing is known of it yet"
    guild.unavailable = False
    with world.as_bot():
        bot.dispatch("guild_available", guild)
    await world.env.settle()
    assert (await webinars_of(world))[0].event_id == webinar.event_id


async def test_an_event_that_gave_way_and_could_not_be_made_anew_was_deleted_by_nobody(world: World) -> None:
    webinar = await scheduled(world)
    await until(world, STARTS_AT + timedelta(minutes=10))
    world.env.inject_error("POST", f"/guilds/{world.server.id}/scheduled-events", status=503, code=0)
    shown = await command(world, "edit", webinar=f"#{webinar.id}", starts="2026-04-02 16:00")
    await press(world, shown, "Tell those attending")
    assert not events_of(world)
    await world.restart()
    await world.travel(60)
    assert not any("Somebody deleted" in line for line in told(world))
    (event,) = events_of(world)
    assert event.scheduled_start_time == datetime(2026, 4, 2, 14, tzinfo=UTC).isoformat()
