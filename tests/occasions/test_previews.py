"""One draft at a time behind one preview: what a newer preview replaces can no longer be confirmed."""

from datetime import timedelta

import pytest

from tests.meetings.conftest import filled
from tests.occasions.staging import buttons, press_stale
from tests.polls.booth import Booth
from tests.webinars.staging import accept_direct_messages, command, posted, press, schedule, scheduled, webinars_of
from tests.world import World, said

MEETING = {"starts_on": "2026-05-01", "ends_on": "2026-05-02", "city": "Accra", "country": "Ghana"}
TEXTS = {"hosts": "Ghana", "theme": "Prevention"}


async def corrected(world: World, first, **typed: str | list[str]):
    """Press *Correct* and send the form with something else in it."""
    form = await world.server.secretariat.click(first.response, label="Correct")
    return await world.server.secretariat.submit_modal(form, {**filled(form), **typed})


@pytest.mark.parametrize("restarted", [False, True])
@pytest.mark.parametrize("stale_first", [False, True])
async def test_a_corrected_webinar_is_announced_once(world: World, stale_first: bool, restarted: bool) -> None:
    first = await schedule(world, starts="2026-03-12 03:00")
    older = buttons(first.response)["Confirm"]
    newer = await corrected(world, first, starts="2026-03-12 09:00")
    if restarted:
        await world.restart()
    if stale_first:
        await press_stale(world.server.secretariat, first.response, older)
        assert not await webinars_of(world)
    await press(world, newer)
    await press_stale(world.server.secretariat, first.response, older)
    await world.env.settle()
    assert [w.starts_at.hour for w in await webinars_of(world)] == [8]
    assert len(posted(world)) == 1


async def test_the_newer_preview_stands_in_the_place_of_the_older(world: World) -> None:
    first = await schedule(world, starts="2026-03-12 03:00")
    older = buttons(first.response)
    newer = await corrected(world, first, starts="2026-03-12 09:00")
    assert newer.response.id == first.response.id
    assert not set(buttons(newer.response).values()) & set(older.values())


async def test_what_is_wrong_takes_the_older_preview_with_it(world: World) -> None:
    first = await schedule(world)
    older = buttons(first.response)["Confirm"]
    refused = await corrected(world, first, starts="31 February 2026 15:00")
    assert "Confirm" not in buttons(refused.response)
    await press_stale(world.server.secretariat, first.response, older)
    assert not await webinars_of(world)
    again = await corrected(world, refused, starts="2026-03-13 15:00")
    await press(world, again)
    assert [w.starts_at.day for w in await webinars_of(world)] == [13]


async def test_a_corrected_change_of_a_webinar_acts_once_and_only_as_last_shown(world: World) -> None:
    webinar = await scheduled(world)
    first = await command(world, "edit", webinar=f"#{webinar.id}", starts="2026-03-19 16:00")
    older = buttons(first.response)
    newer = await corrected(world, first, starts="2026-03-20 16:00")
    for label in ("Correct silently", "Tell those attending"):
        await press_stale(world.server.secretariat, first.response, older[label])
    assert (await webinars_of(world))[0].starts_at == webinar.starts_at
    await press(world, newer, "Correct silently")
    assert (await webinars_of(world))[0].starts_at.day == 20


async def test_two_ways_of_one_preview_act_once(world: World) -> None:
    webinar = await scheduled(world)
    await accept_direct_messages(world, "GH")
    await world.server.members["GH"].click(posted(world)[0], label="Attending")
    shown = await command(world, "edit", webinar=f"#{webinar.id}", title="Prevention at home")
    ways = buttons(shown.response)
    await press(world, shown, "Correct silently")
    late = await press_stale(world.server.secretariat, shown.response, ways["Tell those attending"])
    assert "done already" in said(late)


async def test_a_corrected_poll_opens_once(booth: Booth) -> None:
    first = await booth.create(question="Wich topic?")
    older = buttons(first.response)["Confirm"]
    newer = await corrected(booth.world, first, question="Which topic?")
    await press_stale(booth.server.secretariat, first.response, older)
    await booth.server.secretariat.click(newer.response, label="Confirm")
    await press_stale(booth.server.secretariat, first.response, older)
    polls = await booth.world.bot.services.polls.polls(booth.server.id)
    assert [poll.plan.question for poll in polls] == ["Which topic?"]


async def test_a_corrected_meeting_is_planned_once(world: World) -> None:
    room = world.server.channels["general"]
    first = await world.server.secretariat.slash(room, "meeting plan", **MEETING, **TEXTS)
    older = buttons(first.response)["Confirm"]
    newer = await corrected(world, first, starts_on="2026-05-05", ends_on="2026-05-06")
    await press_stale(world.server.secretariat, first.response, older)
    assert not await world.bot.services.meetings.all(world.server.id)
    await press(world, newer)
    (meeting,) = await world.bot.services.meetings.all(world.server.id)
    assert str(meeting.starts_on) == "2026-05-05"


async def test_a_message_to_several_people_is_sent_once_and_as_last_shown(world: World) -> None:
    secretary, room = world.server.secretariat, world.server.channels["secretariat"]
    first = await secretary.slash(room, "message send", audience="all", text="Dear colleages")
    older = buttons(first.response)["Confirm"]
    newer = await corrected(world, first, audience=["all"], text="Dear colleagues")
    await press_stale(secretary, first.response, older)
    await press(world, newer)
    await world.travel(200)
    room = world.server.channels["general"]
    shown = said(await world.server.members["GH"].slash(room, "settings language", language="en"))
    assert "Dear colleagues" in shown
    assert "Dear colleages" not in shown


async def test_a_meetings_preview_says_when_it_is_reminded_of(world: World) -> None:
    room = world.server.channels["general"]
    shown = await world.server.secretariat.slash(room, "meeting plan", **MEETING, **TEXTS, reminders="30d 1d")
    text = said(shown)
    for day in ("2026-04-01", "2026-04-30"):
        noon = int((world.env.now().fromisoformat(f"{day}T09:00+00:00")).timestamp())
        assert f"<t:{noon}:" in text


@pytest.mark.parametrize("label", ["Stop", "Take back"])
async def test_what_was_stopped_says_so_in_its_own_message(world: World, label: str) -> None:
    secretary, room = world.server.secretariat, world.server.channels["secretariat"]
    shown = await secretary.slash(room, "message send", audience="all", text="Dear colleagues")
    done = await press(world, shown)
    stopped = await secretary.click((done.response or shown.response), label=label)
    message = stopped.response or shown.response
    assert message.id == shown.response.id
    assert message.content.startswith("Stopped")
    assert not buttons(message)
    await world.travel(timedelta(minutes=5))
