"""Abstentions count for the quorum and never as a side; a majority is one of those voting yes or no."""

from datetime import UTC, datetime, timedelta

import discord
import pytest

from cogs.polls.counting import ABSTENTION, Count
from cogs.polls.methods import METHODS
from cogs.polls.rules import publishable
from storage.polls.models import Poll, PollPlan
from tests.polls.booth import Booth, ids_of
from tests.world import embed_text, said

YES, NO, NEITHER = (1,), (2,), ABSTENTION


@pytest.mark.parametrize(
    ("method", "ballot"), [("single", (2,)), ("approval", (1, 2)), ("ranked", (2, 1)), ("date", (2, 0))]
)
def test_abstentions_change_no_places_and_no_totals(method: str, ballot: tuple[int, ...]) -> None:
    without = METHODS[method].count(2, [ballot] * 3)
    counted = METHODS[method].count(2, [ballot] * 3 + [ABSTENTION] * 4)
    assert (counted.places, counted.totals, counted.matrix) == (without.places, without.totals, without.matrix)
    assert (counted.ballots, counted.abstentions, counted.expressed) == (7, 4, 3)
    assert Count.from_json(counted.as_json()) == counted
    assert METHODS[method].count(2, [ABSTENTION] * 4).winners == ()


def test_abstentions_hide_nobodys_ranking() -> None:
    plan = PollPlan("Which?", "ranked", (), datetime(2027, 1, 1, tzinfo=UTC), "UTC")

    def published(rankings: int, abstentions: int) -> Count:
        counted = METHODS["ranked"].count(2, [(1, 2)] * rankings + [ABSTENTION] * abstentions)
        return publishable(plan, counted, "totals")

    assert published(10, 0).matrix
    assert not published(9, 5).matrix
    assert published(9, 5).places
    assert not published(2, 30).places
    assert published(2, 30).ballots == 32


async def cast(booth: Booth, poll: Poll, votes: dict[str, tuple[int, ...]]) -> None:
    for code, ballot in votes.items():
        voter = booth.server.members[code]
        if ballot:
            await booth.vote(voter, poll, *ballot)
        else:
            shown = await booth.ballot(voter, poll)
            await voter.click(shown.response, label="Abstain")


async def result(booth: Booth, poll: Poll) -> discord.Message:
    await booth.pass_time(timedelta(hours=73))
    return booth.public()[-1]


async def test_two_thirds_decide_of_those_voting_yes_or_no_and_abstentions_meet_the_quorum(booth: Booth) -> None:
    poll = await booth.open(question="Adopt the rules?", options=None, majority="two_thirds", abstain=True, quorum=6)
    assert [option.text for option in poll.plan.options] == ["Yes", "No"]
    card = embed_text(booth.message_of(poll).embeds[0])
    assert "Two thirds" in card
    assert "abstain" in card
    await cast(booth, poll, {"DK": YES, "GH": YES, "CR": NO, "AU": NEITHER, "BE": NEITHER, "BJ": NEITHER})
    message = await result(booth, poll)
    assert "is adopted by two thirds of those voting yes or no: 2 yes, 1 no" in message.content
    assert "The quorum of 6 is met." in message.content
    assert "3 abstained." in message.content
    content = await booth.file_of(message)
    assert content["count"]["abstentions"] == 3
    assert content["count"]["ballots"] == len(content["receipts"]) == 6
    assert content["poll"]["majority"] == "two_thirds"


async def test_a_tie_adopts_nothing_whatever_the_abstentions(booth: Booth) -> None:
    poll = await booth.open(options="Yes; No", majority="simple", abstain=True)
    await cast(booth, poll, {"DK": YES, "CR": NO, "AU": NEITHER, "BE": NEITHER})
    message = await result(booth, poll)
    assert "is not adopted: 1 yes, 1 no is not a simple majority" in message.content


async def test_where_all_abstain_nothing_is_chosen(booth: Booth) -> None:
    poll = await booth.open(abstain=True)
    await cast(booth, poll, {"DK": NEITHER, "CR": NEITHER, "AU": NEITHER})
    message = await result(booth, poll)
    assert "nothing is chosen" in message.content
    assert (await booth.poll(poll)).turnout == 3


async def test_a_roll_call_names_who_abstained_and_an_abstention_can_be_replaced(booth: Booth) -> None:
    poll = await booth.open(secret=False, abstain=True)
    await cast(booth, poll, {"DK": NEITHER, "GH": NEITHER})
    await booth.vote(booth.server.members["GH"], poll, 2)
    card = embed_text((await result(booth, poll)).embeds[0])
    assert "Denmark: abstention" in card
    assert "Ghana: Law" in card


async def test_a_poll_that_takes_no_abstentions_offers_none(booth: Booth) -> None:
    poll = await booth.open()
    shown = await booth.ballot(booth.server.members["DK"], poll)
    abstaining = [id_ for id_ in ids_of(shown.response) if id_.startswith("pb:abstain:")]
    assert abstaining == []


async def test_a_majority_needs_yes_and_no(booth: Booth) -> None:
    for options in ({"options": "A; B; C"}, {"options": "A; B", "method": "approval"}):
        shown = await booth.create(majority="simple", **options)
        assert "two options" in said(shown)
