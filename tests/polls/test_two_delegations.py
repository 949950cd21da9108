"""Somebody who speaks for two delegations casts the ballot of each, and says which one it is."""

from datetime import timedelta

from tests.people import Person
from tests.polls.booth import Booth
from tests.world import TERM_STARTS, said


async def appointed_twice(booth: Booth) -> Person:
    services, server = booth.world.bot.services, booth.server
    person = await services.members.person_of_account(server.id, server.members["DK"].id)
    sweden = await services.members.delegation(server.id, "SE")
    assert person is not None
    assert sweden is not None
    async with services.transaction() as tx:
        await services.members.appoint(tx, server.id, sweden.id, person.id, "adviser", TERM_STARTS)
    return server.members["DK"]


async def test_each_of_two_delegations_gets_its_own_ballot(booth: Booth) -> None:
    voter = await appointed_twice(booth)
    poll = await booth.open(secret=False)
    for name, number in (("🇩🇰 Denmark (DK)", 1), ("🇸🇪 Sweden (SE)", 2)):
        asked = await booth.ballot(voter, poll)
        assert "for which one do you vote?" in said(asked)
        shown = await voter.click(asked.response, label=name)
        assert f"The ballot of {name}" in said(shown)
        await booth.mark(voter, shown, number)
        await booth.cast(voter, shown)
    assert (await booth.poll(poll)).turnout == 2


async def test_a_person_has_one_ballot_where_members_vote(booth: Booth) -> None:
    voter = await appointed_twice(booth)
    poll = await booth.open(voters="members")
    assert "Your ballot" in said(await booth.ballot(voter, poll)), "nothing to choose: a person votes once"
    await booth.vote(voter, poll, 1)
    assert (await booth.poll(poll)).turnout == 1


async def test_a_person_who_leaves_one_of_two_delegations_in_mid_poll_keeps_the_ballot(booth: Booth) -> None:
    voter = await appointed_twice(booth)
    poll = await booth.open(voters="members")
    asked = await booth.server.secretariat.slash(
        booth.server.channels["secretariat"], "member end", delegation="DK", person="Focal point of Denmark"
    )
    await booth.server.secretariat.click(asked.response, label="Confirm")
    await booth.world.travel(timedelta(days=1))
    await booth.vote(voter, poll, 1)
    assert (await booth.poll(poll)).turnout == 1
