"""A roll-call of members says who voted as they were called when it closed, and lets go of those who are erased."""

from datetime import timedelta
from typing import Any

from storage.polls.models import Poll
from tests.people import Person
from tests.polls.booth import Booth
from tests.world import embed_text


async def rename(booth: Booth, voter: Person, name: str) -> None:
    services = booth.world.bot.services
    person = await services.members.person_of_account(booth.server.id, voter.id)
    assert person is not None
    async with services.transaction() as tx:
        await services.members.change_person(tx, booth.server.id, person.id, name=name)


async def closed_roll_call(booth: Booth) -> Poll:
    voter = booth.server.members["DK"]
    await rename(booth, voter, "Anna Jensen")
    poll = await booth.open(secret=False, voters="members")
    await booth.vote(voter, poll, 2)
    await rename(booth, voter, "Anna Holm")
    await booth.pass_time(timedelta(hours=73))
    return poll


async def results(booth: Booth, poll: Poll) -> tuple[str, dict[str, Any]]:
    channel = booth.server.channels["general"]
    shown = (await booth.server.members["GH"].slash(channel, "poll results", poll=str(poll.id))).response
    assert shown is not None
    return embed_text(shown.embeds[0]), await booth.file_of(shown)


async def test_it_shows_who_they_were_when_it_closed(booth: Booth) -> None:
    poll = await closed_roll_call(booth)
    published = embed_text(booth.public()[-1].embeds[0])
    assert "Denmark · Anna Holm: Law" in published
    before = await results(booth, poll)
    await rename(booth, booth.server.members["DK"], "A successor's name")
    card, content = await results(booth, poll)
    assert (card, content) == before
    assert "Denmark · Anna Holm: Law" in card
    assert content["ballots"][0]["voter"] == "DK · Anna Holm"


async def test_whoever_is_erased_is_named_no_more(booth: Booth) -> None:
    poll = await closed_roll_call(booth)
    voter, channel = booth.server.members["DK"], booth.server.channels["general"]
    asked = await voter.slash(channel, "privacy erase")
    await voter.click(asked.response, label="Confirm")
    card, content = await results(booth, poll)
    assert "Denmark: Law" in card
    assert content["ballots"][0]["voter"] == "DK"


async def test_a_secret_poll_keeps_no_names(booth: Booth) -> None:
    await rename(booth, booth.server.members["DK"], "Anna Jensen")
    poll = await booth.open(voters="members")
    await booth.vote(booth.server.members["DK"], poll, 2)
    await booth.pass_time(timedelta(hours=73))
    electors = await booth.world.bot.services.polls.electors(booth.server.id, poll.id)
    assert {elector.name for elector in electors} == {""}
