"""Below which numbers what is published of a secret vote would give votes away: each floor at its edge."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from cogs.polls.counting import Ballot
from cogs.polls.methods import METHODS
from cogs.polls.recount import recount
from cogs.polls.rules import publishable, published_as
from cogs.polls.sentences import publication, small_electorate
from storage.polls.models import PollOption, PollPlan, Publish
from tests.polls.booth import Booth, ids_of
from tests.world import embed_text, said

PLAN = PollPlan(
    "Which?",
    "single",
    tuple(PollOption(n, text) for n, text in enumerate("ABC", 1)),
    datetime(2027, 1, 1, tzinfo=UTC),
    "UTC",
    publish="ballots",
)
CLOSING = timedelta(hours=73)


@pytest.mark.parametrize(
    ("electorate", "ballots", "published"),
    [(10, 5, "ballots"), (10, 4, "totals"), (9, 9, "totals"), (1, 1, "totals"), (63, 63, "ballots")],
)
def test_single_ballots_are_published_for_ten_voters_and_five_ballots(
    electorate: int, ballots: int, published: Publish
) -> None:
    assert published_as(PLAN, electorate, ballots) == published
    assert published_as(replace(PLAN, publish="totals"), electorate, ballots) == "totals"
    assert published_as(replace(PLAN, method="ranked"), electorate, ballots) == "totals"
    assert published_as(replace(PLAN, secret=False), electorate, ballots) == "ballots"


@pytest.mark.parametrize("method", ["single", "approval", "ranked"])
@pytest.mark.parametrize(("ballots", "has_result"), [(1, False), (2, False), (3, True)])
def test_a_result_is_published_from_three_secret_ballots_on(method: str, ballots: int, has_result: bool) -> None:
    cast: list[Ballot] = [(1,)] * ballots
    plan = replace(PLAN, method=method)
    kept = publishable(plan, METHODS[method].count(3, cast), "totals")
    assert (bool(kept.places), kept.ballots) == (has_result, ballots)
    assert bool(kept.totals or kept.matrix or kept.duels) == has_result
    open_vote = publishable(replace(plan, secret=False), METHODS[method].count(3, cast), "ballots")
    assert open_vote == METHODS[method].count(3, cast)


@pytest.mark.parametrize(("method", "has_result"), [("single", True), ("approval", True), ("ranked", False)])
def test_abstentions_hide_a_choice_but_nobodys_ranking(method: str, has_result: bool) -> None:
    cast: list[Ballot] = [(1,), (2,), ()]
    kept = publishable(replace(PLAN, method=method), METHODS[method].count(3, cast), "totals")
    assert bool(kept.places) is has_result


@pytest.mark.parametrize(("published", "scores"), [("ballots", ["3", "1"]), ("totals", ["", ""])])
def test_the_scores_of_seats_are_published_only_with_the_ballots(published: Publish, scores: list[str]) -> None:
    counted = METHODS["approval"].count(3, [(1, 2), (1, 2), (1, 3)], 2)
    plan = replace(PLAN, method="approval", seats=2)
    kept = publishable(plan, counted, published)
    assert [step.score for step in kept.steps] == scores
    assert (kept.places, kept.totals) == (counted.places, counted.totals)
    assert publishable(replace(plan, secret=False), counted, published) == counted


@pytest.mark.parametrize("method", ["single", "approval", "ranked", "date"])
def test_where_nobody_voted_nothing_is_hidden(method: str) -> None:
    counted = METHODS[method].count(3, [])
    assert publishable(replace(PLAN, method=method), counted, "totals") == counted


@pytest.mark.parametrize(("ballots", "has_figures"), [(3, False), (9, False), (10, True)])
def test_the_figures_of_duels_are_published_from_ten_rankings_on(ballots: int, has_figures: bool) -> None:
    counted = METHODS["ranked"].count(3, [(1, 2, 3)] * ballots)
    kept = publishable(replace(PLAN, method="ranked"), counted, "totals")
    assert kept.places == counted.places
    assert (bool(kept.matrix), bool(kept.duels)) == (has_figures, not has_figures)
    assert [[kept.duel(a, b) for b in (1, 2, 3)] for a in (1, 2, 3)] == [[0, 1, 1], [-1, 0, 1], [-1, -1, 0]]


@pytest.mark.parametrize(("electorate", "warned"), [(1, True), (9, True), (10, False)])
def test_fewer_than_ten_voters_are_warned_of_unanimity(electorate: int, warned: bool) -> None:
    assert (small_electorate(PLAN, electorate) is not None) == warned
    assert small_electorate(replace(PLAN, secret=False), electorate) is None


def test_each_floor_is_said_before_anybody_votes() -> None:
    said_of = {
        "ballots": {"ballots": 5, "fewest": 3},
        "totals": {"fewest": 3},
        "ranked": {"figures": 10, "fewest": 3},
    }
    plans = {
        "ballots": PLAN,
        "totals": replace(PLAN, publish="totals"),
        "ranked": replace(PLAN, method="ranked"),
    }
    for name, plan in plans.items():
        text = publication(plan, 20)
        assert text is not None
        assert text.values == said_of[name]


async def test_one_ballot_gives_the_turnout_alone_also_when_the_poll_is_closed_early(booth: Booth) -> None:
    poll = await booth.open(publish="ballots")
    await booth.vote(booth.server.members["DK"], poll, 2)
    secretariat, channel = booth.server.secretariat, booth.server.channels["secretariat"]
    asked = await secretariat.slash(channel, "poll close", poll=str(poll.id))
    await secretariat.click(asked.response, label="Confirm")
    await booth.pass_time(timedelta(minutes=1))
    message = booth.public()[-1]
    shown = message.content + embed_text(message.embeds[0])
    assert "without a result" in shown
    assert "1 ballot" not in shown
    assert not [a for a in message.attachments if a.filename.endswith(".png")]
    content = await booth.file_of(message)
    assert content["count"] == {"method": "single", "ballots": 1, "places": [], "totals": [], "matrix": [], "steps": []}
    lines, right = recount(json.dumps(content).encode())
    assert right, lines
    told = await secretariat.slash(channel, "poll results", poll=str(poll.id))
    assert "Law · 1" not in said(told)


async def test_a_steering_group_of_four_elects_its_chair_by_secret_ranked_vote(booth: Booth) -> None:
    services, server = booth.world.bot.services, booth.server
    group = ("DK", "GH", "CR", "AU")
    with booth.world.as_bot():
        async with services.transaction() as tx:
            for delegation in await services.members.delegations(server.id):
                if delegation.code in group:
                    await services.members.set_steering_term(tx, server.id, delegation.id, date(2025, 1, 1), None)
    poll = await booth.open(
        question="Who chairs the steering group?", method="ranked", audience="steering", options="Denmark; Ghana; Peru"
    )
    assert poll.electorate == 4
    assert "shows how everyone voted" in embed_text(booth.message_of(poll).embeds[0])
    for code, ranking in zip(group, ((2, 1, 3), (2, 3, 1), (1, 2, 3), (2, 1, 3)), strict=True):
        await booth.vote(server.members[code], poll, *ranking)
    await booth.pass_time(CLOSING)
    message = booth.public()[-1]
    assert "Ghana" in message.content
    content = await booth.file_of(message)
    assert content["count"]["places"] == [[2], [1], [3]]
    assert content["count"]["matrix"] == []
    assert content["count"]["duels"] == [[0, -1, 1], [1, 0, 1], [-1, -1, 0]]
    assert recount(json.dumps(content).encode())[1]
    assert [a for a in message.attachments if a.filename.endswith(".png")]


async def test_the_secretariat_is_warned_of_too_few_ballots_and_offered_what_to_do(booth: Booth) -> None:
    poll = await booth.open(closes="in 72 hours")
    channel, secretariat = booth.server.channels["secretariat"], booth.server.secretariat
    for code in ("DK", "GH"):
        await booth.vote(booth.server.members[code], poll, 1)
    await booth.pass_time(timedelta(hours=25))
    warnings = [m for m in channel.history() if f"poll:extend:{poll.id}" in ids_of(m)]
    assert len(warnings) == 1, "48 hours ahead"
    form = await secretariat.click(warnings[0], label="Extend")
    shown = await secretariat.submit_modal(form, {"closes": "in 5 days"})
    await secretariat.click(shown.response, label="Confirm")
    assert (await booth.poll(poll)).plan.closes_at > poll.plan.closes_at + timedelta(days=2)
    form = await secretariat.click(warnings[0], label="Ask again as an open vote")
    typed = {"question": "Which topic, openly?", "options": "Peace\nLaw", "closes": "in 2 days"}
    again = await secretariat.submit_modal(form, typed)
    await secretariat.click(again.response, label="Confirm")
    assert not (await booth.latest()).plan.secret
    await booth.vote(booth.server.members["SE"], poll, 1)
    await booth.pass_time(timedelta(days=6))
    assert len([m for m in channel.history() if f"poll:extend:{poll.id}" in ids_of(m)]) == 1, "three have voted"


async def test_closing_early_with_too_few_ballots_offers_the_other_ways(booth: Booth) -> None:
    poll = await booth.open()
    await booth.vote(booth.server.members["DK"], poll, 1)
    secretariat, channel = booth.server.secretariat, booth.server.channels["secretariat"]
    asked = await secretariat.slash(channel, "poll close", poll=str(poll.id))
    assert {f"poll:extend:{poll.id}", f"poll:openly:{poll.id}"} <= set(ids_of(asked.response))
    for code in ("GH", "SE"):
        await booth.vote(booth.server.members[code], poll, 1)
    asked = await secretariat.slash(channel, "poll close", poll=str(poll.id))
    assert f"poll:extend:{poll.id}" not in ids_of(asked.response)


@pytest.mark.parametrize(("group", "secret"), [(("DK", "GH"), False), (("DK", "GH", "CR"), True)])
async def test_one_or_two_cannot_vote_secretly_and_are_asked_to_vote_openly(
    booth: Booth, group: tuple[str, ...], secret: bool
) -> None:
    services, server = booth.world.bot.services, booth.server
    with booth.world.as_bot():
        async with services.transaction() as tx:
            for delegation in await services.members.delegations(server.id):
                if delegation.code in group:
                    await services.members.set_steering_term(tx, server.id, delegation.id, date(2025, 1, 1), None)
    shown = await booth.create(audience="steering")
    assert ("instead" in said(shown)) != secret
    await server.secretariat.click(shown.response, label="Confirm")
    assert (await booth.latest()).plan.secret == secret
