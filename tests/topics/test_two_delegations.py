"""Somebody who speaks for two delegations says for which, and the other one is left alone."""

import pytest

from tests.people import Person
from tests.topics.test_topics import list_shown, listed, propose, server
from tests.world import TERM_STARTS, Server, World, said

__all__ = ["server"]


@pytest.fixture
async def both(world: World, server: Server) -> Person:
    """The focal point of Denmark, who is also an adviser of Sweden's."""
    services = world.bot.services
    person = await services.members.person_of_account(server.id, server.members["DK"].id)
    sweden = await services.members.delegation(server.id, "SE")
    assert person is not None
    assert sweden is not None
    async with services.transaction() as tx:
        await services.members.appoint(tx, server.id, sweden.id, person.id, "adviser", TERM_STARTS)
    return server.members["DK"]


async def supporters(world: World, topic_id: int) -> set[str]:
    rows = await world.bot.services.database.fetch(
        "SELECT d.code FROM topic_support AS s JOIN delegation AS d ON d.id = s.delegation_id WHERE s.topic_id = ?",
        (topic_id,),
    )
    return {row["code"] for row in rows}


async def test_a_topic_is_proposed_for_the_delegation_that_is_named(world: World, server: Server, both: Person) -> None:
    channel = server.channels["general"]
    asked = said(await propose(server, "DK", "Early warning"))
    assert "You speak for several delegations" in asked
    assert "delegation" in asked
    unnamed = await both.slash(channel, "topic propose", title="Early warning")
    assert unnamed.modal is None, "nobody fills in a form for nothing"
    choices = await both.autocomplete(channel, "topic propose", "delegation", "")
    assert [choice["value"] for choice in choices] == ["DK", "SE"]
    refused = said(await propose(server, "DK", "Early warning", delegation="Ghana"))
    assert "not one of your delegations" in refused
    opened = await both.slash(channel, "topic propose", title="Early warning", delegation="sweden")
    typed = {"title": "Early warning", "level": ["regional"], "format": ["workshop"], "description": ""}
    assert "Thank you" in said(await both.submit_modal(opened, typed))
    assert list(server.channels["secretariat"].history())[-1].content == "Sweden proposes a topic: Early warning."
    (topic,) = await world.bot.services.topics.topics(server.id, ("proposed",))
    assert await supporters(world, topic.id) == {"SE"}


async def test_who_speaks_for_one_may_name_it_and_no_other(server: Server) -> None:
    assert "not one of your delegations" in said(await propose(server, "GH", "Early warning", delegation="DK"))
    assert "Thank you" in said(await propose(server, "GH", "Early warning", delegation="🇬🇭"))


async def test_each_delegation_supports_by_itself(world: World, server: Server, both: Person) -> None:
    topic = await listed(world, server, "GH", "Early warning")
    public = list(server.channels["general"].history())[-1]
    await server.members["SE"].click(public, custom_id=f"topic:support:{topic.id}")
    asked = await both.click(public, custom_id=f"topic:support:{topic.id}")
    assert "for which one" in said(asked)
    assert await supporters(world, topic.id) == {"GH", "SE"}, "a colleague's support is not taken back unasked"
    done = await both.click(asked.response, label="🇩🇰 Denmark (DK)")
    assert "Denmark supports Early warning" in said(done)
    assert await supporters(world, topic.id) == {"GH", "SE", "DK"}
    await world.restart()
    again = await both.click(asked.response, label="🇸🇪 Sweden (SE)")
    assert "Sweden no longer supports Early warning" in said(again)
    assert await supporters(world, topic.id) == {"GH", "DK"}


async def test_the_list_asks_too(world: World, server: Server, both: Person) -> None:
    topic = await listed(world, server, "GH", "Early warning")
    shown = await list_shown(server, both)
    asked = await both.click(shown.response, label="Support 1")
    await both.click(asked.response, label="🇸🇪 Sweden (SE)")
    assert await supporters(world, topic.id) == {"GH", "SE"}


async def test_a_delegation_left_meanwhile_is_not_spoken_for(world: World, server: Server, both: Person) -> None:
    topic = await listed(world, server, "GH", "Early warning")
    public = list(server.channels["general"].history())[-1]
    asked = await both.click(public, custom_id=f"topic:support:{topic.id}")
    services = world.bot.services
    rows = await services.database.fetch("SELECT id FROM appointment WHERE role = 'adviser'")
    async with services.transaction() as tx:
        await services.members.change_appointment(tx, server.id, rows[0]["id"], ends_on=TERM_STARTS)
    refused = await both.click(asked.response, label="🇸🇪 Sweden (SE)")
    assert "do not speak for that delegation" in said(refused)
    assert await supporters(world, topic.id) == {"GH"}
