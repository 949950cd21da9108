"""Who is meant: one reading of each audience, whichever command asks."""

import re

from bot import names
from tests.polls.booth import Booth
from tests.webinars.staging import press
from tests.world import World, said

WEOG = "western_european_and_others"


async def write(world: World, audience: str, **options: str) -> str:
    secretary, room = world.server.secretariat, world.server.channels["secretariat"]
    return said(await secretary.slash(room, "message send", audience=audience, text="Dear colleagues", **options))


async def test_a_regional_group_is_the_same_in_every_command(booth: Booth) -> None:
    world = booth.world
    room, secretary = world.server.channels["general"], world.server.secretariat
    listed = said(await secretary.slash(room, "member list", region=WEOG))
    polled = said(await booth.create(audience="region", region=WEOG))
    written = await write(world, "region", region=WEOG)
    delegations = re.search(r"(\d+) delegations of", listed)
    ballots = re.search(r"(\d+) have a ballot", polled)
    people = re.search(r"goes to (\d+) people", written)
    assert delegations is not None
    assert ballots is not None
    assert people is not None
    seats = await world.bot.services.members.seats(world.server.id, world.bot.services.clock.today("UTC"))
    sitting = [seat for seat in seats if WEOG in (names.regional_group(c := seat.delegation.code), names.observes(c))]
    reached = {h.person.id for seat in sitting for h in seat.holders if h.person.account_id is not None}
    assert "US" in {seat.delegation.code for seat in sitting}
    assert int(ballots[1]) == int(delegations[1]) == len(sitting)
    assert int(people[1]) == len(reached)


async def planned_with_one_coming(world: World) -> None:
    room, secretary = world.server.channels["general"], world.server.secretariat
    shown = await secretary.slash(
        room,
        "meeting plan",
        starts_on="2026-05-01",
        ends_on="2026-05-02",
        city="Accra",
        country="Ghana",
        hosts="Ghana",
        theme="Prevention",
    )
    await press(world, shown)
    await world.env.settle()
    await world.server.members["GH"].click(world.server.channels["announcements"].history()[0], label="In person")


async def test_those_attending_are_those_who_said_so(world: World) -> None:
    await planned_with_one_coming(world)
    assert "goes to 1 person" in await write(world, "attending")


async def test_nobody_attends_a_cancelled_meeting(world: World) -> None:
    await planned_with_one_coming(world)
    secretary = world.server.secretariat
    await press(
        world,
        await secretary.slash(world.server.channels["general"], "meeting cancel", meeting="2026", reason="No host"),
    )
    assert "No meeting is ahead" in await write(world, "attending")
