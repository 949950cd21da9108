"""Who may vote is decided at the moment of casting: hand-overs, ended terms, double clicks, lateness, restores."""

import json
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from storage.backups.copies import back_up, restore
from storage.backups.export import export_network
from storage.outbox.states import OutboxState
from storage.polls.models import Poll
from tests.people import Person
from tests.polls.booth import RECEIPT, Booth, ids_of
from tests.world import said


async def appoint(booth: Booth, code: str, name: str) -> Person:
    """Let a second person speak for a delegation."""
    world = booth.world
    actor = world.add_member(booth.server, name)
    with world.as_bot():
        services = world.bot.services
        async with services.transaction() as tx:
            delegation = await services.members.delegation(booth.server.id, code)
            assert delegation is not None
            person = await services.members.add_person(tx, booth.server.id, name, account_id=actor.id)
            today = services.clock.today("America/New_York")
            await services.members.appoint(tx, booth.server.id, delegation.id, person, "adviser", today)
    return actor


async def end_term(booth: Booth, actor: Person) -> None:
    services = booth.world.bot.services
    with booth.world.as_bot():
        async with services.transaction() as tx:
            [post] = await services.members.appointments_of_account(booth.server.id, actor.id)
            yesterday = services.clock.today("America/New_York") - timedelta(days=1)
            await services.members.change_appointment(tx, booth.server.id, post.id, ends_on=yesterday)


async def counted_ballots(booth: Booth, poll: Poll) -> list[tuple[int, ...] | None]:
    return [b.choice for b in await booth.world.bot.services.ballots.counted_ballots(poll.guild_id, poll.id)]


async def test_the_outbox_does_not_tell_the_secretariat_when_a_delegation_voted(booth: Booth) -> None:
    poll = await booth.open()
    colleague = await appoint(booth, "DK", "colleague")
    await booth.vote(booth.server.members["DK"], poll, 1)
    rows = booth.world.bot.services.outbox.rows
    listed, total = await rows.page(booth.server.id, tuple(OutboxState), limit=100)
    assert "A colleague cast" in said(await colleague.slash(booth.server.channels["general"], "poll list"))
    assert [row for row in listed if row.kind == "voted"] == []
    assert total == len(listed) > 0
    assert (await rows.counts(booth.server.id)).get(OutboxState.NOTICE, 0) == 0


async def test_no_export_tells_at_which_minute_a_delegation_voted(booth: Booth) -> None:
    colleague = await appoint(booth, "DK", "colleague")
    await booth.pass_time(timedelta(hours=5, minutes=17))
    poll = await booth.open()
    await booth.vote(booth.server.members["DK"], poll, 1)
    rows = export_network(booth.world.settings.database_path, booth.server.id)["outbox"]
    assert "voted" not in {row["kind"] for row in rows}
    assert "opened" in {row["kind"] for row in rows}
    given = await colleague.slash(booth.server.channels["general"], "privacy export")
    messages = [m for m in (given.response, *given.followups) if m is not None]
    [file] = [a for m in messages for a in m.attachments if a.filename == "my-data.json"]
    [told] = [row for row in json.loads(await file.read())["held"]["outbox"] if row["kind"] == "voted"]
    now = booth.world.env.now().astimezone(ZoneInfo("America/New_York"))
    assert datetime.fromisoformat(told["due_at"]) == now.replace(hour=0, minute=0, second=0, microsecond=0)
    assert told["settled_at"] in (None, told["due_at"])


async def test_a_colleague_is_told_that_and_never_how_and_may_replace_it(booth: Booth) -> None:
    poll = await booth.open()
    first = booth.server.members["DK"]
    colleague = await appoint(booth, "DK", "colleague")
    receipt = await booth.vote(first, poll, 2)
    told = said(await colleague.slash(booth.server.channels["general"], "poll list"))
    assert "A colleague cast your delegation's ballot in “Which topic?”" in told
    assert "Law" not in told
    assert receipt not in told
    shown = await booth.ballot(colleague, poll)
    assert "Your delegation has voted" in said(shown)
    assert not any("Show receipt" in str(row) for row in shown.response.components)
    await booth.vote(colleague, poll, 3)
    assert await counted_ballots(booth, poll) == [(3,)]


async def test_a_hand_over_in_mid_poll(booth: Booth) -> None:
    poll = await booth.open()
    old = booth.server.members["DK"]
    await booth.vote(old, poll, 1)
    opened = await booth.ballot(old, poll)
    await booth.mark(old, opened, 2)
    new = await appoint(booth, "DK", "successor")
    await end_term(booth, old)
    refused = await old.click(opened.response, label="Cast ballot")
    assert "for members of the network" in said(refused)
    assert await counted_ballots(booth, poll) == [(1,)]
    await booth.world.restart()
    await booth.vote(new, poll, 3)
    assert await counted_ballots(booth, poll) == [(3,)]
    assert (await booth.poll(poll)).electorate == booth.server.delegations


async def test_a_vote_of_a_member_whose_term_ended_stands(booth: Booth) -> None:
    poll = await booth.open(voters="members")
    old = booth.server.members["DK"]
    for voter in (old, booth.server.members["GH"], booth.server.members["SE"]):
        await booth.vote(voter, poll, 1)
    new = await appoint(booth, "DK", "successor")
    await end_term(booth, old)
    refused = await booth.ballot(new, poll)
    assert "for those who were appointed when it opened" in said(refused)
    await booth.pass_time(timedelta(hours=73))
    assert "Peace wins" in booth.public()[-1].content


