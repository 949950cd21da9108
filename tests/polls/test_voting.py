"""Each method and electorate, from *Vote* to the result, as delegations go through it, over restarts."""

from datetime import UTC, datetime, timedelta

from cogs.polls.counting import Count
from cogs.polls.published import digest
from storage.polls.models import Poll
from tests.polls.booth import Booth
from tests.world import embed_text, said

CLOSING = timedelta(hours=73)


async def result(booth: Booth, poll: Poll) -> Count:
    await booth.pass_time(CLOSING)
    closed = await booth.poll(poll)
    assert closed.state == "closed"
    assert closed.result is not None
    return Count.from_json(dict(closed.result))


async def test_a_single_choice_from_opening_to_result(booth: Booth) -> None:
    poll = await booth.open()
    members = booth.server.members
    first = await booth.vote(members["DK"], poll, 1)
    await booth.vote(members["GH"], poll, 2)
    second = await booth.vote(members["DK"], poll, 2)
    assert first != second
    assert f"2 of {booth.server.delegations} delegations" in embed_text(booth.message_of(poll).embeds[0])
    await booth.world.restart()
    await booth.vote(members["SE"], poll, 3)
    counted = await result(booth, poll)
    assert counted.totals == ((0,), (2,), (1,))
    shown = booth.public()[-1]
    assert "Law wins" in shown.content
    assert f"3 of {booth.server.delegations} delegations" in shown.content
    channel = booth.server.channels["general"]
    found = await members["DK"].slash(channel, "poll verify", receipt=second.lower())
    assert said(found).startswith("Counted")
    replaced = await members["DK"].slash(channel, "poll verify", receipt=first)
    assert said(replaced).startswith("Not counted")


async def test_the_result_has_a_chart_with_words_and_a_file_with_its_hash(booth: Booth) -> None:
    poll = await booth.open(method="approval", publish="ballots")
    for code in ("DK", "GH", "SE", "NL", "AU", "MX"):
        await booth.vote(booth.server.members[code], poll, 1, 3)
    await booth.pass_time(CLOSING)
    shown = booth.public()[-1]
    chart = next(a for a in shown.attachments if a.filename.endswith(".png"))
    assert (await chart.read()).startswith(b"\x89PNG")
    assert "Peace: approvals 6" in (chart.description or "")
    file = next(a for a in shown.attachments if a.filename.endswith(".json"))
    assert digest(await file.read()) in embed_text(shown.embeds[0])
    content = await booth.file_of(shown)
    assert [entry["choice"] for entry in content["ballots"]] == [[1, 3]] * 6
    assert [entry["receipt"] for entry in content["ballots"]] == content["receipts"]
    again = await booth.server.members["DK"].slash(booth.server.channels["general"], "poll results", poll=str(poll.id))
    assert digest(await file.read()) in said(again)


async def test_approvals_with_seats_are_chosen_in_proportion(booth: Booth) -> None:
    topics = await booth.topics("Atrocity prevention", "Courts", "Early warning", "Youth")
    asked = await booth.server.secretariat.slash(
        booth.server.channels["secretariat"], "topic poll", closes="in 72 hours", seats=2
    )
    await booth.server.secretariat.click(asked.response, label="Confirm")
    poll = await booth.latest()
    assert [option.topic_id for option in poll.plan.options] == topics
    for code in ("DK", "GH", "SE"):
        await booth.vote(booth.server.members[code], poll, 1, 2)
    for code in ("NL", "AU"):
        await booth.vote(booth.server.members[code], poll, 4)
    counted = await result(booth, poll)
    assert counted.winners == (1, 4)
    assert counted.steps[0].tied == (1, 2)
    shown = booth.public()[-1]
    assert "Atrocity prevention and Youth" in shown.content
    assert "comes first in the list" in embed_text(shown.embeds[0])


async def test_a_ranking_with_undo_and_move_up_over_a_restart(booth: Booth) -> None:
    poll = await booth.open(method="ranked")
    voter = booth.server.members["DK"]
    shown = await booth.ballot(voter, poll)
    for number in (1, 2, 3):
        await booth.mark(voter, shown, number)
    await voter.click(shown.response, label="Undo")
    await booth.world.restart()
    await voter.click(shown.response, label="Move up")
    assert "1. Law\n2. Peace" in embed_text(shown.response.embeds[0])
    await booth.mark(voter, shown, 3)
    await voter.click(shown.response, label="Start again")
    for number in (3, 2):
        await booth.mark(voter, shown, number)
    receipt = await booth.cast(voter, shown)
    for code in ("GH", "SE", "NL", "AU", "MX", "CR", "BE", "AR", "CH"):
        await booth.vote(booth.server.members[code], poll, 3, 1, 2)
    counted = await result(booth, poll)
    assert counted.places == ((3,), (1,), (2,))
    content = await booth.file_of(booth.public()[-1])
    assert "ballots" not in content
    assert receipt in content["receipts"]
    assert content["count"]["matrix"][2] == [10, 10, 0]
    assert "by Schulze's method" in booth.public()[-1].content


