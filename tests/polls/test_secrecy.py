"""After closing, nothing that the bot keeps or says leads from a voter to a vote."""

import json
import logging
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cogs.polls.recount import recount
from storage.backups.copies import back_up
from storage.backups.export import export_network
from tests.people import Person
from tests.polls.booth import Booth
from tests.world import embed_text, said

VOTERS = ("DK", "GH", "SE", "NL", "AU", "MX")


def tables(path: Path) -> Iterator[tuple[str, sqlite3.Row]]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    try:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall():
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                yield name, row
    finally:
        connection.close()


@pytest.fixture
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


async def test_nothing_leads_from_a_voter_to_a_vote(
    booth: Booth, log: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    poll = await booth.open(options="Peaceable; Lawful; Early warning", question="Secret of all?")
    members = booth.server.members
    receipts: dict[str, str] = {}
    tokens: list[str] = []
    for n, code in enumerate(VOTERS):
        shown = await booth.ballot(members[code], poll)
        tokens.append(next(i for i in _ids(shown.response)).split(":")[5])
        await booth.mark(members[code], shown, n % 3 + 1)
        receipts[code] = await booth.cast(members[code], shown)
    path = booth.world.settings.database_path
    backup = tmp_path / "mid-poll.sqlite3"
    back_up(path, backup)
    mid = export_of(path, booth.server.id)
    rows = await booth.world.bot.services.database.fetch("SELECT sealed FROM elector WHERE sealed IS NOT NULL")
    keys: list[bytes] = [row["sealed"] for row in rows]
    assert len(keys) == len(VOTERS)
    assert len({len(sealed) for sealed in keys}) == 1
    await booth.pass_time(timedelta(hours=73))
    assert (await booth.poll(poll)).state == "closed"

    # What was sealed is gone from the file; the backup has it, without its key; and the ballots name nobody.
    people = {row["account_id"] for name, row in tables(path) if name == "person"} - {None}
    for file in (path, backup):
        for name, row in tables(file):
            assert name != "ballot_link"
            assert (file, name) == (backup, "elector") or not set(keys) & set(row), name
            if name == "ballot":
                assert set(row.keys()) == {"key", "guild_id", "poll_id", "receipt", "choice"}
                assert not people & set(row)

    # What is erased is erased: neither the file nor its log has a page that held the link.
    kept = {file.name: file.read_bytes() for file in path.parent.glob(f"{path.name}*") if file.is_file()}
    assert kept[f"{path.name}-wal"] == b"" or not any(key in kept[f"{path.name}-wal"] for key in keys)
    for token in tokens:
        assert not any(token.encode() in content for content in (*kept.values(), backup.read_bytes()))

    # Logs, audit, outbox and exports know that delegations voted, not how, and no receipt.
    spoken = log.text + mid + export_of(path, booth.server.id)
    spoken += str([tuple(row) for name, row in tables(path) if name != "ballot"])
    for receipt in receipts.values():
        assert receipt not in spoken
    for key in keys:
        assert key.hex() not in spoken
    assert "pb:" not in log.text


def _ids(message: object) -> list[str]:
    return [child["custom_id"] for row in message.components for child in row["components"]]  # type: ignore[attr-defined]


def export_of(path: Path, guild_id: int) -> str:
    return json.dumps(export_network(path, guild_id), default=str)


async def test_while_it_is_open_only_the_secretariat_sees_who_has_voted(booth: Booth) -> None:
    poll = await booth.open()
    await booth.vote(booth.server.members["DK"], poll, 1)
    channel = booth.server.channels["general"]

    async def results(actor: Person) -> str:
        return said(await actor.slash(channel, "poll results", poll=str(poll.id)))

    told = await results(booth.server.secretariat)
    assert "Voted (seen by the secretariat only)" in told
    assert "Denmark" in told
    seen = await results(booth.server.members["GH"])
    assert f"1 of {booth.server.delegations} delegations" in seen
    assert "Denmark" not in seen
    assert "Peace · " not in seen + told
    exported = await booth.server.secretariat.slash(channel, "poll export", poll=str(poll.id))
    [turnout] = exported.response.attachments
    lines = (await turnout.read()).decode("utf-8-sig").splitlines()
    assert lines[0] == "delegation,name,person,voted,able_to_vote"
    assert "DK,Denmark,,yes,yes" in lines
    assert len(lines) == 1 + booth.server.delegations
    refused = await booth.server.members["GH"].slash(channel, "poll export", poll=str(poll.id))
    assert "secretariat" in said(refused)


async def test_a_receipt_stands_alone_and_is_shown_to_who_cast_it_until_closing(booth: Booth) -> None:
    poll = await booth.open()
    voter = booth.server.members["DK"]
    receipt = await booth.vote(voter, poll, 2)
    again = await booth.ballot(voter, poll)
    assert "Your delegation has voted" in said(again)
    shown = await voter.click(again.response, label="Show receipt")
    assert receipt in said(shown)
    assert "Law" not in said(shown)
    await booth.pass_time(timedelta(hours=73))
    gone = await voter.click(again.response, label="Show receipt")
    assert "no longer knows" in said(gone)
    late = await voter.click(again.response, label="Cast ballot")
    assert "has closed" in said(late)


async def test_the_sentence_about_secrecy_is_said_before_voting(booth: Booth) -> None:
    poll = await booth.open()
    shown = embed_text(booth.message_of(poll).embeds[0])
    for fact in ("encrypted", "operator", "a copy of its whole folder made before closing", "receipt"):
        assert fact in shown


async def test_seats_filled_by_few_ballots_do_not_say_who_approves_what_together(booth: Booth) -> None:
    services, seat = booth.world.bot.services, booth.server.members["DK"]
    [held] = await services.members.appointments_of_account(booth.server.id, seat.id)
    async with services.transaction() as tx:
        for title in ("Courts", "Early warning", "Youth"):
            topic = await services.topics.propose(
                tx, booth.server.id, held.delegation_id, held.person_id, title, "global", "workshop"
            )
            await services.topics.decide(tx, booth.server.id, topic, ["proposed"], "listed")
    asked = await booth.server.secretariat.slash(
        booth.server.channels["secretariat"], "topic poll", closes="in 72 hours", seats=2
    )
    await booth.server.secretariat.click(asked.response, label="Confirm")
    poll = await booth.latest()
    await booth.vote(booth.server.members["DK"], poll, 1, 2)
    await booth.vote(booth.server.members["GH"], poll, 1, 2, 3)
    await booth.vote(booth.server.members["SE"], poll, 1, 2)
    await booth.pass_time(timedelta(hours=73))
    published = await booth.file_of(booth.public()[-1])
    assert [step["option"] for step in published["count"]["steps"]] == [1, 2]
    assert {step["score"] for step in published["count"]["steps"]} == {""}
    lines, right = recount(json.dumps(published).encode())
    assert right
    assert "seat 1: Courts" in lines
