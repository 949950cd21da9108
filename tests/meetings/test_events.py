from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.occasions.events import EventKeeper
from cogs.meetings.events import MeetingEvents
from tests.meetings.conftest import Room, at
from tests.world import said

FIRST_DAY = date(2026, 5, 1)


def events(room: Room) -> list[Any]:
    return list(room.world.env.backend.get_guild(room.server.id).scheduled_events.values())


def starts(event: Any) -> datetime:
    return datetime.fromisoformat(event.scheduled_start_time).astimezone(UTC)


def reports(room: Room) -> list[str]:
    return [text for _, text in room.posted("secretariat")]


async def test_the_event_is_made_moved_and_cancelled_with_the_meeting(room: Room) -> None:
    await room.plan(FIRST_DAY)
    (event,) = events(room)
    assert event.name == "Annual meeting 2026, Brussels"
    assert event.entity_metadata == {"location": "Brussels, Belgium"}
    assert starts(event) == at(FIRST_DAY, 9)
    options = {"starts": "2026-05-01 08:30", "length": "1h", "links": "https://example.org/secret"}
    await room.slash("session add", title="Opening", **options)
    (event,) = events(room)
    assert starts(event) == datetime(2026, 5, 1, 6, 30, tzinfo=UTC), "the first session opens it"
    assert "example.org" not in str(vars(event)), "everyone sees the event, so it has no links"
    await room.edit(starts_on="2026-06-01", ends_on="2026-06-02")
    (event,) = events(room)
    assert starts(event).date() == date(2026, 6, 1)
    await room.confirm(await room.slash("cancel", meeting="2026"))
    assert not events(room)
    assert not reports(room), "what the bot does itself is no drift"


async def test_what_somebody_changes_by_hand_is_put_back_and_said(room: Room) -> None:
    await room.plan(FIRST_DAY)
    (event,) = events(room)
    room.world.env.backend.edit_scheduled_event(room.server.id, event.id, {"name": "Party"})
    await room.world.env.settle()
    assert events(room)[0].name == "Annual meeting 2026, Brussels"
    (report,) = reports(room)
    assert report.startswith("Someone edited the Discord event of the annual meeting 2026, Brussels.")


async def test_what_discord_trims_is_nobodys_change(room: Room) -> None:
    await room.plan(FIRST_DAY)
    (event,) = events(room)
    said = f"{event.description} \n"
    room.world.env.backend.edit_scheduled_event(room.server.id, event.id, {"description": said})
    await room.world.env.settle()
    assert events(room)[0].description == said
    assert not reports(room)


async def test_what_somebody_deletes_by_hand_is_said_and_made_again_on_request(room: Room) -> None:
    await room.plan(FIRST_DAY)
    (event,) = events(room)
    room.world.env.backend.delete_scheduled_event(room.server.id, event.id)
    await room.world.env.settle()
    (report,) = room.server.channels["secretariat"].history()
    assert report.content.startswith("Someone deleted the Discord event of the annual meeting 2026, Brussels")
    await room.slash("edit", theme="Another theme")
    assert not events(room), "it is not forced on the person who deleted it"
    await room.server.secretariat.click(report, label="Make the event again")
    assert len(events(room)) == 1


async def test_cancelled_on_its_first_day_it_is_not_announced_as_on(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY, 12))
    assert len(events(room)) == 1
    await room.confirm(await room.slash("cancel", meeting="2026", reason="Fire"))
    assert not events(room)
    assert not reports(room)


async def test_postponed_on_its_first_day_it_has_one_event_on_the_new_day(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY, 12))
    later = FIRST_DAY + timedelta(days=21)
    await room.edit(starts_on=str(later), ends_on=str(later))
    (event,) = events(room)
    assert starts(event) == at(later, 9)
    assert event.status == 1, "it has not begun"
    assert (await room.meeting()).event_id == event.id
    assert not reports(room)


async def test_what_happens_while_the_bot_is_away_is_noticed_at_its_start(room: Room) -> None:
    await room.plan(FIRST_DAY)
    (event,) = events(room)
    await room.world.bot.close()
    room.world.env.backend.edit_scheduled_event(room.server.id, event.id, {"name": "Party"})
    await room.world.restart()
    assert events(room)[0].name == "Annual meeting 2026, Brussels"
    assert len(reports(room)) == 1


