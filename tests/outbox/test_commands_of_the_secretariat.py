"""Shown first, sent after two minutes, stopped, taken back, held, sent again: what the secretariat does."""

from datetime import timedelta

import pytest

from bot.outbox import ANNOUNCEMENTS
from storage.outbox.states import OutboxState
from tests.occasions.staging import buttons, press_stale
from tests.outbox.conftest import Desk
from tests.outbox.test_deaths import lose_answers, lose_requests
from tests.outbox.test_people import accept, received
from tests.world import embed_text, labels, said

TEXT = "Please send **nothing** to @everyone before Friday."


async def write(desk: Desk, audience: str = "all", **options: str):
    server = desk.server
    return await server.secretariat.slash(
        server.channels["secretariat"], "message send", audience=audience, text=TEXT, **options
    )


async def plan_meeting(desk: Desk) -> None:
    server = desk.server
    planned = await server.secretariat.slash(
        server.channels["secretariat"],
        "meeting plan",
        starts_on="2026-05-01",
        ends_on="2026-05-01",
        city="Accra",
        country="Ghana",
        hosts="Ghana",
        theme="Prevention",
    )
    await server.secretariat.click(planned.response, label="Confirm")


async def in_the_morning(desk: Desk) -> None:
    await desk.pass_time(timedelta(hours=10))  # Thursday, 10:00 UTC


async def test_a_message_is_shown_first_with_whom_it_reaches(desk: Desk) -> None:
    await accept(desk, "GH", "UTC")
    shown = await write(desk)
    text = said(shown)
    reached = len(desk.server.accounts)
    # What is in brackets adds up to the number before it.
    assert (
        f"This goes to {reached} people (1 by direct message and {reached - 1} at the top of the bot's next reply here)"
        in text
    )
    assert "1 cannot be reached" in text
    assert "calls nobody" in text
    assert "@everyone" not in text
    assert labels(shown.response.message) == ["Confirm", "Send test to me", "Correct", "Cancel"]
    await desk.pass_time(timedelta(hours=1))
    assert received(desk, "GH") == []


async def test_confirmed_it_goes_out_after_two_minutes_once(desk: Desk) -> None:
    await accept(desk, "GH", "UTC")
    await in_the_morning(desk)
    shown = await write(desk)
    await desk.server.secretariat.click(shown.response, label="Confirm")
    await desk.pass_time(115)
    assert received(desk, "GH") == []
    await desk.pass_time(10)
    [message] = received(desk, "GH")
    assert message.startswith("The secretariat writes: Please send")
    await desk.pass_time(timedelta(hours=1))
    assert len(received(desk, "GH")) == 1


async def test_stopped_within_the_two_minutes_nobody_gets_it(desk: Desk) -> None:
    await accept(desk, "GH", "UTC")
    await in_the_morning(desk)
    shown = await write(desk)
    confirmed = await desk.server.secretariat.click(shown.response, label="Confirm")
    stopped = await desk.server.secretariat.click(confirmed.response or shown.response, label="Stop")
    assert "nobody was written to" in said(stopped)
    await desk.pass_time(timedelta(hours=1))
    assert received(desk, "GH") == []


async def test_taken_back_it_is_gone_and_the_record_stays(desk: Desk) -> None:
    await accept(desk, "GH", "UTC")
    await accept(desk, "DK", "UTC")
    await in_the_morning(desk)
    shown = await write(desk)
    confirmed = await desk.server.secretariat.click(shown.response, label="Confirm")
    await desk.pass_time(130)
    assert len(received(desk, "GH")) == len(received(desk, "DK")) == 1
    message = confirmed.response or shown.response
    button = buttons(message)["Take back"]
    taken = await desk.server.secretariat.click(message, label="Take back")
    assert "2 messages are being taken back" in said(taken)
    again = await press_stale(desk.server.secretariat, message, button)
    assert "dealt with already" in said(again)
    await desk.pass_time(5)
    assert received(desk, "GH") == received(desk, "DK") == []
    counts = await desk.world.bot.services.outbox.rows.counts(desk.guild_id)
    assert counts[OutboxState.WITHDRAWN] == 2
    # The notices that nobody had seen yet, and what nothing had brought to somebody without an account.
    assert counts[OutboxState.CANCELLED] == desk.server.people - 2


