"""Each method, from *Vote* to the result, as delegations go through it."""

from datetime import timedelta

from tests.polls.booth import Booth
from tests.world import embed_text, said


async def test_a_single_choice_from_opening_to_result(booth: Booth) -> None:
    poll = await booth.open()
    members = booth.server.members
    first = await booth.vote(members["DK"], poll, 1)
    await booth.vote(members["GH"], poll, 2)
    second = await booth.vote(members["DK"], poll, 2)
    assert first != second
    assert "2 of 31 delegations" in embed_text(booth.message_of(poll).embeds[0])
    await booth.world.restart()
    await booth.vote(members["SE"], poll, 3)
    await booth.pass_time(timedelta(hours=73))
    closed = await booth.poll(poll)
    assert closed.state == "closed"
    result = booth.public()[-1]
    assert "Law wins" in result.content
    assert "3 of 31 delegations" in result.content
    counted = await members["DK"].slash(booth.server.channels["general"], "poll verify", receipt=second.lower())
    assert "Counted" in said(counted)
    replaced = await members["DK"].slash(booth.server.channels["general"], "poll verify", receipt=first)
    assert "Not counted" in said(replaced)
