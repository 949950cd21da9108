"""A message is edited also where it was on its way, or somebody's business, when that was asked for."""

from datetime import timedelta
from typing import Any

import pytest

from bot.outbox import ANNOUNCEMENTS, person
from storage.outbox.states import OutboxState
from tests.outbox.conftest import Desk
from tests.outbox.posting import ADDRESS, settled, switched_on, without_account
from tests.outbox.test_deaths import LONG, is_posting, lose_answers, lose_requests
from tests.outbox.test_people import accept, received
from tests.smtp.servers import Mailbox
from tests.webinars.staging import command, press, rows_of, scheduled
from tests.webinars.staging import posted as announcements
from tests.world import labels


async def wish(desk: Desk, words: str) -> None:
    """Change what the notes say, and ask for their messages to be edited."""
    services = desk.world.bot.services
    desk.notes.words = words
    with desk.world.env.time_context():
        async with services.transaction() as tx:
            await services.outbox.edit(tx, desk.guild_id, "note", 1, people_too=True)


def answering(desk: Desk, change: str) -> None:
    """Have the notes changed when Discord has stored the next message and has not yet answered."""
    request = desk.world.bot.http.request
    left = [change]

    async def changing(route: Any, **options: Any) -> Any:
        answer = await request(route, **options)
        if is_posting(route) and left:
            await wish(desk, left.pop())
        return answer

    desk.world.bot.http.request = changing  # type: ignore[method-assign]


async def test_what_changes_before_discord_answers_is_in_the_message_at_once(desk: Desk) -> None:
    answering(desk, "Changed")
    await desk.ask("note", ANNOUNCEMENTS)
    assert (desk.shown(), await desk.states()) == (["Changed note"], ["sent"])
    [row] = await desk.rows()
    assert row.wake_at is None


async def test_a_webinar_called_off_while_its_announcement_is_on_its_way_is_not_left_open(desk: Desk) -> None:
    lose_answers(desk, times=1)
    webinar = await scheduled(desk.world)
    [announced] = announcements(desk.world)
    assert "Attending" in labels(announced)
    [_] = await rows_of(desk.world, webinar, "sending")
    await press(desk.world, await command(desk.world, "cancel", webinar=f"#{webinar.id}", reason="Illness"))
    await desk.pass_time(LONG)
    [announced] = [message for message in announcements(desk.world) if message.id == announced.id]
    assert "Attending" not in labels(announced)


async def test_a_direct_message_is_edited_too(desk: Desk) -> None:
    found = await accept(desk, "GH", "UTC")
    await desk.pass_time(timedelta(hours=10))
    answering(desk, "Changed")
    await desk.ask("note", person(found.id))
    assert received(desk, "GH") == ["Changed note"]


async def test_what_is_sent_again_says_what_is_so_then_and_is_not_edited_as_well(desk: Desk) -> None:
    lose_requests(desk, times=1)
    await desk.ask("note", ANNOUNCEMENTS)
    assert desk.shown() == []
    await wish(desk, "Changed")
    await desk.pass_time(LONG)
    assert desk.shown() == ["Changed note"]
    assert not [request for request in desk.world.env.http_requests if request.method == "PATCH"]


async def test_what_cannot_be_taken_back_is_edited(desk: Desk) -> None:
    row_id = await desk.ask("note", ANNOUNCEMENTS)
    place = desk.server.channels["announcements"]
    desk.world.env.inject_error("DELETE", f"/channels/{place.id}/messages/*", status=500)
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.outbox.take_back(tx, desk.guild_id, row_id)
    await desk.world.env.settle()
    assert await desk.states() == ["withdrawing"]
    await wish(desk, "Changed")
    desk.world.env.inject_error("DELETE", f"/channels/{place.id}/messages/*", status=403, code=50001)
    await desk.pass_time(LONG)
    assert [(row.state, row.reason) for row in await desk.rows()] == [("sent", "not_withdrawn:no_access")]
    assert desk.shown() == ["Changed note"]


async def test_a_wish_from_before_it_was_to_be_taken_back_counts_where_that_fails(desk: Desk) -> None:
    row_id = await desk.ask("note", ANNOUNCEMENTS)
    place = desk.server.channels["announcements"]
    desk.world.env.inject_error("DELETE", f"/channels/{place.id}/messages/*", status=403, code=50001)
    services = desk.world.bot.services
    desk.notes.words = "Changed"
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.outbox.edit(tx, desk.guild_id, "note", 1)
            await services.outbox.take_back(tx, desk.guild_id, row_id)
    await desk.world.env.settle()
    assert [(row.state, row.reason) for row in await desk.rows()] == [("sent", "not_withdrawn:no_access")]
    assert desk.shown() == ["Changed note"]