async def test_taken_back_before_the_two_minutes_are_over_nothing_is_sent(desk: Desk) -> None:
    await accept(desk, "GH", "UTC")
    await in_the_morning(desk)
    shown = await write(desk)
    confirmed = await desk.server.secretariat.click(shown.response, label="Confirm")
    taken = await desk.server.secretariat.click(confirmed.response or shown.response, label="Take back")
    assert said(taken) == "Stopped: nobody was written to."
    await desk.pass_time(300)
    assert received(desk, "GH") == []


async def test_what_lapsed_while_its_preview_was_read_is_not_promised(desk: Desk) -> None:
    server = desk.server
    room = server.channels["secretariat"]
    await plan_meeting(desk)
    shown = await write(desk, "unanswered")
    cancelling = await server.secretariat.slash(room, "meeting cancel", meeting="2026", reason="-")
    await server.secretariat.click(cancelling.response, label="Confirm")
    confirmed = await server.secretariat.click(shown.response, label="Confirm")
    assert "This would reach nobody" in said(confirmed)


@pytest.mark.parametrize("arrived", [True, False])
async def test_stopped_what_was_on_its_way_is_not_sent_again(desk: Desk, arrived: bool) -> None:
    await accept(desk, "GH", "UTC")
    await in_the_morning(desk)
    shown = await write(desk)
    confirmed = await desk.server.secretariat.click(shown.response, label="Confirm")
    (lose_answers if arrived else lose_requests)(desk, times=1)
    await desk.pass_time(125)
    listed = await desk.server.secretariat.click(confirmed.response or shown.response, label="Stop")
    assert "Stopped" in said(listed)
    await desk.pass_time(timedelta(minutes=30))
    assert len(received(desk, "GH")) == arrived
    counts = await desk.world.bot.services.outbox.rows.counts(desk.guild_id)
    assert counts.get(OutboxState.SENT, 0) == arrived
    # Called off for those whom nothing reached, too: it is not to be sent in another way either.
    assert OutboxState.NOT_REACHED not in counts
    assert counts.get(OutboxState.NOT_OWED, 0) == (not arrived)


async def test_a_test_goes_to_whoever_asks_and_to_nobody_else(desk: Desk) -> None:
    await accept(desk, "GH", "UTC")
    shown = await write(desk)
    await desk.server.secretariat.click(shown.response, label="Send test to me")
    [message] = desk.server.secretariat.user.dm_channel.history()
    first, second = message.content.split("\n", 1)
    assert "test" in first
    assert second.startswith("The secretariat writes")
    await desk.pass_time(timedelta(days=1))
    assert received(desk, "GH") == []
    details = await desk.server.secretariat.user.click(message, label="Details")
    assert "The secretariat wrote this to: Everybody with a current post." in said(details)


@pytest.mark.parametrize("length", [1, 30, 120])
async def test_a_message_shows_each_of_its_words_once(desk: Desk, length: int) -> None:
    await accept(desk, "GH", "UTC")
    await in_the_morning(desk)
    words = [f"word{number}x" for number in range(length)]
    server = desk.server
    shown = await server.secretariat.slash(
        server.channels["secretariat"], "message send", audience="all", text=" ".join(words)
    )
    preview = said(shown)
    await server.secretariat.click(shown.response, label="Confirm")
    await desk.pass_time(180)
    [message] = server.members["GH"].user.dm_channel.history()
    for text in (preview, "\n".join([message.content, *map(embed_text, message.embeds)])):
        assert [text.count(word) for word in words] == [1] * length


