"""From a proposal to a topic that members support: approved first, shown as a number, merged with its support."""

import pytest
from simcord.results import InteractionResult

from storage.topics.models import Topic
from tests.people import Person
from tests.world import Server, World, embed_text, labels, said


@pytest.fixture
async def server(world: World) -> Server:
    """The network of 2011, with a channel that its members can read."""
    services = world.bot.services
    async with services.transaction() as tx:
        channel = world.server.channels["general"]
        await services.settings.change_network(tx, world.server.id, members_channel_id=channel.id)
    return world.server


async def propose(server: Server, code: str, title: str, **options: str) -> InteractionResult:
    filled = {"title": title, "level": "regional", "format": "workshop"} | options
    return await server.members[code].slash(server.channels["general"], "topic propose", **filled)


async def listed(world: World, server: Server, code: str, title: str) -> Topic:
    await propose(server, code, title)
    proposal = list(server.channels["secretariat"].history())[-1]
    await server.secretariat.click(proposal, label="Approve")
    return next(t for t in await world.bot.services.topics.topics(server.id) if t.title == title)


async def list_shown(server: Server, actor: Person) -> InteractionResult:
    return await actor.slash(server.channels["general"], "topic list")


async def test_a_proposal_is_seen_by_the_secretariat_first(world: World, server: Server) -> None:
    told = said(await propose(server, "DK", "Early warning", description="How to share it"))
    assert "you will receive its decision" in told
    assert "No topic is on the list yet" in said(await list_shown(server, server.members["GH"]))
    proposal = list(server.channels["secretariat"].history())[-1]
    assert proposal.content == "Denmark proposes a topic: Early warning."
    refused = await server.members["GH"].slash(server.channels["general"], "topic merge", topic="1", into="2")
    assert "for the secretariat" in said(refused)
    await world.restart()
    await server.secretariat.click(proposal, label="Approve")
    public = list(server.channels["general"].history())[-1]
    assert public.content == "A topic is proposed for the workshops: Early warning."
    assert "Denmark" not in embed_text(public.embeds[0])
    answer = said(await list_shown(server, server.members["DK"]))
    assert "Your topic Early warning is on the list" in answer
    assert "supported by 1 delegation" in answer


async def test_a_declined_topic_is_told_and_never_listed(world: World, server: Server) -> None:
    await propose(server, "DK", "Early warning")
    proposal = list(server.channels["secretariat"].history())[-1]
    await server.secretariat.click(proposal, label="Decline")
    assert "was not taken up" in said(await list_shown(server, server.members["DK"]))
    assert not any("Early warning" in message.content for message in server.channels["general"].history())
    assert await world.bot.services.topics.topics(server.id) == []


async def test_of_a_person_who_was_erased_nobody_says_that_they_are_informed(server: Server) -> None:
    await propose(server, "DK", "Early warning")
    asked = await server.members["DK"].slash(server.channels["general"], "privacy erase")
    await server.members["DK"].click(asked.response, label="Confirm")
    proposal = next(m for m in server.channels["secretariat"].history() if "proposes a topic" in m.content)
    done = said(await server.secretariat.click(proposal, label="Decline"))
    assert "is declined." in done
    assert "no longer in the directory" in done
    assert "informed" not in done


@pytest.mark.parametrize(("press", "state"), [("Approve", "Approved"), ("Decline", "Declined")])
async def test_a_proposal_that_is_decided_says_so_where_it_was_decided(
    world: World, server: Server, press: str, state: str
) -> None:
    await propose(server, "DK", "Early warning")
    proposal = list(server.channels["secretariat"].history())[-1]
    done = said(await server.secretariat.click(proposal, label=press))
    assert "Denmark" in done
    assert "next reply" in done
    await world.env.settle()
    edited = list(server.channels["secretariat"].history())[-1]
    assert edited.content.startswith(state)
    assert labels(edited) == ["Details"]


async def test_support_is_a_number_and_a_delegation_counts_once(world: World, server: Server) -> None:
    topic = await listed(world, server, "DK", "Early warning")
    public = list(server.channels["general"].history())[-1]
    supported = await server.members["GH"].click(public, custom_id=f"topic:support:{topic.id}")
    assert "Your delegation supports Early warning" in said(supported)
    shown = await list_shown(server, server.members["SE"])
    await server.members["SE"].click(shown.response, label="Support 1")
    public = list(server.channels["general"].history())[-1]
    assert "supported by 3 delegations" in embed_text(public.embeds[0])
    assert labels(public)[0] == "Support (3)"
    await server.members["GH"].click(public, custom_id=f"topic:support:{topic.id}")
    found = await world.bot.services.topics.topic(server.id, topic.id)
    assert found is not None
    assert found.support == 2
    rows = await world.bot.services.database.fetch("SELECT * FROM audit WHERE action LIKE '%support%'")
    assert rows == []
    refused = await server.guest.click(public, custom_id=f"topic:support:{topic.id}")
    assert "for members of the network" in said(refused)


async def test_like_topics_are_merged_with_their_support(world: World, server: Server) -> None:
    one = await listed(world, server, "DK", "Early warning")
    other = await listed(world, server, "GH", "Warning early")
    public = next(m for m in server.channels["general"].history() if "Early warning" in m.content)
    for code in ("SE", "GH"):
        await server.members[code].click(public, custom_id=f"topic:support:{one.id}")
    channel = server.channels["secretariat"]
    same = await server.secretariat.slash(channel, "topic merge", topic=str(one.id), into="early warning")
    assert "one and the same topic" in said(same)
    asked = await server.secretariat.slash(channel, "topic merge", topic=str(one.id), into="Warning early")
    await server.secretariat.click(asked.response, label="Confirm")
    [kept] = await world.bot.services.topics.topics(server.id)
    assert (kept.id, kept.support) == (other.id, 3)
    public = next(m for m in server.channels["general"].history() if m.id == public.id)
    assert public.content == "Early warning is now part of Warning early."
    gone = await server.members["NL"].slash(server.channels["general"], "topic withdraw", topic="Early warning")
    assert "“Early warning” does not match exactly one topic" in said(gone)


async def test_only_its_own_delegation_withdraws_a_topic(world: World, server: Server) -> None:
    topic = await listed(world, server, "DK", "Early warning")
    channel = server.channels["general"]
    assert await server.members["GH"].autocomplete(channel, "topic withdraw", "topic", "") == []
    refused = await server.members["GH"].slash(channel, "topic withdraw", topic=str(topic.id))
    assert "does not match exactly one topic" in said(refused)
    asked = await server.members["DK"].slash(channel, "topic withdraw", topic="early  WARNING")
    await server.members["DK"].click(asked.response, label="Confirm")
    assert await world.bot.services.topics.topics(server.id) == []


async def test_the_form_asks_for_no_country_situations_and_comes_back_filled_in(server: Server) -> None:
    channel, voter = server.channels["general"], server.members["DK"]
    opened = await voter.slash(channel, "topic propose", title="Early warning")
    assert "no country situations, please" in str(opened.modal)
    typed = {"title": "Early warning", "level": ["regional"], "format": ["workshop"], "description": ""}
    await voter.submit_modal(opened, typed)
    twice = await propose(server, "GH", "early WARNING")
    assert "is proposed already" in said(twice)
    back = await server.members["GH"].click(twice.response, label="Correct")
    assert "early WARNING" in str(back.modal)


@pytest.mark.parametrize(("title", "problem"), [("…", "has no title"), ("a" * 101, "more than 100 characters")])
async def test_a_title_that_will_not_do_is_said(server: Server, title: str, problem: str) -> None:
    assert problem in said(await propose(server, "DK", title))
