"""While a secret poll is open its ballots are sealed: no copies of the file say how anybody voted."""

import itertools
import shutil
import sqlite3
import struct
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.backups.copies import back_up
from storage.backups.export import export_network
from storage.polls.ballot_keys import KEY_BYTES, BallotKeys
from storage.polls.ballot_seal import MOST_NUMBERS, SealBrokenError, SealedBallot, seal, unseal
from storage.polls.models import Caster, Poll
from tests.polls.booth import Booth, ids_of
from tests.world import said

CHOICES = {"DK": 1, "GH": 2, "SE": 3, "NL": 1, "AU": 2, "MX": 3, "CR": 1, "BE": 2, "AR": 3, "CH": 1, "CZ": 2, "FI": 3}
CLOSING = timedelta(hours=73)
NIGHT = timedelta(hours=25)


def rows(path: Path, table: str) -> list[dict[str, Any]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        return [dict(row) for row in connection.execute(f'SELECT * FROM "{table}"')]


def tables(path: Path) -> dict[str, list[dict[str, Any]]]:
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return {name: rows(path, name) for name in names}


def keys_of(booth: Booth) -> BallotKeys:
    return BallotKeys(booth.world.settings.database_path)


async def test_three_copies_joined_on_every_column_find_nobody(booth: Booth, tmp_path: Path) -> None:
    path, voters = booth.world.settings.database_path, iter(CHOICES.items())
    poll = await booth.open(publish="ballots")
    copies = [tmp_path / name for name in ("early", "late", "published")]
    for code, choice in itertools.islice(voters, 1):
        await booth.vote(booth.server.members[code], poll, choice)
    back_up(path, copies[0])
    for code, choice in voters:
        await booth.vote(booth.server.members[code], poll, choice)
    back_up(path, copies[1])
    await booth.pass_time(CLOSING)
    back_up(path, copies[2])
    nobody_is_found_in(copies)


async def test_the_backups_that_the_bot_makes_by_itself_find_nobody_either(booth: Booth, tmp_path: Path) -> None:
    folder, voters = tmp_path / "backups", iter(CHOICES.items())
    folder.mkdir()
    booth.world.settings = booth.world.settings.model_copy(update={"backup_folder": folder})
    await booth.world.restart()
    poll = await booth.open(publish="ballots")
    key = keys_of(booth).key(booth.server.id, poll.id)
    assert key is not None
    copies: list[Path] = []
    for votes, span in ((1, NIGHT), (len(CHOICES), NIGHT), (0, CLOSING)):
        for code, choice in itertools.islice(voters, votes):
            await booth.vote(booth.server.members[code], poll, choice)
        await booth.pass_time(span)
        copies.append(max(folder.glob("*.sqlite3")))
    assert len(set(copies)) == len(copies)
    nobody_is_found_in(copies)
    for file in filter(Path.is_file, folder.rglob("*")):
        assert key not in file.read_bytes(), file.name


def nobody_is_found_in(copies: list[Path]) -> None:
    """Join an early copy, a late one and one made after the end on every column."""
    early, late, published = map(tables, copies)
    ballots = published["ballot"]
    assert len(ballots) == len(CHOICES)
    assert all(ballot["choice"] for ballot in ballots)
    values = {value for ballot in ballots for value in (ballot["key"], ballot["receipt"])}
    for copy in (early, late, {name: found for name, found in published.items() if name != "ballot"}):
        for name, found in copy.items():
            assert not values & {value for row in found for value in row.values()}, name
    # In no copy is there a ballot in the clear before closing, nor a sealed one after it.
    assert early["ballot"] == late["ballot"] == early["ballot_link"] == late["ballot_link"] == []
    assert [row["sealed"] for row in published["elector"]] == [None] * len(published["elector"])
    # The order in which the published ballots are kept is by chance, not that of the voters.
    in_order = [f"[{choice}]" for choice in CHOICES.values()]
    assert [ballot["choice"] for ballot in ballots] != in_order


async def test_no_choice_is_ever_written_where_only_totals_are_published(booth: Booth) -> None:
    poll = await booth.open()
    for code in ("DK", "GH", "SE"):
        await booth.vote(booth.server.members[code], poll, CHOICES[code])
    await booth.pass_time(CLOSING)
    ballots = rows(booth.world.settings.database_path, "ballot")
    assert [ballot["choice"] for ballot in ballots] == [None] * 3
    assert (await booth.poll(poll)).turnout == 3


async def test_the_key_goes_after_closing_and_not_before(booth: Booth) -> None:
    poll = await booth.open()
    other = await booth.open(question="Which other?", closes="in 200 hours")
    await booth.vote(booth.server.members["DK"], poll, 1)
    assert keys_of(booth).key(poll.guild_id, poll.id) is not None
    await booth.pass_time(CLOSING)
    assert keys_of(booth).key(poll.guild_id, poll.id) is None
    assert keys_of(booth).key(other.guild_id, other.id) is not None


async def test_a_process_that_ends_between_closing_and_destroying_the_key_destroys_it_at_its_next_start(
    booth: Booth,
) -> None:
    poll = await booth.open()
    await booth.vote(booth.server.members["DK"], poll, 1)
    path = keys_of(booth).folder / f"{poll.guild_id}-{poll.id}.key"
    kept = path.read_bytes()
    await booth.pass_time(CLOSING)
    path.write_bytes(kept)
    await booth.world.restart()
    assert not path.exists()
    assert (await booth.poll(poll)).state == "closed"


async def test_a_closing_that_does_not_commit_leaves_poll_key_and_ballots_as_they_were(booth: Booth) -> None:
    poll = await booth.open()
    await booth.vote(booth.server.members["DK"], poll, 2)
    services = booth.world.bot.services

    async def close_without_commit() -> None:
        async with services.transaction() as tx:
            ballots = await services.ballots.counted_ballots(poll.guild_id, poll.id, tx)
            await services.ballots.publish(tx, poll.guild_id, poll.id, ballots, with_choices=False)
            await services.polls.close(tx, poll.guild_id, poll.id, {"ballots": 1}, "totals")
            raise RuntimeError

    with booth.world.as_bot(), pytest.raises(RuntimeError):
        await close_without_commit()
    await booth.world.restart()
    assert [b.choice for b in await booth.world.bot.services.ballots.counted_ballots(poll.guild_id, poll.id)] == [(2,)]
    await booth.pass_time(CLOSING)
    assert (await booth.poll(poll)).turnout == 1


async def lose_the_key(booth: Booth) -> None:
    await booth.world.bot.close()
    shutil.rmtree(keys_of(booth).folder)
    await booth.world.restart()


async def test_a_poll_without_its_key_says_that_it_must_be_run_again(booth: Booth) -> None:
    poll = await booth.open()
    await booth.vote(booth.server.members["DK"], poll, 1)
    await lose_the_key(booth)
    await booth.pass_time(timedelta(minutes=1))
    ended = await booth.poll(poll)
    assert (ended.state, ended.key_lost) == ("cancelled", True)
    for channel in ("general", "secretariat"):
        assert any("must be run again" in m.content for m in booth.server.channels[channel].history()), channel
    channel = booth.server.channels["general"]
    shown = await booth.server.members["GH"].slash(channel, "poll results", poll=str(poll.id))
    assert "must be run again" in said(shown)
    assert not [i for m in booth.public() for i in ids_of(m) if i.startswith("poll:vote:")], "nobody can vote any more"


async def test_a_key_lost_while_the_bot_runs_ends_the_poll_at_the_next_ballot(booth: Booth) -> None:
    poll = await booth.open()
    await booth.vote(booth.server.members["DK"], poll, 1)
    shutil.rmtree(keys_of(booth).folder)
    refused = await booth.ballot(booth.server.members["GH"], poll)
    assert "must be run again" in said(refused)
    assert (await booth.poll(poll)).key_lost


async def test_a_sealed_ballot_is_nobody_elses(booth: Booth) -> None:
    poll = await booth.open()
    for code in ("DK", "GH"):
        await booth.vote(booth.server.members[code], poll, CHOICES[code])
    services = booth.world.bot.services
    first, second = [r for r in rows(booth.world.settings.database_path, "elector") if r["sealed"]]
    with booth.world.as_bot():
        async with services.transaction() as tx:
            for row, sealed in ((first, second["sealed"]), (second, first["sealed"])):
                await tx.execute(
                    "UPDATE elector SET sealed = ? WHERE poll_id = ? AND delegation_id = ?",
                    (sealed, poll.id, row["delegation_id"]),
                )
    await booth.pass_time(CLOSING)
    ended: Poll = await booth.poll(poll)
    assert (ended.state, ended.key_lost, ended.result) == ("cancelled", True, None)


def test_every_sealed_ballot_is_of_one_length_and_opens_under_its_own_key_and_elector_alone() -> None:
    key, elector = bytes(range(KEY_BYTES)), (1, 2, 3, 4)
    short = SealedBallot((1,), bytes(10), "t", Caster(4, 5))
    full = SealedBallot(tuple(range(1, MOST_NUMBERS + 1)), bytes(range(10)), "abcdef", Caster(2**62, 2**63))
    sealed = [seal(key, elector, ballot) for ballot in (short, full)]
    assert len(sealed[0]) == len(sealed[1])
    assert [unseal(key, elector, one) for one in sealed] == [short, full]
    assert seal(key, elector, short) != sealed[0]
    for other_key, other in ((bytes(KEY_BYTES), elector), (key, (1, 2, 3, 5)), (key, (1, 3, 3, 4))):
        with pytest.raises(SealBrokenError):
            unseal(other_key, other, sealed[0])


def test_a_ballot_that_was_sealed_without_its_person_opens_and_is_its_accounts() -> None:
    key, elector = bytes(range(KEY_BYTES)), (1, 2, 3, 4)
    landed = struct.pack(">B50s10sB32sQ", 2, bytes((3, 1)), bytes(range(10)), 6, b"abcdef", 77)
    nonce = bytes(12)
    sealed = nonce + AESGCM(key).encrypt(nonce, landed, struct.pack(">4Q", *elector))
    ballot = unseal(key, elector, sealed)
    assert ballot == SealedBallot((3, 1), bytes(range(10)), "abcdef", Caster(0, 77))
    assert len(sealed) == len(seal(key, elector, replace(ballot, caster=Caster(5, 77))))
    assert [ballot.caster.is_same(5, account) for account in (77, 78)] == [True, False]


async def test_the_audit_log_and_an_export_are_the_same_whoever_voted_first(booth: Booth) -> None:
    poll = await booth.open()
    for code in ("GH", "DK"):
        await booth.vote(booth.server.members[code], poll, CHOICES[code])
        # A line with its hour between the two, which would give an order away.
        await booth.server.secretariat.slash(
            booth.server.channels["secretariat"], "member name", delegation="CZ", language="en", name=f"After {code}"
        )
        await booth.pass_time(timedelta(hours=1))
    log = said(await booth.server.secretariat.slash(booth.server.channels["secretariat"], "audit", what="vote"))
    lines = [line for line in log.splitlines() if line.endswith("voted")]
    assert len(lines) == 2
    assert not any("<t:" in line or "<@" in line for line in lines)
    exported = export_network(booth.world.settings.database_path, booth.server.id)
    days = exported["secret_vote_day"]
    seats = [int(str(row["delegation_id"])) for row in days]
    assert seats == sorted(seats)
    assert all(set(row) == {"guild_id", "day", "delegation_id", "action"} for row in days)
    assert all("sealed" not in row for row in exported["elector"])