async def test_only_the_steering_group_and_only_a_region(desk: Desk) -> None:
    region = await write(desk, "region", region="african")
    assert "This goes to " in said(region)
    refused = await write(desk, "region")
    assert "Choose it in the option" in said(refused)
    nobody = await write(desk, "steering")
    assert "reach nobody" in said(nobody)


async def test_what_was_typed_comes_back_and_may_go_to_another_audience(desk: Desk) -> None:
    secretariat = desk.server.secretariat
    refused = await write(desk, "region")
    form = await secretariat.click(refused.response, label="Correct")
    assert TEXT in str(form.modal)
    again = await secretariat.submit_modal(form, {"audience": ["all"], "region": ["african"], "text": TEXT})
    assert "This would go beyond the regional group" in said(again)
    form = await secretariat.click(again.response, label="Correct")
    shown = await secretariat.submit_modal(form, {"audience": ["region"], "region": ["african"], "text": TEXT})
    assert "This goes to " in said(shown)


async def test_nobody_is_asked_for_an_answer_where_no_meeting_asks_for_one(desk: Desk) -> None:
    assert "No meeting is ahead" in said(await write(desk, "unanswered"))
    server = desk.server
    await plan_meeting(desk)
    assert f"This goes to {len(desk.server.accounts)} people" in said(await write(desk, "unanswered"))
    cancelling = await server.secretariat.slash(
        server.channels["secretariat"], "meeting cancel", meeting="2026", reason="-"
    )
    await server.secretariat.click(cancelling.response, label="Confirm")
    assert "No meeting is ahead" in said(await write(desk, "unanswered"))


async def test_members_do_not_write_to_everybody(desk: Desk) -> None:
    member = desk.server.members["GH"]
    refused = await member.slash(desk.server.channels["general"], "message send", audience="all", text=TEXT)
    assert "for the secretariat" in said(refused)


async def test_details_say_in_private_what_it_is_and_why(desk: Desk) -> None:
    await desk.ask("note", ANNOUNCEMENTS)
    [message] = desk.server.channels["announcements"].history()
    await desk.restart()
    shown = await desk.server.guest.click(message, label="Details")
    assert "Note note" in said(shown)
    assert "everybody who can read the channel" in said(shown)


async def test_held_nothing_goes_out_and_let_go_what_makes_sense_does(desk: Desk) -> None:
    secretariat, channel = desk.server.secretariat, desk.server.channels["secretariat"]
    await secretariat.slash(channel, "outbox pause")
    await desk.ask("good", ANNOUNCEMENTS)
    await desk.ask("past", ANNOUNCEMENTS, deadline=desk.now + timedelta(hours=1))
    await desk.pass_time(timedelta(hours=2))
    assert desk.shown() == []
    listed = said(await secretariat.slash(channel, "outbox list"))
    assert "Sending has been paused" in listed
    assert "late" in listed
    await secretariat.slash(channel, "outbox resume")
    await desk.pass_time(60)
    assert desk.shown() == ["Note good"]
    assert sorted(await desk.states()) == ["missed", "sent"]


async def test_a_failed_message_is_listed_with_its_fix_and_sent_again(desk: Desk) -> None:
    secretariat, channel = desk.server.secretariat, desk.server.channels["secretariat"]
    env = desk.world.env
    place = desk.server.channels["announcements"]
    env.inject_error("POST", f"/channels/{place.id}/messages", status=403, code=50013)
    row_id = await desk.ask("note", ANNOUNCEMENTS)
    assert await desk.states() == ["failed"]
    listed = await secretariat.slash(channel, "outbox list", state="failed")
    picked = await secretariat.select(listed.response, values=[str(row_id)])
    assert "may not write in the channel" in said(picked)
    await secretariat.click(picked.response, label="Send again")
    assert desk.shown() == ["Note note"]
    assert await desk.states() == ["sent"]
