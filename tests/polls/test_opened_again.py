"""*Vote* pressed again: the ballot is marked as it was cast, for the person who cast it and for nobody else."""

import json
from typing import Any

import pytest

from tests.polls.booth import Booth
from tests.polls.test_entitlement import appoint
from tests.world import said


def chosen(shown: Any) -> list[tuple[str, list[int]]]:
    """Return the lists of an opened ballot, by the name in their ``custom_id``, and what each shows as chosen."""
    return [
        (item["custom_id"].split(":")[1], [int(one["value"]) for one in item["options"] if one.get("default")])
        for row in shown.response.components
        for item in row["components"]
        if "options" in item
    ]


@pytest.mark.parametrize("secret", [True, False])
@pytest.mark.parametrize(
    ("method", "cast", "lists"),
    [("single", (2,), [("pick", [2])]), ("approval", (1, 3), [("pick", [1, 3])])],
)
async def test_a_list_shows_what_was_cast(
    booth: Booth, method: str, cast: tuple[int, ...], lists: list[tuple[str, list[int]]], secret: bool
) -> None:
    poll = await booth.open(method=method, secret=secret)
    voter = booth.server.members["DK"]
    await booth.vote(voter, poll, *cast)
    await booth.world.restart()
    assert chosen(await booth.ballot(voter, poll)) == lists


async def test_dates_show_which_were_marked(booth: Booth) -> None:
    poll = await booth.open(
        method="date", options="12 March 2027 15:00; 13 March 2027 15:00; 14 March 2027 15:00", closes="in 72 hours"
    )
    voter = booth.server.members["DK"]
    await booth.vote(voter, poll, 1, 3)
    assert chosen(await booth.ballot(voter, poll)) == [("yes", [1, 3]), ("maybe", [])]


async def test_a_ranking_goes_on_from_where_it_was(booth: Booth) -> None:
    poll = await booth.open(method="ranked")
    voter = booth.server.members["DK"]
    await booth.vote(voter, poll, 3, 1)
    again = await booth.ballot(voter, poll)
    assert said(again).index("Early warning") < said(again).index("Peace")
    await voter.click(again.response, label="Move up")
    await booth.cast(voter, again)
    [ballot] = await booth.world.bot.services.ballots.counted_ballots(poll.guild_id, poll.id)
    assert ballot.choice == (1, 3)


async def test_the_ballot_of_a_colleague_is_not_shown(booth: Booth) -> None:
    poll = await booth.open()
    await booth.vote(booth.server.members["DK"], poll, 2)
    colleague = await appoint(booth, "DK", "colleague")
    shown = await booth.ballot(colleague, poll)
    assert chosen(shown) == [("pick", [])]
    assert "✓" not in said(shown)
    assert json.dumps(shown.response.components).count('"default": true') == 0


async def test_who_abstained_reads_so_and_finds_a_blank_ballot(booth: Booth) -> None:
    poll = await booth.open(abstain=True)
    voter = booth.server.members["DK"]
    first = await booth.ballot(voter, poll)
    await voter.click(first.response, label="Abstain")
    again = await booth.ballot(voter, poll)
    assert "you abstained" in said(again)
    assert chosen(again) == [("pick", [])]