async def test_without_the_permission_all_else_is_done_and_the_secretariat_can_mend_it(room: Room) -> None:
    path = f"/guilds/{room.server.id}/scheduled-events*"
    room.world.env.inject_error("GET", path, status=403, code=50013)
    shown = await room.slash(
        "plan", starts_on=str(FIRST_DAY), ends_on=str(FIRST_DAY), city="Brussels", hosts="EU", theme="Prevention"
    )
    done = await room.confirm(shown)
    assert "allow it *Create Events* and *Manage Events*" in said(done)
    assert not events(room)
    assert len(room.posted()) == 1, "the meeting is announced all the same"
    mended = await room.server.secretariat.click(done.followups[0], label="Make the event again")
    assert "is up to date again" in said(mended)
    assert len(events(room)) == 1


async def test_an_event_whose_answer_was_lost_is_taken_on_not_made_twice(room: Room) -> None:
    await room.plan(FIRST_DAY)
    (event,) = events(room)
    services = room.world.bot.services
    meeting = await room.meeting()
    async with services.transaction() as tx:
        await services.meetings.set_event(tx, room.server.id, meeting.id, None, "")
    await room.world.restart()
    assert [e.id for e in events(room)] == [event.id]
    assert (await room.meeting()).event_id == event.id


async def test_a_meeting_that_is_over_leaves_its_event_to_discord(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY + timedelta(days=3), 12))
    await room.world.restart()
    assert not reports(room)


async def test_a_server_out_of_reach_is_looked_at_when_it_is_back(room: Room) -> None:
    await room.plan(FIRST_DAY)
    bot, services = room.world.bot, room.world.bot.services
    meeting = await room.meeting()
    async with services.transaction() as tx:
        await services.meetings.set_event(tx, room.server.id, meeting.id, None, "")
    guild = bot.get_guild(room.server.id)
    assert guild is not None
    guild.unavailable = True
    with room.world.as_bot():
        bot.dispatch("ready")
    await room.world.env.settle()
    assert (await room.meeting()).event_id is None, "nothing is known of it yet"
    guild.unavailable = False
    with room.world.as_bot():
        bot.dispatch("guild_available", guild)
    await room.world.env.settle()
    assert (await room.meeting()).event_id == meeting.event_id


async def test_an_event_that_may_not_be_deleted_is_not_joined_by_a_second(room: Room) -> None:
    await room.plan(FIRST_DAY)
    await room.until(at(FIRST_DAY, 12))
    later = FIRST_DAY + timedelta(days=21)
    path = f"/guilds/{room.server.id}/scheduled-events/*"
    room.world.env.inject_error("DELETE", path, status=403, code=50013)
    await room.edit(starts_on=str(later), ends_on=str(later))
    await room.world.restart()
    (event,) = events(room)
    assert starts(event) == at(later, 9)


async def test_what_the_bot_changes_itself_while_it_looks_is_put_down_to_nobody(room: Room) -> None:
    await room.plan(FIRST_DAY)
    (event,) = events(room)
    bot, meeting = room.world.bot, await room.meeting()
    request = bot.http.request

    async def changing(route: Any, **kwargs: Any) -> Any:
        if route.method == "GET" and route.url.split("?")[0].endswith(f"/scheduled-events/{event.id}"):
            bot.http.request = request  # type: ignore[method-assign]
            async with bot.services.transaction() as tx:
                await bot.services.meetings.change(tx, room.server.id, meeting.id, theme="Early warning")
            guild = bot.get_guild(room.server.id)
            assert guild is not None
            await EventKeeper(MeetingEvents(bot.services)).keep(guild, meeting.id)
        return await request(route, **kwargs)

    bot.http.request = changing  # type: ignore[method-assign]
    room.world.env.backend.edit_scheduled_event(room.server.id, event.id, {"name": "Party"})
    await room.world.env.settle()
    assert "Early warning" in events(room)[0].description
    assert not reports(room)