async def test_an_announcement_that_cannot_be_taken_back_asks_nobody_once_the_webinar_has_ended(desk: Desk) -> None:
    webinar = await scheduled(desk.world)
    announced = next(row for row in await rows_of(desk.world, webinar, "sent") if row.kind == "announced")
    place = desk.server.channels["announcements"]
    desk.world.env.inject_error("DELETE", f"/channels/{place.id}/messages/*", status=403, code=50001)
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            await services.outbox.take_back(tx, desk.guild_id, announced.id)
    await desk.world.env.settle()
    await desk.world.travel_to(webinar.ends_at + timedelta(minutes=1))
    [message] = [message for message in announcements(desk.world) if message.id == announced.message_id]
    assert "Attending" not in labels(message)


async def unknown(desk: Desk) -> int:
    """Send a message of which nothing is known, and return the number of its row."""
    lose_answers(desk, times=1)
    row_id = await desk.ask("note", ANNOUNCEMENTS)
    place = desk.server.channels["announcements"]
    desk.world.env.inject_error("GET", f"/channels/{place.id}/messages", status=403, code=50001)
    await desk.pass_time(LONG)
    assert await desk.states() == ["unknown"]
    return row_id


async def see(desk: Desk, row_id: int) -> None:
    """Write down that somebody saw the message arrive."""
    services = desk.world.bot.services
    with desk.world.as_bot():
        async with services.transaction() as tx:
            assert await services.outbox.arrived(tx, desk.guild_id, row_id)


async def test_what_somebody_saw_arrive_is_looked_for_to_edit_it(desk: Desk) -> None:
    await see(desk, await unknown(desk))
    await wish(desk, "Changed")
    await desk.world.env.settle()
    assert (desk.shown(), await desk.states()) == (["Changed note"], ["sent"])


async def test_an_announcement_that_somebody_saw_arrive_asks_nobody_once_the_webinar_has_ended(desk: Desk) -> None:
    lose_answers(desk, times=1)
    webinar = await scheduled(desk.world)
    [announced] = announcements(desk.world)
    place = desk.server.channels["announcements"]
    desk.world.env.inject_error("GET", f"/channels/{place.id}/messages", status=403, code=50001)
    await desk.pass_time(LONG)
    [row] = await rows_of(desk.world, webinar, "unknown")
    await see(desk, row.id)
    await desk.world.travel_to(webinar.ends_at + timedelta(minutes=1))
    [message] = [message for message in announcements(desk.world) if message.id == announced.id]
    assert "Attending" not in labels(message)


async def test_what_changes_while_nobody_knows_whether_it_arrived_is_edited_once_somebody_does(desk: Desk) -> None:
    row_id = await unknown(desk)
    await wish(desk, "Changed")
    await see(desk, row_id)
    await desk.pass_time(LONG)
    assert (desk.shown(), await desk.states()) == (["Changed note"], ["sent"])


@pytest.mark.parametrize("gone", [True, False])
async def test_what_was_seen_and_cannot_be_found_any_more_keeps_what_was_said_of_it(desk: Desk, gone: bool) -> None:
    await see(desk, await unknown(desk))
    place = desk.server.channels["announcements"]
    if gone:
        [message] = place.history()
        desk.world.env.backend.delete_message(message.channel.id, message.id)
    else:
        desk.world.env.inject_error("GET", f"/channels/{place.id}/messages", status=403, code=50001, times=None)
    await wish(desk, "Changed")
    await desk.pass_time(LONG)
    assert [(row.state, row.reason, row.wake_at) for row in await desk.rows()] == [("sent", "seen", None)]


async def test_an_email_is_never_edited(posted: tuple[Desk, Mailbox]) -> None:
    desk, box = posted
    await switched_on(desk)
    await desk.ask("note", person(await without_account(desk)))
    await settled(desk, OutboxState.SENT)
    assert [letter.recipients for letter in box.taken] == [[ADDRESS]]
    services = desk.world.bot.services
    async with services.transaction() as tx:
        await tx.execute("UPDATE outbox SET message_id = 0")
    await wish(desk, "Changed")
    [row] = await desk.rows()
    assert row.wake_at is None
