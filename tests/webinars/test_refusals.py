"""Bad input: each a clear private sentence, nothing lost, nothing done."""

from datetime import timedelta

import discord
import pytest

from tests.webinars.staging import (
    LINK,
    command,
    events_of,
    posted,
    press,
    rows_of,
    schedule,
    scheduled,
    until,
    webinars_of,
)
from tests.world import World, embed_text, said

REFUSED = {
    "a title of 300 characters": ({"title": "Prevention " * 28}, "“Title” has 307 characters, and at most 200"),
    "not a web address": ({"link": "the usual room"}, "not a web address"),
    "a link that is not https": ({"link": "http://meet.example.org/room"}, "has to begin with https://"),
    "a link with a script": ({"link": "javascript:alert(1)"}, "https://"),
    "a link into an office": ({"link": "https://intranet.local/room"}, "only inside one office"),
    "a description of 4,000 characters": ({"description": "a" * 4000}, "“Description” has 4,000 characters"),
    "no length": ({"duration": "0"}, "“0” is too short"),
    "a week": ({"duration": "1 week"}, "24"),
    "no time of day": ({"starts": "2026-03-12"}, "has no time of day"),
    "either of two days": ({"starts": "03/04/2026 15:00"}, "can mean Wednesday 4 March 2026 or Friday 3 April 2026"),
    "no such day": ({"starts": "31 February 2026 15:00"}, "does not exist"),
    "a time past": ({"starts": "2025-12-01 15:00"}, "is past"),
    "a time that clocks skip": ({"starts": "2026-03-29 02:30"}, "does not exist"),
    "a time that clocks show twice": ({"starts": "2026-10-25 02:30"}, "twice"),
    "nowhere": ({"timezone": "Atlantis"}, "not a place that the bot knows"),
    "no language": ({"languages": "English, Elvish"}, "“Elvish” is not a language"),
    "no leads": ({"reminders": "soon"}, "was not understood"),
    "the link in public": ({"description": f"Join at {LINK}"}, "the link to join is for members"),
}


@pytest.mark.parametrize("name", REFUSED)
async def test_bad_input_comes_back_filled_in(world: World, name: str) -> None:
    options, sentence = REFUSED[name]
    refused = await schedule(world, **options)
    assert sentence in said(refused)
    again = await press(world, refused, "Correct")
    (field,) = options
    assert options[field][:50] in str(again.modal), "what was typed is in the form"
    if field in {"title", "starts", "duration", "link", "description"}:
        mended = {
            "title": "Prevention",
            "starts": "2026-03-12 15:00",
            "duration": "1h",
            "link": LINK,
            "description": "",
        }
    else:
        mended = {"timezone": "Brussels", "speakers": "", "languages": "", "reminders": "1h"}
    preview = await world.server.secretariat.submit_modal(again, mended)
    assert "12 March 2026, 15:00, Brussels" in said(preview)
    assert not await webinars_of(world)
    assert not posted(world)


async def test_next_tuesday_said_on_a_tuesday_is_asked_back(world: World) -> None:
    await world.travel(5 * 86400)
    assert "can mean" in said(await schedule(world, starts="next Tuesday 15:00"))


async def test_demain_14h_is_tomorrow_at_two(world: World) -> None:
    await press(world, await schedule(world, starts="demain 14h"))
    (webinar,) = await webinars_of(world)
    assert webinar.starts_at.isoformat() == "2026-01-02T13:00:00+00:00"
    kinds = [row.kind for row in await rows_of(world, webinar)]
    assert "reminder:7d" not in kinds, "a lead already past is not owed"


async def test_typed_text_makes_no_mention_and_no_markdown(world: World) -> None:
    await scheduled(
        world,
        title="**Bold** @everyone [here](https://evil.example)",
        description="# Heading\n<@&123> ||hidden||",
        speakers="@here `code`",
    )
    (message,) = posted(world)
    shown = message.content + embed_text(message.embeds[0])
    assert "@everyone" not in shown.replace("@\u200beveryone", "")
    assert "@here" not in shown.replace("@\u200bhere", "")
    assert "[here](" not in shown
    assert "\\*\\*Bold" in shown
    assert "\\<@&123>" in shown
    requests = [r for r in world.env.http_requests if r.method == "POST" and r.path.endswith("/messages")]
    assert requests[-1].json["allowed_mentions"] == {"parse": [], "roles": [world.server.member_role.id]}


async def test_two_people_on_one_form_are_told_apart_by_the_database(world: World) -> None:
    webinar = await scheduled(world)
    server = world.server
    colleague = world.add_member(server, "colleague", server.secretariat_role)
    first = await command(world, "edit", webinar=f"#{webinar.id}")
    second = await command(world, "edit", colleague, webinar=f"#{webinar.id}")
    values = {**FORM, "title": "Prevention, first"}
    await press(world, await server.secretariat.submit_modal(first, values), "Correct silently")
    refused = await colleague.submit_modal(second, {**FORM, "title": "Prevention, second"})
    assert "Somebody changed" in said(refused)
    (kept,) = await webinars_of(world)
    assert kept.title == "Prevention, first"
    again = await colleague.click(refused.response, label="Correct")
    assert "Prevention, second" in str(again.modal)
    asked = await colleague.submit_modal(again, {**FORM, "title": "Prevention, second"})
    await colleague.click(asked.response, label="Correct silently")
    assert [one.title for one in await webinars_of(world)] == ["Prevention, second"]