async def test_a_date_poll_in_the_voters_own_time(booth: Booth) -> None:
    options = "2026-02-03 15:00; 2026-02-01 15:00; 2026-02-02 09:00"
    poll = await booth.open(method="date", options=options, timezone="Brussels")
    assert [option.at for option in poll.plan.options] == [
        datetime(2026, 2, 1, 14, tzinfo=UTC),
        datetime(2026, 2, 2, 8, tzinfo=UTC),
        datetime(2026, 2, 3, 14, tzinfo=UTC),
    ]
    voter = booth.server.members["DK"]
    await voter.slash(booth.server.channels["general"], "settings timezone", zone="Sydney")
    shown = await booth.ballot(voter, poll)
    labels = [option["label"] for option in shown.response.components[0]["components"][0]["options"]]
    assert labels[0] == "2 February 2026, 01:00, Sydney"
    await booth.mark(voter, shown, 1, 2, which="yes")
    await booth.mark(voter, shown, 2, 3, which="maybe")
    text = embed_text(shown.response.embeds[0])
    assert [line.rsplit(" · ")[1] for line in text.splitlines() if "<t:" in line] == [
        "**yes**",
        "**if need be**",
        "**if need be**",
    ]
    await booth.cast(voter, shown)
    for code in ("GH", "SE"):
        other = await booth.ballot(booth.server.members[code], poll)
        await booth.mark(booth.server.members[code], other, 1, which="yes")
        await booth.cast(booth.server.members[code], other)
    counted = await result(booth, poll)
    assert counted.totals == ((3, 0, 0), (0, 1, 2), (0, 1, 2))
    assert counted.winners == (1,)


async def test_fifty_options_on_two_pages(booth: Booth) -> None:
    options = "\n".join(f"{n}. Topic number {n * 7}" for n in range(1, 51))
    for method in ("approval", "ranked"):
        poll = await booth.open(method=method, options=options)
        voter = booth.server.members["GH"]
        shown = await booth.ballot(voter, poll)
        if method == "approval":
            await booth.mark(voter, shown, 2, 3)
            second = [c["components"][0] for c in shown.response.components][1]
            await voter.select(shown.response, ["50"], custom_id=second["custom_id"])
        else:
            await booth.mark(voter, shown, 2)
            await booth.mark(voter, shown, 3)
            await voter.click(shown.response, label="Next ›")
            await booth.mark(voter, shown, 50)
        await booth.cast(voter, shown)
        [ballot] = await booth.world.bot.services.ballots.counted_ballots(poll.guild_id, poll.id)
        assert ballot.choice == (2, 3, 50)


async def test_members_vote_each_and_a_steering_group_for_itself(booth: Booth) -> None:
    channel = booth.server.channels["secretariat"]
    await booth.server.secretariat.slash(channel, "member steering", delegation="Denmark")
    steering = await booth.open(audience="steering", voters="members")
    assert steering.electorate == 1
    refused = await booth.ballot(booth.server.members["GH"], steering)
    assert "You have no ballot in this poll" in said(refused)
    await booth.vote(booth.server.members["DK"], steering, 1)
    region = await booth.open(audience="region", region="african")
    assert 0 < region.electorate < booth.server.delegations
    await booth.vote(booth.server.members["GH"], region, 1)
    refused = await booth.ballot(booth.server.members["DK"], region)
    assert "Your delegation has no ballot" in said(refused)


async def test_a_roll_call_says_so_first_and_names_the_votes_at_closing(booth: Booth) -> None:
    poll = await booth.open(secret=False)
    assert "Open vote (roll-call)" in embed_text(booth.message_of(poll).embeds[0])
    await booth.vote(booth.server.members["DK"], poll, 2)
    assert "Denmark" not in embed_text(booth.message_of(poll).embeds[0])
    await booth.pass_time(CLOSING)
    shown = booth.public()[-1]
    assert "Denmark: Law" in embed_text(shown.embeds[0])
    assert (await booth.file_of(shown))["ballots"][0]["voter"] == "DK"


async def test_few_ballots_give_totals_only(booth: Booth) -> None:
    poll = await booth.open(publish="ballots")
    for code in ("DK", "GH", "SE"):
        await booth.vote(booth.server.members[code], poll, 2)
    await booth.pass_time(CLOSING)
    content = await booth.file_of(booth.public()[-1])
    assert "ballots" not in content
    assert content["count"]["totals"] == [[0], [3], [0]]
    assert "So few voted" in embed_text(booth.public()[-1].embeds[0])


async def test_nobody_voted(booth: Booth) -> None:
    poll = await booth.open(quorum=2)
    counted = await result(booth, poll)
    assert counted.winners == ()
    assert "nobody voted" in booth.public()[-1].content
    assert "The quorum of 2 was not met." in booth.public()[-1].content


async def test_short_of_its_quorum_a_poll_decides_nothing(booth: Booth) -> None:
    poll = await booth.open(quorum=4)
    for code in ("DK", "GH", "SE"):
        await booth.vote(booth.server.members[code], poll, 2)
    await booth.pass_time(CLOSING)
    content = booth.public()[-1].content
    assert "has closed without its quorum of 4, so nothing is decided; in the lead: " in content
    assert "wins" not in content
