"""What the secretariat is asked to look at: each line is counted right, and its button leads to a private answer."""

from datetime import date, timedelta
from typing import Any

import discord
import pytest

from storage.outbox.states import OutboxState
from tests.digests.conftest import MONDAY, choose, set_network, shown, weeklies
from tests.members.claiming import claiming
from tests.people import Person
from tests.polls.booth import Booth
from tests.world import World, embed_text, labels, said


async def slash(world: World, command: str, actor: Person | None = None, **options: Any) -> Any:
    server = world.server
    return await (actor or server.secretariat).slash(server.channels["general"], command, **options)


async def next_weekly(world: World) -> discord.Message:
    """Travel to the next Monday and return its digest."""
    before = len(weeklies(world))
    now = world.env.now()
    weeks = (now - MONDAY) // timedelta(weeks=1) + 1
    await world.travel_to(MONDAY + weeks * timedelta(weeks=1) + timedelta(minutes=1))
    found = sorted(weeklies(world), key=lambda message: message.id)
    assert len(found) == before + 1
    return found[-1]


def button_of(message: discord.Message, label: str) -> str:
    """Return what the button under a message is called that has the word."""
    (found,) = [name for name in labels(message) if name is not None and label in name]
    return found


async def press(world: World, message: discord.Message, label: str) -> Any:
    return await world.server.secretariat.click(message, label=button_of(message, label))


async def test_accounts_and_nominations_that_wait_can_be_decided_from_the_digest(world: World) -> None:
    server, services = world.server, world.bot.services
    async with world.speaking("en"):
        await choose(world, weekly=True)
        await claiming(world)
        for name in ("Esi Owusu", "Kofi Boateng"):
            options: dict[str, Any] = {"delegation": "Ghana", "name": name, "role": "adviser"}
            await slash(world, "member nominate", server.members["GH"], **options)
        overview = said(await slash(world, "member overview"))
        assert "1 account waits" in overview
        assert "2 nominations wait" in overview
        digest = await next_weekly(world)
        text = shown(digest)
        assert text.index("1 account waits") < text.index("2 nominations wait") < text.index("seat is vacant")
        accounts = await press(world, digest, "Accounts")
        assert "Ama Mensah" in said(accounts)
        await server.secretariat.click(accounts.response, label="Confirm")
        assert await services.claims.waiting(server.id) == []
        nominations = await press(world, digest, "Nominations")
        assert "Esi Owusu" in said(nominations)
        assert "Kofi Boateng" in said(nominations)
        approved = await server.secretariat.click(nominations.response, label="Approve 2")
        assert "Kofi Boateng" in said(approved)
        assert [one.person.name for one in await services.nominations.waiting(server.id)] == ["Esi Owusu"]
        await server.secretariat.click((await press(world, digest, "Nominations")).response, label="Approve")
        again = await press(world, digest, "Nominations")
        assert "No nomination waits" in said(again)


async def test_a_meeting_is_asked_about_until_it_begins_and_leads_to_who_comes(world: World) -> None:
    server, services = world.server, world.bot.services
    async with world.speaking("en"):
        await choose(world, weekly=True)
        with world.as_bot():
            async with services.transaction() as tx:
                await services.meetings.add(
                    tx,
                    server.id,
                    starts_on=date(2026, 3, 3),
                    ends_on=date(2026, 3, 4),
                    city="Brussels",
                    country="BE",
                    timezone="Europe/Brussels",
                )
        digest = await next_weekly(world)
        assert f"{server.delegations} delegations have not answered: " in shown(digest)
        await slash(world, "meeting register", server.members["GH"], attendance="not_attending")
        digest = await next_weekly(world)
        assert f"{server.delegations - 1} delegations have not answered: " in shown(digest)
        opened = await press(world, digest, "Registrations")
        assert "Ghana" in said(opened)
        assert "delegations have not answered" in shown(digest), "the digest is not replaced"
        await world.travel_to(MONDAY + timedelta(weeks=8))
        assert "Registrations" not in " ".join(map(str, labels(await next_weekly(world))))


async def test_terms_that_end_within_sixty_days_are_named_with_their_last_day(world: World) -> None:
    async with world.speaking("en"):
        await choose(world, weekly=True)
        await world.travel_to(MONDAY + timedelta(weeks=41, hours=1))
        assert "ends within" not in shown(await next_weekly(world)), "66 days before"
        digest = await next_weekly(world)
        assert "1 term ends within 60 days: Malta (31 December 2026)" in shown(digest)
        assert "1, 2" in button_of(digest, "Seats"), "two lines lead to one place"
        assert "Terms that end within 60 days" in said(await press(world, digest, "Seats"))


async def test_what_failed_is_named_for_a_week_and_who_was_not_reached_for_as_long_as_it_makes_sense(
    world: World,
) -> None:
    server, services = world.server, world.bot.services
    async with world.speaking("en"):
        await choose(world, weekly=True)
        await world.travel(timedelta(days=1))
        sent = await slash(world, "message send", audience="all", text="Please read the report.")
        await server.secretariat.click(sent.response, label="Confirm")
        with world.as_bot():
            async with services.transaction() as tx:
                await services.outbox.plan_now(tx, server.id, "no such subject", 1, "x", "members")
        await world.travel(timedelta(minutes=30))
        assert (await services.outbox.rows.counts(server.id))[OutboxState.FAILED] == 1
        digest = await next_weekly(world)
        text = shown(digest)
        assert "1 message of the last week could not be sent." in text
        assert "1 person was not reached" in text
        assert "Failed" in said(await press(world, digest, "Failed"))
        assert "Not reached" in said(await press(world, digest, "Not reached"))
        later = shown(await next_weekly(world))
        assert "could not be sent" not in later
        assert "1 person was not reached" in later


async def test_a_deadline_of_the_next_two_weeks_has_its_button(world: World) -> None:
    server = world.server
    async with world.speaking("en"):
        await choose(world, weekly=True)
        options: dict[str, Any] = {"title": "Early warning", "starts": "2026-01-15 15:00", "duration": "1h"}
        options |= {"link": "https://example.org/join", "description": "How", "speakers": "Ms A"}
        webinar = await slash(world, "webinar schedule", languages="English", **options)
        await server.secretariat.click(webinar.response, label="Confirm")
        digest = await next_weekly(world)
        pressed = await press(world, digest, "Webinar")
        assert "Early warning" in said(pressed)
        assert "1 date or deadline falls" in digest.content
        assert "Early warning" in embed_text(digest.embeds[0])


@pytest.mark.parametrize(("voters", "said_of"), [("delegations", "delegation"), ("members", "member")])
async def test_a_poll_is_named_with_how_many_have_not_voted_until_it_closes(
    world: World, voters: str, said_of: str
) -> None:
    booth = Booth(world)
    await set_network(world, world.server.id, members_channel_id=world.server.channels["general"].id)
    async with world.speaking("en"):
        await choose(world, weekly=True)
        poll = await booth.open(closes="in 10 days", voters=voters, secret=True)
        ghana = world.server.members["GH"]
        await booth.vote(ghana, poll, 1)
        digest = await next_weekly(world)
        missing = poll.electorate - 1
        assert f"{missing} {said_of}s have not voted: “{poll.plan.question}”" in shown(digest)
        assert "Ghana" not in shown(digest)
        assert poll.plan.question in said(await press(world, digest, "Polls"))
        assert "not voted" not in shown(await next_weekly(world))