FORM = {
    "title": "Prevention in practice",
    "starts": "2026-03-12 15:00",
    "duration": "1h 30min",
    "link": LINK,
    "description": "",
}


async def test_a_change_confirmed_after_a_cancellation_changes_nothing(world: World) -> None:
    webinar = await scheduled(world)
    change = await command(world, "edit", webinar=f"#{webinar.id}", title="Too late")
    cancel = await command(world, "cancel", webinar=f"#{webinar.id}")
    await press(world, cancel)
    assert "was cancelled" in said(await press(world, change, "Tell those attending"))
    (kept,) = await webinars_of(world)
    assert kept.title == "Prevention in practice"


async def test_confirming_twice_schedules_once(world: World) -> None:
    preview = await schedule(world)
    await press(world, preview)
    assert len(await webinars_of(world)) == 1
    assert len(posted(world)) == 1


async def test_a_preview_confirmed_when_its_time_has_passed_schedules_nothing(world: World) -> None:
    preview = await schedule(world, starts="in 3 hours")
    await world.travel(4 * 3600)
    assert "is past" in said(await press(world, preview))
    assert not await webinars_of(world)


async def test_a_recording_before_the_webinar_is_refused(world: World) -> None:
    webinar = await scheduled(world)
    answer = await command(world, "recording", webinar=f"#{webinar.id}", url="https://video.example.org/v")
    assert "has not begun" in said(answer)


async def test_a_refused_event_leaves_the_rest_and_is_mended_by_a_button(world: World) -> None:
    world.env.inject_error("POST", "/guilds/*/scheduled-events", status=403, code=50013, times=1)
    preview = await schedule(world)
    done = await press(world, preview)
    text = said(done)
    assert "is scheduled" in text
    assert "Create Events" in text
    await world.travel(60)
    assert len(posted(world)) == 1, "the announcement is out all the same"
    assert not events_of(world)
    (line,) = posted(world, "secretariat")
    assert "could not be updated" in line.content
    mended = await world.server.secretariat.click(line, label="Try again")
    assert "is up to date again" in said(mended)
    assert len(events_of(world)) == 1


async def test_a_refused_event_is_made_when_the_permission_comes_back(world: World) -> None:
    guild = world.bot.get_guild(world.server.id)
    assert guild is not None
    role = guild.me.top_role
    held = discord.Permissions(role.permissions.value)
    held.update(create_events=False)
    world.env.backend.edit_role(world.server.id, role.id, {"permissions": held.value})
    world.env.inject_error("POST", "/guilds/*/scheduled-events", status=403, code=50013, times=1)
    await scheduled(world)
    assert not events_of(world)
    held.update(create_events=True)
    world.env.backend.edit_role(world.server.id, role.id, {"permissions": held.value})
    await world.env.settle()
    assert len(events_of(world)) == 1


async def test_an_event_deleted_by_hand_is_noticed(world: World) -> None:
    await scheduled(world)
    (event,) = events_of(world)
    world.env.backend.delete_scheduled_event(world.server.id, event.id)
    await world.env.settle()
    await world.travel(60)
    (line,) = posted(world, "secretariat")
    assert "Someone deleted the Discord event" in line.content
    await world.server.secretariat.click(line, label="Try again")
    assert len(events_of(world)) == 1


async def test_an_event_deleted_while_the_bot_was_away_is_noticed(world: World) -> None:
    await scheduled(world)
    await world.bot.close()
    (event,) = events_of(world)
    world.env.backend.get_guild(world.server.id).scheduled_events.pop(event.id)
    await world.restart()
    await world.travel(60)
    assert "Someone deleted the Discord event" in posted(world, "secretariat")[0].content


async def test_the_announcement_may_be_for_a_webinar_in_a_moment(world: World) -> None:
    await press(world, await schedule(world, starts="in 30 minutes"))
    await until(world, world.env.now() + timedelta(hours=3))
    assert len(posted(world)) == 1, "no reminder is owed"
    assert "Prevention in practice" in said(await command(world, "list", when="past"))


async def test_a_card_deleted_by_hand_is_noticed(world: World) -> None:
    await scheduled(world)
    (message,) = posted(world)
    webinar = (await webinars_of(world))[0]
    world.env.backend.delete_message(message.channel.id, message.id)
    shown = await command(world, "show", world.server.members["GH"], webinar=f"#{webinar.id}")
    await world.server.members["GH"].click(shown.response, label="Attending")
    await world.travel(120)
    (line,) = posted(world, "secretariat")
    assert "deleted it by hand" in embed_text(line.embeds[0])
