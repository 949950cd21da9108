"""Secrecy tried as an attacker would: with files of three moments, as secretariat, as member; over all methods."""

import itertools
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from cogs.outbox.sentences import ListName
from cogs.polls.published import written_receipt
from tests.chat import chatting
from tests.people import Person
from tests.polls.booth import BALLOTS, Booth
from tests.polls.test_sealed import CLOSING, tables
from tests.world import said

VOTERS = ("DK", "GH", "SE", "NL", "AU", "MX", "CR", "BE", "AR", "CH", "CZ", "FI")


def stolen(booth: Booth, folder: Path) -> Path:
    """Copy the database and its write-ahead log as they lie there: not as the bot's own backups do, which are anew."""
    folder.mkdir()
    path = booth.world.settings.database_path
    for file in path.parent.glob(f"{path.name}*"):
        if file.is_file():
            shutil.copy(file, folder)
    return folder / path.name


def words_of(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in path.parent.iterdir())


async def open_poll(booth: Booth, method: str, **options: Any) -> Any:
    return await booth.open(method=method, publish="ballots", **options)


async def seen_by(booth: Booth, actor: Person, poll: Any) -> str:
    """Return what every command that touches polls or messages says to somebody, and the bot to their own words."""
    channel = booth.server.channels["general"]
    shown = [await actor.slash(channel, "poll results", poll=str(poll.id))]
    shown += [await actor.slash(channel, name) for name in ("poll list", "pending", "help")]
    if actor is booth.server.secretariat:
        shown += [await actor.slash(channel, "outbox list", state=which) for which in get_args(ListName)]
        shown += [await actor.slash(channel, name) for name in ("outbox unreached", "member overview")]
    asked = await chatting.write(actor, "what are the results of the poll?")
    return "\n".join([*map(said, shown), chatting.shown(asked)])


@pytest.mark.parametrize("method", BALLOTS)
async def test_three_stolen_files_and_all_that_was_published_lead_from_no_voter_to_a_ballot(
    booth: Booth, method: str, tmp_path: Path
) -> None:
    choices: dict[str, tuple[int, ...]] = dict(zip(VOTERS, itertools.cycle(BALLOTS[method]), strict=False))
    poll = await open_poll(booth, method)
    replaced: list[str] = []
    first_voter, *others = choices
    receipts = {first_voter: await booth.vote(booth.server.members[first_voter], poll, *choices[first_voter])}
    early = stolen(booth, tmp_path / "early")
    for code in others:
        receipts[code] = await booth.vote(booth.server.members[code], poll, *choices[code])
    for code in ("DK", "SE"):
        replaced.append(receipts[code])
        receipts[code] = await booth.vote(booth.server.members[code], poll, *choices[code])
    late = stolen(booth, tmp_path / "late")
    await booth.pass_time(CLOSING)
    end = stolen(booth, tmp_path / "end")

    published = tables(end)["ballot"]
    assert len(published) == len(VOTERS)
    # Joined on every column of every table, two moments with the third and the third with itself.
    for path in (early, late, end):
        for name, rows in tables(path).items():
            if name == "ballot" and path == end:
                continue
            known = {value for row in rows for value in row.values() if isinstance(value, str | bytes) and value}
            for ballot in published:
                for value in (ballot["key"], ballot["receipt"], written_receipt(ballot["receipt"])):
                    assert value not in known, name
    # In the bytes of the files themselves, free pages and log included.
    sealed = {row["sealed"] for path in (early, late) for row in tables(path)["elector"] if row["sealed"]}
    assert len({len(value) for value in sealed}) == 1
    for path in (early, late):
        whole = words_of(path)
        assert not [b for b in published if b["receipt"] in whole or b["key"] in whole]
    assert not [value for value in sealed if value in words_of(end)]
    # The ballots lie and are published in an order that is not the voters' (12! orders).
    in_order = [receipts[code] for code in choices]
    assert [written_receipt(b["receipt"]) for b in published] != in_order
    document = await booth.file_of(booth.public()[-1])
    written = [ballot["receipt"] for ballot in document["ballots"]] if "ballots" in document else document["receipts"]
    assert written == sorted(written)
    assert not set(replaced) & set(written)
    assert set(written) == set(receipts.values())
    # What a sealed ballot was replaced by is told by no length, nor by what it was sealed with.
    first, second = (
        {(r["delegation_id"], r["sealed"]) for r in tables(path)["elector"] if r["sealed"]} for path in (early, late)
    )
    assert not first & second, "the one ballot of the early file was replaced"


@pytest.mark.parametrize("method", BALLOTS)
async def test_neither_secretariat_nor_member_sees_more_of_a_ballot_than_that_it_was_cast(
    booth: Booth, method: str
) -> None:
    """Two ballots that differ leave the same before everybody: of each method, seen before and after each."""
    poll = await open_poll(booth, method)
    member, office = booth.server.members["GH"], booth.server.secretariat
    first, other, *_ = BALLOTS[method]
    for actor in (member, office):
        await seen_by(booth, actor, poll)  # notices and the question about messages come with a first answer
    shown: list[tuple[str, str, str]] = []
    for choice in (first, other, first):
        await booth.vote(booth.server.members["DK"], poll, *choice)
        card = str([embed.to_dict() for embed in booth.message_of(poll).embeds])
        shown.append((await seen_by(booth, member, poll), await seen_by(booth, office, poll), card))
    assert shown[0] == shown[1] == shown[2]
    given = await office.slash(booth.server.channels["secretariat"], "poll export", poll=str(poll.id))
    [turnout] = given.response.attachments
    assert (await turnout.read()).decode("utf-8-sig").splitlines()[0] == "delegation,name,person,voted,able_to_vote"


@pytest.mark.parametrize("method", BALLOTS)
async def test_four_voters_who_all_agree_and_three_who_do_not_publish_no_single_ballot(
    booth: Booth, method: str
) -> None:
    services = booth.world.bot.services
    members = booth.server.members
    with booth.world.as_bot():
        async with services.transaction() as tx:
            for code in VOTERS[:4]:
                delegation = await services.members.delegation(booth.server.id, code)
                assert delegation is not None
                await services.members.set_steering_term(tx, booth.server.id, delegation.id, date(2025, 1, 1), None)
    poll = await open_poll(booth, method, audience="steering")
    for code, choice in zip(VOTERS[:4], itertools.cycle(BALLOTS[method]), strict=False):
        await booth.vote(members[code], poll, *choice)
    await booth.pass_time(CLOSING)
    document = await booth.file_of(booth.public()[-1])
    assert "ballots" not in document
    with closing(sqlite3.connect(booth.world.settings.database_path)) as connection:
        assert {row[0] for row in connection.execute("SELECT choice FROM ballot")} == {None}
    assert len(document["receipts"]) == 4
    assert "[[" not in json.dumps(document.get("duels", ""))