async def test_a_delegation_without_an_account_is_listed_as_unable_to_vote(booth: Booth) -> None:
    services = booth.world.bot.services
    with booth.world.as_bot():
        async with services.transaction() as tx:
            await services.members.add_delegation(tx, booth.server.id, "FR", "state")
    shown = await booth.create()
    assert "3 cannot vote yet because no account is linked: 🇫🇷 France" in said(shown)
    await booth.server.secretariat.click(shown.response, label="Confirm")
    poll = await booth.latest()
    assert poll.electorate == booth.server.delegations + len({"FR"})
    channel = booth.server.channels["secretariat"]
    told = said(await booth.server.secretariat.slash(channel, "poll results", poll=str(poll.id)))
    assert "Unable to vote: no linked account\n🇫🇷 France" in told


async def test_casting_twice_at_once_is_one_ballot_with_one_receipt(booth: Booth) -> None:
    poll = await booth.open()
    voter = booth.server.members["DK"]
    shown = await booth.ballot(voter, poll)
    await booth.mark(voter, shown, 2)
    token = next(i for i in ids_of(shown.response) if i.startswith("pb:cast:")).split(":")[5]
    first = await booth.cast(voter, shown)
    services = booth.world.bot.services
    electors = await services.ballots.own_votes(poll.guild_id, poll.id, voter.id, services.clock.today("UTC"))
    again = await _cast(booth, poll, voter.id, electors[0].elector, token)
    assert again.repeated
    person = await services.members.person_of_account(poll.guild_id, voter.id)
    assert person is not None
    delegation_id = electors[0].elector.delegation_id
    found = await services.ballots.own_receipt(poll.guild_id, poll.id, delegation_id, person.id, voter.id)
    assert again.receipt == found
    assert await counted_ballots(booth, poll) == [(2,)]
    assert RECEIPT.fullmatch(f"`{first}`")


async def _cast(booth, poll, account_id, elector, opened):
    services = booth.world.bot.services
    with booth.world.as_bot():
        async with services.transaction(account_id) as tx:
            return await services.ballots.cast(tx, poll.guild_id, poll.id, elector, [2], token=opened, zone="UTC")


async def test_a_ballot_opened_before_closing_and_cast_after_is_refused(booth: Booth) -> None:
    poll = await booth.open()
    voter = booth.server.members["DK"]
    shown = await booth.ballot(voter, poll)
    await booth.mark(voter, shown, 2)
    await booth.pass_time(timedelta(hours=72, seconds=1))
    refused = await voter.click(shown.response, label="Cast ballot")
    assert "has closed, so this ballot was not cast" in said(refused)
    assert await counted_ballots(booth, poll) == []


async def test_whoever_votes_again_too_late_reads_that_the_ballot_before_counts(booth: Booth) -> None:
    poll = await booth.open()
    voter = booth.server.members["DK"]
    await booth.vote(voter, poll, 1)
    for code in ("GH", "SE"):
        await booth.vote(booth.server.members[code], poll, 3)
    shown = await booth.ballot(voter, poll)
    await booth.mark(voter, shown, 2)
    await booth.pass_time(timedelta(hours=72, seconds=1))
    refused = await voter.click(shown.response, label="Cast ballot")
    assert "this ballot was not cast; a ballot cast earlier counts" in said(refused)
    results = await voter.slash(booth.server.channels["general"], "poll results", poll=str(poll.id))
    assert "Peace · 1 ballot" in said(results)


async def test_a_ballot_opened_before_the_poll_is_cancelled_is_refused_as_cancelled(booth: Booth) -> None:
    poll = await booth.open()
    voter, secretary = booth.server.members["DK"], booth.server.secretariat
    shown = await booth.ballot(voter, poll)
    await booth.mark(voter, shown, 2)
    asked = await secretary.slash(booth.server.channels["secretariat"], "poll cancel", poll=str(poll.id))
    await secretary.click(asked.response, label="Confirm")
    refused = await voter.click(shown.response, label="Cast ballot")
    assert "This poll was cancelled: nothing was counted." in said(refused)


async def test_after_a_restore_an_earlier_ballot_stands_and_it_is_said(booth: Booth) -> None:
    poll = await booth.open_unsealed()
    await booth.vote(booth.server.members["DK"], poll, 1)
    path = booth.world.settings.database_path
    copy = path.with_name("copy.sqlite3")
    back_up(path, copy)
    await booth.world.bot.close()
    restore(copy, path, datetime(2026, 11, 22, tzinfo=UTC))
    await booth.world.restart()
    refused = await booth.ballot(booth.server.members["DK"], poll)
    assert "it counts and cannot be changed" in said(refused)
    await booth.vote(booth.server.members["GH"], poll, 2)
    assert sorted(c or () for c in await counted_ballots(booth, poll)) == [(1,), (2,)]


async def test_no_line_tells_the_secretariat_when_a_delegation_voted(booth: Booth) -> None:
    poll = await booth.open()
    colleague = await appoint(booth, "DK", "colleague")
    world = booth.world
    async with world.bot.services.transaction() as tx:
        await world.bot.services.settings.change_account(tx, booth.server.id, colleague.id, channel="direct_message")
    world.env.inject_error("POST", "/channels/*/messages", status=403, code=50007)
    before = len(booth.server.channels["secretariat"].history())
    await booth.vote(booth.server.members["DK"], poll, 1)
    await booth.pass_time(timedelta(hours=20))
    told = await colleague.slash(booth.server.channels["general"], "poll list")
    assert "A colleague cast" in said(told), "it waited above the next answer"
    assert len(booth.server.channels["secretariat"].history()) == before
