import asyncio

import pytest
import simcord.interactions

from cogs.webinars.buttons import WebinarButton
from tests.occasions.staging import press_stale
from tests.patience import ACTION
from tests.people import Person
from tests.webinars.staging import LINK, STARTS_AT, command, posted, press, scheduled, until
from tests.world import TERM_STARTS, World, embed_text, said

ACCOUNTS = 200


async def members_joined(world: World, count: int) -> list[Person]:
    """Let ``count`` more members into the network, each an adviser of one of its delegations."""
    services, server = world.bot.services, world.server
    seats = await services.members.delegations(server.id)
    actors = [world.add_member(server, f"adviser{number}") for number in range(count)]
    async with services.transaction() as tx:
        for number, actor in enumerate(actors):
            person = await services.members.add_person(tx, server.id, f"Adviser {number}", account_id=actor.id)
            await services.members.appoint(tx, server.id, seats[number % len(seats)].id, person, "adviser", TERM_STARTS)
    return actors


def pressed(world: World, message_id: int, custom_id: str, actor: Person) -> None:
    """Hand the bot the press of a button, without waiting for its answer."""
    channel = world.server.channels["announcements"]
    _, payload = simcord.interactions.base_payload(
        world.env.backend,
        type=3,
        channel_id=channel.id,
        guild_id=world.server.id,
        user_id=actor.id,
        data={"custom_id": custom_id, "component_type": 2},
    )
    stored = world.env.backend.get_message(channel.id, message_id)
    payload["message"] = simcord.backend.serializers.message_payload(world.env.backend, stored)
    world.env.backend.emit("INTERACTION_CREATE", payload)


async def test_of_200_presses_at_once_none_is_lost_and_the_card_ends_right(world: World) -> None:
    actors = await members_joined(world, ACCOUNTS)
    webinar = await scheduled(world)
    (announcement,) = posted(world)
    edits = len(edits_of(world, announcement.id))
    async with asyncio.timeout(ACTION):
        with world.env.time_context():
            for number, actor in enumerate(actors):
                action = ("attending", "maybe", "cant", "attending")[number % 4]
                custom_id = WebinarButton(action, webinar.id, world.server.id).custom_id
                pressed(world, announcement.id, custom_id, actor)
            # SimCord's own settling takes a quarter of a minute for so many at once, and nothing tells of its requests.
            while answers_to(world) < ACCOUNTS:  # noqa: ASYNC110
                await asyncio.sleep(0)
    await world.env.settle()
    counts = await world.bot.services.webinars.counts(world.server.id, webinar.id)
    assert (counts.attending, counts.maybe, counts.cant) == (100, 50, 50)
    await world.travel(120)
    card = embed_text(posted(world)[0].embeds[0])
    assert "Attending: 100 · ❔ Maybe: 50 · ✖️ Can't: 50" in card
    assert len(edits_of(world, announcement.id)) - edits < ACCOUNTS / 4, "edits are gathered"


def answers_to(world: World) -> int:
    # Of many at once, some are acknowledged first, and answered by what follows.
    return sum(
        "You " in str(r.json) for r in world.env.http_requests if "/callback" in r.path or "/webhooks/" in r.path
    )


def edits_of(world: World, message_id: int) -> list[object]:
    return [r for r in world.env.http_requests if r.method == "PATCH" and str(message_id) in r.path]


async def test_the_last_answer_counts(world: World) -> None:
    webinar = await scheduled(world)
    member = world.server.members["GH"]
    for label in ("Maybe", "Attending", "Attending", "Can't"):
        await member.click(posted(world)[0], label=label)
    counts = await world.bot.services.webinars.counts(world.server.id, webinar.id)
    assert (counts.attending, counts.maybe, counts.cant) == (0, 0, 1)


async def test_a_guest_is_told_how_to_get_in_and_never_sees_the_link(world: World) -> None:
    webinar = await scheduled(world)
    guest = world.server.guest
    for label in ("Attending", "Maybe", "Can't"):
        assert "/member claim" in said(await guest.click(posted(world)[0], label=label))
    shown = await command(world, "show", guest, webinar=f"#{webinar.id}")
    assert LINK not in said(shown)
    assert LINK in said(await command(world, "show", world.server.members["GH"], webinar=f"#{webinar.id}"))


async def test_the_secretariat_sees_who_comes_by_delegation_and_nobody_else(world: World) -> None:
    webinar = await scheduled(world)
    await world.server.members["GH"].click(posted(world)[0], label="Attending")
    await world.server.members["DK"].click(posted(world)[0], label="Maybe")
    answer = await command(world, "attendees", webinar=f"#{webinar.id}")
    text = said(answer)
    assert "1 delegation attending" in text
    assert text.index("Denmark") < text.index("Ghana")
    (file,) = answer.response.attachments
    lines = (await file.read()).decode("utf-8-sig").splitlines()
    assert lines[0] == "delegation,name,person,role,answer,answered_at,wants_recording"
    assert [line.split(",")[0] for line in lines[1:]] == ["DK", "GH"]
    refused = await command(world, "attendees", world.server.members["GH"], webinar=f"#{webinar.id}")
    assert "This is for the secretariat" in said(refused)


@pytest.mark.parametrize("restart", [False, True])
async def test_buttons_of_a_past_webinar_say_so(world: World, restart: bool) -> None:
    webinar = await scheduled(world)
    await until(world, STARTS_AT.replace(hour=20))
    if restart:
        await world.restart()
    member = world.server.members["GH"]
    answer = await press_stale(member, posted(world)[0], f"webinar:attending:{webinar.id}:{world.server.id}")
    assert "is over" in said(answer)
    asked = await member.click(answer.response, label="Send me the recording")
    assert "as soon as the recording" in said(asked)
    recording = "https://video.example.org/prevention"
    await press(world, await command(world, "recording", webinar=f"#{webinar.id}", url=recording))
    await world.travel(300)
    again = await member.slash(world.server.channels["general"], "webinar show", webinar=f"#{webinar.id}")
    assert recording in said(again)
    assert recording in said(await member.click(posted(world)[0], label="Recording"))


async def test_another_network_sees_nothing(world: World) -> None:
    webinar = await scheduled(world)
    other = world.other
    answer = await other.secretariat.slash(other.channels["general"], "webinar show", webinar=f"#{webinar.id}")
    assert "There is no webinar yet" in said(answer)
    choices = await other.secretariat.autocomplete(other.channels["general"], "webinar show", "webinar", "")
    assert not choices
