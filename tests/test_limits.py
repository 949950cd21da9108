"""What one member may send to the secretariat, and how often colleagues hear of changes: each at its edge."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import discord

from tests.chat.chatting import shown, write
from tests.people import Person
from tests.polls.booth import Booth
from tests.polls.test_entitlement import appoint
from tests.webinars.staging import accept_direct_messages, inbox, press
from tests.world import World, said

NEW_YORK = ZoneInfo("America/New_York")
TOO_MANY = "waiting for the secretariat, the most"


async def test_ten_topics_of_a_delegation_wait_and_no_eleventh_until_one_is_decided(world: World) -> None:
    server, services = world.server, world.bot.services
    channel = server.channels["general"]

    async def propose(number: int, code: str = "DK") -> str:
        options = {"title": f"Topic {number}", "level": "regional", "format": "workshop"}
        return said(await server.members[code].slash(channel, "topic propose", **options))

    for number in range(10):
        assert TOO_MANY not in await propose(number)
    refused = await propose(10)
    assert "10 proposals" in refused
    assert TOO_MANY in refused
    assert len(await services.topics.topics(server.id, ("proposed",))) == 10
    assert TOO_MANY not in await propose(11, "GH")
    with world.as_bot():
        first = min(topic.id for topic in await services.topics.topics(server.id, ("proposed",)))
        async with services.transaction() as tx:
            assert await services.topics.decide(tx, server.id, first, ("proposed",), "listed")
    assert TOO_MANY not in await propose(10)


async def test_a_delegation_that_withdraws_what_it_proposes_proposes_twenty_topics_a_day(world: World) -> None:
    server, services = world.server, world.bot.services
    delegation = await services.members.delegation(server.id, "DK")
    assert delegation is not None
    with world.as_bot():
        for number in range(20):
            async with services.transaction() as tx:
                topic = await services.topics.propose(
                    tx, server.id, delegation.id, 1, f"Topic {number}", "national", "workshop"
                )
                assert await services.topics.decide(tx, server.id, topic, ("proposed",), "withdrawn")

    async def propose() -> str:
        options = {"title": "One more", "level": "regional", "format": "workshop"}
        return said(await server.members["DK"].slash(server.channels["general"], "topic propose", **options))

    assert "20 topics" in await propose()
    assert await services.topics.topics(server.id, ("proposed",)) == []
    await world.travel(timedelta(days=1, minutes=1))
    assert "20 topics" not in await propose()


async def test_five_nominations_of_a_delegation_wait_and_no_sixth(world: World) -> None:
    server = world.server

    async def nominate(number: int) -> str:
        options = {"delegation": "Ghana", "name": f"Ama {'ABCDEF'[number]}mensah", "role": "alternate"}
        return said(await server.members["GH"].slash(server.channels["general"], "member nominate", **options))

    for number in range(5):
        assert TOO_MANY not in await nominate(number)
    assert TOO_MANY in await nominate(5)
    assert len(await world.bot.services.nominations.waiting(server.id)) == 5


async def test_ten_links_of_a_delegation_wait_and_no_eleventh_from_a_colleague(world: World) -> None:
    server = world.server
    colleague = await appoint(Booth(world), "DK", "colleague")

    async def suggest(number: int) -> str:
        actor = server.members["DK"] if number % 2 else colleague
        options = {"url": f"https://example.org/{number}", "title": f"Toolkit {number}", "category": "manual",
                   "description": "Two lines. No more."}  # fmt: skip
        return said(await actor.slash(server.channels["general"], "resource suggest", **options))

    for number in range(10):
        assert TOO_MANY not in await suggest(number)
    assert TOO_MANY in await suggest(10)
    assert TOO_MANY in await suggest(11)


async def test_a_colleague_hears_of_a_changed_ballot_once_a_day(world: World) -> None:
    booth, services = Booth(world), world.bot.services
    async with services.transaction() as tx:
        channel = world.server.channels["general"]
        await services.settings.change_network(tx, world.server.id, members_channel_id=channel.id)
    poll = await booth.open(closes="in 20 days")
    await appoint(booth, "DK", "colleague")

    async def told() -> int:
        return len(await services.outbox.of(booth.server.id, "poll", poll.id, "voted"))

    voter = booth.server.members["DK"]
    await booth.vote(voter, poll, 1)
    assert await told() == 1
    for choice in (2, 3, 1):
        await booth.vote(voter, poll, choice)
    assert await told() == 2
    today = world.env.now().astimezone(NEW_YORK).date()
    midnight = datetime.combine(today + timedelta(days=1), time(), NEW_YORK)
    await booth.pass_time(midnight - world.env.now() - timedelta(minutes=10))
    await booth.vote(voter, poll, 2)
    assert await told() == 2
    await booth.pass_time(timedelta(minutes=20))
    await booth.vote(voter, poll, 3)
    assert await told() == 3


async def planned(world: World) -> discord.Message:
    room, secretary = world.server.channels["general"], world.server.secretariat
    texts = {"city": "Accra", "country": "Ghana", "hosts": "Ghana", "theme": "Prevention"}
    shown = await secretary.slash(room, "meeting plan", starts_on="2026-05-01", ends_on="2026-05-02", **texts)
    await press(world, shown)
    await world.env.settle()
    return world.server.channels["announcements"].history()[0]


async def test_a_colleague_hears_of_a_changed_answer_once_a_day_and_of_the_last_one_in_the_end(world: World) -> None:
    announced = await planned(world)
    await accept_direct_messages(world, "DK")
    colleague = world.server.members["DK"]
    actor = await appoint(Booth(world), "DK", "busy")
    await world.travel(timedelta(days=5, hours=15))
    for _ in range(15):
        for label in ("In person", "Online"):
            await actor.click(announced, label=label)
    assert len(registered(colleague)) == 1
    await actor.click(announced, label="Not attending")
    await world.travel(timedelta(days=1, minutes=5))
    assert len(registered(colleague)) == 2
    assert "not attending" in registered(colleague)[-1].content.casefold()
    await world.travel(timedelta(days=5))
    assert len(registered(colleague)) == 2


def registered(person: Person) -> list[discord.Message]:
    return [message for message in inbox(person) if "Accra" in message.content or "meeting" in message.content]


async def test_ten_messages_of_one_person_are_passed_on_in_a_day(world: World) -> None:
    server, services = world.server, world.bot.services
    author = server.members["DK"]
    for number in range(11):
        await world.travel(61)
        answers = await write(author, f"Please tell the secretariat about my luggage number {number}.")
        preview = next(one for one in answers if "luggage" in shown([one]))
        done = await author.user.click(preview, label="Send to the secretariat")
        if number == 10:
            assert "10 messages" in said(done)
    rows = await services.database.fetch("SELECT kind FROM outbox WHERE subject = 'chat' AND kind = 'passed_on'")
    assert len(rows) == 10
