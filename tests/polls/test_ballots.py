"""The box: who may put a ballot in, what replaces what, and what is left of it after closing."""

import sqlite3
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cogs.polls.methods.ballot_state import LETTERS
from cogs.polls.voting.ballot_paper import Paper, PaperButton, PaperSelect
from storage.audit import AuditRepository
from storage.backups.copies import back_up, restore
from storage.database import Database
from storage.members.members import MembersRepository
from storage.polls.ballots import BallotNotReplaceableError, BallotsRepository, NoBallotError, PollEndedError
from storage.polls.models import Cast, Elector, PollOption, PollPlan
from storage.polls.polls import PollsRepository

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
GUILD = 7
ZONE = "America/New_York"
ALICE, BOB, CAROL = 101, 102, 103
PLAN = PollPlan(
    "Which?", "single", (PollOption(1, "Peace"), PollOption(2, "Law")), NOW + timedelta(days=2), ZONE, publish="totals"
)


@dataclass
class Box:
    """A network with Denmark (Alice, and Bob until 1 January) and Ghana (Carol), and its polls."""

    path: Path
    database: Database
    denmark: Elector
    ghana: Elector

    @property
    def polls(self) -> PollsRepository:
        return PollsRepository(self.database)

    @property
    def ballots(self) -> BallotsRepository:
        return BallotsRepository(self.database)

    async def open(self, plan: PollPlan = PLAN) -> int:
        async with self.database.transaction(NOW) as tx:
            return await self.polls.open(tx, GUILD, plan, [self.denmark, self.ghana])

    async def open_unsealed(self) -> int:
        """Open a poll as an earlier version did, whose ballots are not sealed."""
        poll = await self.open()
        async with self.database.transaction(NOW) as tx:
            await tx.execute("UPDATE poll SET sealed = 0 WHERE id = ?", (poll,))
        return poll

    async def cast(
        self, poll: int, account: int, elector: Elector, choice: int, opened: str = "t", at: datetime = NOW
    ) -> Cast:
        async with self.database.transaction(at, account) as tx:
            return await self.ballots.cast(tx, GUILD, poll, elector, [choice], token=opened, zone=ZONE)

    async def choices(self, poll: int) -> list[int]:
        return sorted(b.choice[0] for b in await self.ballots.counted_ballots(GUILD, poll) if b.choice)

    async def close(self, poll: int) -> None:
        async with self.database.transaction(NOW) as tx:
            await self.polls.close(tx, GUILD, poll, {"ballots": 0}, "totals")
        await self.database.checkpoint()


@pytest.fixture
async def box(tmp_path: Path) -> AsyncIterator[Box]:
    path = tmp_path / "focalbot.sqlite3"
    database = await Database.open(path)
    members = MembersRepository(database)
    async with database.transaction(NOW) as tx:
        dk = await members.add_delegation(tx, GUILD, "DK", "state")
        gh = await members.add_delegation(tx, GUILD, "GH", "state")
        people = [await members.add_person(tx, GUILD, n, account_id=a) for n, a in (("A", ALICE), ("B", BOB))]
        carol = await members.add_person(tx, GUILD, "C", account_id=CAROL)
        start = date(2020, 1, 1)
        await members.appoint(tx, GUILD, dk, people[0], "focal_point", start)
        await members.appoint(tx, GUILD, dk, people[1], "alternate", start, date(2026, 1, 1))
        await members.appoint(tx, GUILD, gh, carol, "mission", start)
    box = Box(path, database, Elector(dk), Elector(gh))
    yield box
    await box.database.close()


async def test_a_delegation_has_one_ballot_which_a_colleague_may_replace(box: Box) -> None:
    poll = await box.open()
    first = await box.cast(poll, ALICE, box.denmark, 1)
    second = await box.cast(poll, BOB, box.denmark, 2)
    assert not first.changed
    assert second.changed
    assert first.receipt != second.receipt
    assert await box.choices(poll) == [2]
    assert await box.ballots.poll_of_receipt(GUILD, first.receipt) is None
    assert await box.ballots.poll_of_receipt(GUILD, second.receipt) == poll
    found = await box.polls.poll(GUILD, poll)
    assert found is not None
    assert (found.turnout, found.electorate) == (1, 2)


async def test_pressing_twice_is_casting_once(box: Box) -> None:
    poll = await box.open()
    first = await box.cast(poll, ALICE, box.denmark, 1)
    again = await box.cast(poll, ALICE, box.denmark, 1)
    assert again == Cast(first.receipt, changed=False, repeated=True)
    anew = await box.cast(poll, ALICE, box.denmark, 1, opened="another")
    assert anew.changed
    assert anew.receipt != first.receipt


async def test_a_term_that_has_ended_votes_no_more_and_its_ballot_stands(box: Box) -> None:
    poll = await box.open()
    last_minute = datetime(2026, 1, 2, 4, 59, tzinfo=UTC)  # still 1 January in New York
    await box.cast(poll, BOB, box.denmark, 1, at=last_minute)
    with pytest.raises(NoBallotError):
        await box.cast(poll, BOB, box.denmark, 2, at=last_minute + timedelta(minutes=1))
    assert await box.choices(poll) == [1]


async def test_nobody_votes_for_another_delegation(box: Box) -> None:
    poll = await box.open()
    for account, elector in ((CAROL, box.denmark), (ALICE, box.ghana), (999, box.denmark), (0, box.denmark)):
        with pytest.raises(NoBallotError):
            await box.cast(poll, account, elector, 1)


async def test_the_poll_of_another_network_takes_no_ballot(box: Box) -> None:
    poll = await box.open()
    with pytest.raises(PollEndedError):
        async with box.database.transaction(NOW, ALICE) as tx:
            await box.ballots.cast(tx, GUILD + 1, poll, box.denmark, [1], token="t", zone=ZONE)


