"""What stands in a channel stays right, however late it is read, and calls nobody who cannot be called."""

from datetime import timedelta

from tests.occasions.staging import buttons, press_stale
from tests.polls.booth import Booth
from tests.webinars.staging import (
    STARTS_AT,
    accept_direct_messages,
    command,
    inbox,
    posted,
    press,
    schedule,
    scheduled,
    until,
)
from tests.world import World, embed_text, said


async def test_a_reminder_names_the_time_and_not_how_far_off_it_is(world: World) -> None:
    await scheduled(world, reminders="1h")
    await accept_direct_messages(world, "GH")
    await world.server.members["GH"].click(posted(world)[0], label="Attending")
    await until(world, STARTS_AT - timedelta(minutes=30))
    for message in (posted(world)[-1], inbox(world.server.members["GH"])[-1]):
        assert ":R>" not in message.content
        assert f"<t:{int(STARTS_AT.timestamp())}:F>" in message.content
        assert "15:00, Brussels" in message.content


async def test_nobody_is_asked_to_attend_what_is_over(world: World) -> None:
    await scheduled(world, reminders="1h")
    await until(world, STARTS_AT - timedelta(minutes=30))
    reminder = posted(world)[-1]
    attending = buttons(reminder)["Attending"]
    await until(world, STARTS_AT + timedelta(hours=2))
    for message in posted(world):
        assert not {"Attending", "Maybe", "Can't"} & buttons(message).keys()
    late = await press_stale(world.server.members["GH"], reminder, attending)
    assert "is over" in said(late)
    counts = await world.bot.services.webinars.counts(world.server.id, 1)
    assert counts.attending == 0


async def test_a_cancelled_webinar_offers_no_calendar(world: World) -> None:
    webinar = await scheduled(world)
    await accept_direct_messages(world, "GH")
    await world.server.members["GH"].click(posted(world)[0], label="Attending")
    await press(world, await command(world, "cancel", webinar=f"#{webinar.id}"))
    await until(world, world.env.now() + timedelta(days=1))
    told = inbox(world.server.members["GH"])[-1]
    assert "is cancelled" in told.content
    assert "Add to calendar" not in buttons(told)


async def test_a_poll_closed_early_says_when_it_closed(booth: Booth) -> None:
    poll = await booth.open(closes="in 72 hours")
    await booth.pass_time(timedelta(hours=10))
    secretary, room = booth.server.secretariat, booth.server.channels["secretariat"]
    asked = await secretary.slash(room, "poll close", poll=str(poll.id))
    await secretary.click(asked.response, label="Confirm")
    await booth.world.env.settle()
    closed_at = int(((await booth.poll(poll)).ended_at or poll.opened_at).timestamp())
    opened = next(message for message in booth.public() if message.embeds)
    text = embed_text(opened.embeds[0])
    assert f"<t:{closed_at}:F>" in text
    assert f"<t:{int(poll.plan.closes_at.timestamp())}:F>" not in text


async def test_a_meeting_shown_by_command_shows_the_answer_just_given(world: World) -> None:
    room, secretary = world.server.channels["general"], world.server.secretariat
    given = {"city": "Accra", "country": "Ghana", "hosts": "Ghana", "theme": "Prevention"}
    shown = await secretary.slash(room, "meeting plan", starts_on="2026-05-01", ends_on="2026-05-02", **given)
    await press(world, shown)
    ghana = world.server.members["GH"]
    asked = await ghana.slash(room, "meeting show")
    assert "not answered yet" in said(asked)
    answered = await ghana.click(asked.response, label="Online")
    assert answered.response is not None
    assert answered.response.id == asked.response.id
    (shown,) = answered.response.embeds
    assert embed_text(shown).count("Online") == 1
    assert "not answered yet" not in said(answered)


async def test_a_moved_webinar_says_so_in_the_channel_as_its_preview_shows(world: World) -> None:
    webinar = await scheduled(world)
    shown = await command(world, "edit", webinar=f"#{webinar.id}", starts="2026-03-19 16:00")
    channel = world.server.channels["announcements"].id
    assert f"<#{channel}>" in said(shown)
    assert len(posted(world)) == 1
    await press(world, shown, "Tell those attending")
    await world.env.settle()
    _, notice = posted(world)
    assert "has moved" in notice.content
    assert "19 March 2026, 16:00" in notice.content


async def test_words_alone_post_nothing(world: World) -> None:
    webinar = await scheduled(world)
    shown = await command(world, "edit", webinar=f"#{webinar.id}", starts="2026-03-19 16:00")
    await press(world, shown, "Tell those attending")
    await press(world, await command(world, "edit", webinar=f"#{webinar.id}", title="Another"), "Correct silently")
    await world.env.settle()
    assert len(posted(world)) == 2, "the announcement and that it has moved"


def delete_member_role(world: World) -> None:
    world.env.backend.delete_role(world.server.id, world.server.member_role.id)


async def test_a_role_that_is_gone_is_not_promised(world: World) -> None:
    delete_member_role(world)
    await world.env.settle()
    shown = said(await schedule(world))
    assert f"<@&{world.server.member_role.id}>" not in shown
    assert "gone" in shown


async def test_a_role_deleted_after_the_preview_is_no_raw_mention_and_the_secretariat_is_told_once(
    world: World,
) -> None:
    shown = await schedule(world)
    delete_member_role(world)
    await press(world, shown)
    await press(world, await schedule(world, title="Another"))
    await world.travel(120)
    assert [f"<@&{world.server.member_role.id}>" in message.content for message in posted(world)] == [False, False]
    lines = [message.content for message in posted(world, "secretariat")]
    assert len([line for line in lines if "/setup roles" in line]) == 1


async def test_a_preview_promises_nothing_where_the_bot_cannot_write(world: World) -> None:
    world.env.backend.delete_channel(world.server.channels["announcements"].id)
    await world.env.settle()
    shown = said(await schedule(world))
    assert "One message goes to" not in shown
    assert "/setup channels" in shown


async def test_an_opening_poll_may_call_the_members(booth: Booth) -> None:
    called = f"<@&{booth.server.member_role.id}>"
    shown = await booth.create(call=True)
    assert called in said(shown)
    await booth.server.secretariat.click(shown.response, label="Confirm")
    await booth.world.env.settle()
    assert called in booth.public()[-1].content


async def test_it_is_a_choice_and_delegations_are_told(booth: Booth) -> None:
    await accept_direct_messages(booth.world, "GH")
    shown = await booth.create(call=False)
    assert "calls nobody" in said(shown)
    await booth.server.secretariat.click(shown.response, label="Confirm")
    await until(booth.world, booth.world.env.now() + timedelta(hours=20))
    assert f"<@&{booth.server.member_role.id}>" not in booth.public()[-1].content
    assert "Which topic?" in inbox(booth.server.members["GH"])[0].content


async def test_a_reminder_that_cannot_come_is_not_promised(booth: Booth) -> None:
    text = said(await booth.create(closes="in 24 hours", reminders="48h 6h"))
    assert "6 hours" in text
    assert "48" not in text