async def test_the_database_decides_when_it_is_too_late(box: Box) -> None:
    poll = await box.open()
    await box.cast(poll, ALICE, box.denmark, 1, at=PLAN.closes_at - timedelta(seconds=1))
    with pytest.raises(PollEndedError):
        await box.cast(poll, CAROL, box.ghana, 1, at=PLAN.closes_at)
    await box.close(poll)
    with pytest.raises(PollEndedError):
        await box.cast(poll, CAROL, box.ghana, 1)


async def test_a_closed_poll_cannot_reopen(box: Box) -> None:
    poll = await box.open()
    await box.close(poll)
    with pytest.raises(sqlite3.IntegrityError, match="closed poll"):
        async with box.database.transaction(NOW) as tx:
            await tx.execute("UPDATE poll SET state = 'open', ended_at = NULL, result = NULL WHERE id = ?", (poll,))


async def test_closing_erases_the_link_and_the_choice_from_the_file_and_its_log(box: Box) -> None:
    poll = await box.open_unsealed()
    await box.cast(poll, ALICE, box.denmark, 1, opened="a-token-that-can-be-found")
    written = b"".join(p.read_bytes() for p in box.path.parent.glob("focalbot.sqlite3*") if p.is_file())
    assert b"a-token-that-can-be-found" in written
    rows = await box.database.fetch("SELECT ballot_key FROM ballot_link")
    key: bytes = rows[0]["ballot_key"]
    await box.close(poll)
    files = {p.name: p.read_bytes() for p in box.path.parent.glob("focalbot.sqlite3*") if p.is_file()}
    assert files["focalbot.sqlite3-wal"] == b""
    left = b"".join(files.values())
    assert b"a-token-that-can-be-found" not in left
    assert left.count(key) == 3  # the ballot and its two indices: nothing that names a voter
    [ballot] = await box.ballots.counted_ballots(GUILD, poll)
    assert ballot.choice is None


async def test_a_link_from_before_its_person_was_known_is_its_accounts(box: Box) -> None:
    poll = await box.open_unsealed()
    await box.cast(poll, ALICE, box.denmark, 1)
    async with box.database.transaction(NOW) as tx:
        await tx.execute("UPDATE ballot_link SET caster_id = 0", ())
    assert [(await box.ballots.own_votes(GUILD, poll, who, NOW.date()))[0].cast for who in (ALICE, BOB)] == [(1,), None]


async def test_a_roll_call_keeps_whose_ballot_it_is(box: Box) -> None:
    poll = await box.open(replace(PLAN, secret=False))
    await box.cast(poll, ALICE, box.denmark, 1)
    await box.close(poll)
    [ballot] = await box.ballots.counted_ballots(GUILD, poll)
    assert (ballot.choice, ballot.delegation_id) == ((1,), box.denmark.delegation_id)


async def test_no_copy_says_whose_ballot_it_is_and_after_a_restore_it_stands(box: Box) -> None:
    poll = await box.open_unsealed()
    cast = await box.cast(poll, ALICE, box.denmark, 1, opened="a-token-that-can-be-found")
    copy = box.path.with_name("copy.sqlite3")
    back_up(box.path, copy)
    assert b"a-token-that-can-be-found" not in copy.read_bytes()
    await box.database.close()
    restore(copy, box.path, datetime(2026, 11, 22, tzinfo=UTC))
    box.database = await Database.open(box.path)
    assert await box.choices(poll) == [1]
    assert await box.ballots.poll_of_receipt(GUILD, cast.receipt) == poll
    [own] = await box.ballots.own_votes(GUILD, poll, ALICE, NOW.date())
    assert own.elector.voted
    assert not own.can_change
    assert own.cast is None
    with pytest.raises(BallotNotReplaceableError):
        await box.cast(poll, ALICE, box.denmark, 2)
    assert (await box.cast(poll, CAROL, box.ghana, 2)).changed is False
    assert await box.choices(poll) == [1, 2]


async def test_the_audit_log_says_that_the_delegation_voted_and_no_more(box: Box) -> None:
    poll = await box.open()
    await box.cast(poll, ALICE, box.denmark, 1)
    await box.cast(poll, BOB, box.denmark, 2)
    entries, _ = await AuditRepository(box.database).page(GUILD, words="vote")
    assert {(e.action, e.subject, e.subject_id, e.account_id, e.fields, e.id, e.day) for e in entries} == {
        ("vote", "delegation", box.denmark.delegation_id, None, (), 0, NOW.date()),
        ("revote", "delegation", box.denmark.delegation_id, None, (), 0, NOW.date()),
    }
    assert await box.database.fetch("SELECT * FROM audit WHERE action LIKE '%vote'") == []


async def test_cancelling_leaves_no_ballot(box: Box) -> None:
    poll = await box.open()
    await box.cast(poll, ALICE, box.denmark, 1)
    async with box.database.transaction(NOW) as tx:
        assert await box.polls.cancel(tx, GUILD, poll)
    assert await box.ballots.counted_ballots(GUILD, poll) == []


def test_a_full_ranking_fits_a_button_whatever_the_ids() -> None:
    elector = Elector(217_000_000, 217_000_001)  # ids as they are after a restore
    paper = Paper(217_000_002, elector, "abcdef", LETTERS, page=1, moving=49)
    actions = ("cast", "undo", "up", "again", "prev", "next")
    parts = [PaperSelect("pick", *paper.kept()), *(PaperButton(action, *paper.kept()) for action in actions)]
    for part in parts:
        assert len(part.custom_id) <= 100
