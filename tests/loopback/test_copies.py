"""A copy of the database knows that it is one, takes over, and what ran before gives way."""

# ruff: noqa: ASYNC110 - what is waited for happens in other processes

import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path

import pytest

from bot.outbox import ANNOUNCEMENTS, MEMBERS, PEOPLE, person
from bot.run import SUPERSEDED
from storage.takeover.identity import is_copy
from tests.loopback.clock import PacedClock
from tests.loopback.focalbot import FocalbotWorkload
from tests.loopback.notes import NAME as NOTE
from tests.loopback.notes import SENTENCE
from tests.loopback.process import BotProcess
from tests.loopback.server import LoopbackDiscord
from tests.loopback.workload import judge
from tests.patience import ELSEWHERE

TUESDAY = datetime(2027, 3, 9, 10, 50, tzinfo=UTC)
"""Working hours from Halifax to Kolkata."""
PACE = 60.0


@dataclass
class Network:
    """A network on the loopback Discord, with the bot of machine A and its database."""

    discord: LoopbackDiscord
    workload: FocalbotWorkload
    folder: Path

    def machine(self, name: str) -> Path:
        """Return where the machine keeps its database."""
        path = self.folder / name / "focalbot.sqlite3"
        path.parent.mkdir(exist_ok=True)
        return path

    def bot(self, name: str, *words: str) -> BotProcess:
        bot = BotProcess(self.discord, self.machine(name), *(words or ("run",)))
        bot.environment |= self.workload.environment
        return bot

    async def note(self, name: str, target: str = ANNOUNCEMENTS, account_id: int | None = None) -> str:
        """Owe a note on a machine whose bot does not run; ``account_id``: somebody asks for it (None: the bot)."""
        async with self.workload.services(self.machine(name)) as services, services.transaction(account_id) as tx:
            tx.unaudited_by_design()
            people = [one.person_id for one in self.workload.appointees[2:6]]
            return await self.workload.ask(services, tx, target, people if target == PEOPLE else None)

    def copy(self, source: str, target: str) -> None:
        """Copy the database alone, as ``cp`` does, with its log."""
        for suffix in ("", "-wal"):
            path = self.machine(source).with_name(f"focalbot.sqlite3{suffix}")
            if path.exists():
                shutil.copyfile(path, self.machine(target).with_name(path.name))

    def said(self, channel: str, part: str) -> list[str]:
        return [m.content for m in self.discord.messages(self.workload.channels[channel]) if part in m.content]

    def generation(self, name: str) -> int:
        return self._noted(name, "generation")

    def copied_at(self, name: str) -> datetime:
        """Return until when a bot ran on what the file of a machine is a copy of."""
        return datetime.fromtimestamp(self._noted(name, "copied_at"), UTC)

    def _noted(self, name: str, column: str) -> int:
        with closing(sqlite3.connect(self.machine(name))) as connection:
            return connection.execute(f"SELECT {column} FROM database_file").fetchone()[0]

    async def settled(self, name: str) -> None:
        """Wait until nothing is open that this machine owes within the next minutes."""
        async with asyncio.timeout(ELSEWHERE):
            while self._open(name):
                await asyncio.sleep(0.1)

    def _open(self, name: str) -> int:
        soon = int((self.discord.clock.now() + timedelta(minutes=5)).timestamp())
        with closing(sqlite3.connect(self.machine(name))) as connection:
            return connection.execute(
                "SELECT count(*) FROM outbox WHERE state IN ('pending', 'sending', 'withdrawing') AND wake_at < ?",
                (soon,),
            ).fetchone()[0]


@pytest.fixture
async def network(tmp_path: Path) -> AsyncIterator[Network]:
    async with LoopbackDiscord(PacedClock.starting(TUESDAY, PACE)) as discord:
        network = Network(discord, FocalbotWorkload(), tmp_path)
        network.workload.furnish(discord, network.machine("A"))
        async with network.workload.services(network.machine("A")):
            pass
        yield network


async def run_until_settled(network: Network, name: str, *words: str) -> None:
    async with network.bot(name, *words) as bot:
        await bot.ready()
        await network.settled(name)
        assert await bot.stop() == 0


async def test_the_file_that_ran_here_is_no_copy_however_its_bot_ended(network: Network) -> None:
    database = network.machine("A")
    assert not is_copy(database), "no bot has run on it"
    for _ in range(3):
        async with network.bot("A") as bot:
            await bot.ready()
            await bot.kill()
        assert not is_copy(database)
    assert network.generation("A") == 0
    assert network.said("secretariat", "copy of its database") == []


async def test_what_the_lost_file_sent_is_not_sent_again_and_what_it_took_with_it_is_named(network: Network) -> None:
    await network.note("A")
    await network.note("A", PEOPLE)
    network.copy("A", "B")
    await run_until_settled(network, "A")
    lost = await network.note("A")
    await run_until_settled(network, "A")
    network.workload.expected.discard(f"note {lost.removeprefix('Note ')} to {ANNOUNCEMENTS}")
    _pretend_it_ran(network.machine("B"), network.machine("A"))
    await run_until_settled(network, "B")
    verdict = judge(network.workload.books(network.machine("B")), network.discord.world.messages, network.workload)
    assert verdict.twice == verdict.lost == verdict.denied == ()
    assert [name for name in verdict.unowed if name.startswith("note")] == [
        f"note {lost.removeprefix('Note ')} to {ANNOUNCEMENTS}"
    ]
    (named,) = [
        m
        for m in network.discord.messages(network.workload.channels["secretariat"])
        if "time that was lost" in m.content
    ]
    (message,) = [m for m in network.discord.world.messages if m.content == lost]
    assert named.embeds[0]["description"].endswith(f"{message.channel.id}/{message.id}")


async def test_what_discord_stores_for_the_lost_file_after_the_copy_has_taken_over_is_not_sent_again(
    network: Network,
) -> None:
    sentence = await network.note("A")
    network.copy("A", "B")
    network.discord.store.honour_nonces = False
    channel = network.workload.channels[ANNOUNCEMENTS]
    dead = asyncio.Event()
    network.discord.faults.delay("POST", rf"/channels/{channel.id}/messages", 280 / PACE, not_before=dead)
    async with network.bot("A") as old:
        await old.ready()
        late = await network.discord.arrived("POST", f"/channels/{channel.id}/messages")
        await old.kill()
    dead.set()
    _pretend_it_ran(network.machine("B"), network.machine("A"))
    async with network.bot("B") as new:
        await new.ready()
        async with asyncio.timeout(ELSEWHERE):
            while late.status != HTTPStatus.OK:
                await asyncio.sleep(0.1)
        await network.settled("B")
        assert await new.stop() == 0
    assert network.said(ANNOUNCEMENTS, sentence) == [sentence]


async def test_what_the_lost_file_sent_is_found_in_a_channel_that_only_it_knew(network: Network) -> None:
    await network.note("A", MEMBERS)
    network.copy("A", "B")
    new = network.discord.add_channel(network.workload.guild, "new")
    network.workload.secretariat.names[new.id] = MEMBERS
    async with network.workload.services(network.machine("A")) as services, services.transaction() as tx:
        await services.settings.change_network(tx, network.workload.guild.id, members_channel_id=new.id)
    await run_until_settled(network, "A")
    _pretend_it_ran(network.machine("B"), network.machine("A"))
    await run_until_settled(network, "B")
    verdict = judge(network.workload.books(network.machine("B")), network.discord.world.messages, network.workload)
    assert (verdict.twice, verdict.lost, verdict.denied) == ((), (), ())
    (found,) = network.discord.messages(new)
    assert found.payload["edited_timestamp"] is not None, "the copy may know something else than the lost file did"


async def test_what_the_lost_file_sent_is_booked_also_where_it_is_too_late_to_send_it(network: Network) -> None:
    until = network.discord.clock.now() + timedelta(minutes=15)
    to_one = person(network.workload.appointees[3].person_id)
    async with network.workload.services(network.machine("A")) as services, services.transaction() as tx:
        for target in (ANNOUNCEMENTS, to_one):
            await network.workload.ask(services, tx, target, ends=until - network.discord.clock.now())
    network.copy("A", "B")
    await run_until_settled(network, "A")
    assert len([m for m in network.discord.world.messages if m.content.startswith(SENTENCE)]) == 2
    _pretend_it_ran(network.machine("B"), network.machine("A"))
    while network.discord.clock.now() <= until:
        await asyncio.sleep(0.1)
    await run_until_settled(network, "B")
    verdict = judge(network.workload.books(network.machine("B")), network.discord.world.messages, network.workload)
    assert (verdict.denied, verdict.twice, verdict.sent) == ((), (), 2 + len(network.said("secretariat", "time that")))


async def test_what_the_lost_file_sent_and_the_copy_calls_off_is_named(network: Network) -> None:
    note = await network.note("A")
    network.copy("A", "B")
    await run_until_settled(network, "A")
    _pretend_it_ran(network.machine("B"), network.machine("A"))
    async with network.workload.services(network.machine("B")) as services, services.transaction() as tx:
        assert await services.outbox.cancel(tx, network.workload.guild.id, NOTE, int(note.removeprefix(SENTENCE))) == 1
    await run_until_settled(network, "B")
    (message,) = [m for m in network.discord.world.messages if m.content == note]
    assert f"{message.channel.id}/{message.id}" in _lost_list(network)


async def test_all_that_is_lost_is_named_however_much_it_is(network: Network) -> None:
    network.copy("A", "B")
    await run_until_settled(network, "A")
    for _ in range(25):
        await network.note("A")
    await run_until_settled(network, "A")
    network.workload.expected.clear()
    _pretend_it_ran(network.machine("B"), network.machine("A"))
    await run_until_settled(network, "B")
    (named,) = [m for m in network.discord.world.messages if "time that was lost" in m.content]
    (attached,) = named.payload["attachments"]
    listed = _lost_list(network) + network.discord.world.files[attached["url"]].decode()
    lost = [m for m in network.discord.world.messages if m.content.startswith(SENTENCE)]
    assert len(lost) == 25
    assert all(f"{m.channel.id}/{m.id}" in listed for m in lost)


def _lost_list(network: Network) -> str:
    (named,) = [m for m in network.discord.world.messages if "time that was lost" in m.content]
    return "".join(embed["description"] for embed in named.embeds)


async def test_what_somebody_asks_for_again_is_sent_again(network: Network) -> None:
    """Tried before: it took the nonce of the lost message, was booked as sent and never announced."""
    await run_until_settled(network, "A")
    network.copy("A", "B")
    lost = await network.note("A", account_id=1)
    await run_until_settled(network, "A")
    network.workload._notes -= 1
    network.workload.expected.clear()
    await run_until_settled(network, "B")
    again = await network.note("B", account_id=1)
    assert again == lost, "the key is the same"
    await run_until_settled(network, "B")
    assert len([m for m in network.discord.world.messages if m.content == lost]) == 2


async def test_whoever_ran_before_gives_way_while_it_runs(network: Network) -> None:
    await run_until_settled(network, "A")
    network.copy("A", "B")
    async with network.bot("A") as old:
        await old.ready()
        async with network.bot("B") as new:
            assert await old.wait() == SUPERSEDED
            await new.ready()
            asked = await network.discord.slash(
                network.workload.secretariat.member, network.workload.channels["secretariat"], "outbox list"
            )
            assert asked.message is not None
            assert await new.stop() == 0
    assert "another bot has taken over" in old.stderr
    assert "Traceback" not in old.stderr


async def test_whoever_ran_before_does_not_start_again(network: Network) -> None:
    await run_until_settled(network, "A")
    network.copy("A", "B")
    await run_until_settled(network, "B")
    posts = len(network.discord.world.messages)
    syncs = network.discord.command_syncs
    await network.note("A")
    for _ in range(2):
        async with network.bot("A") as old:
            assert await old.wait() == SUPERSEDED
        assert "run --take-over" in old.stderr.splitlines()[-1]
    assert len(network.discord.world.messages) == posts
    assert network.discord.command_syncs == syncs
    await run_until_settled(network, "A", "run", "--take-over")
    async with network.bot("B") as new:
        assert await new.wait() == SUPERSEDED
    # One more than the copy's, or more: a claim whose answer was late is posted again, as the next generation.
    assert network.generation("A") > network.generation("B") >= 1


async def test_whoever_ran_for_less_than_a_minute_finds_a_claim_that_is_older_too(network: Network) -> None:
    async with network.bot("A") as old:
        await old.ready()
        await old.kill()
    ran_until = network.discord.clock.now()
    network.copy("A", "B")
    await run_until_settled(network, "B")
    later = network.discord.clock.now() + timedelta(minutes=15)
    while network.discord.clock.now() < later:
        await asyncio.sleep(0.1)
    async with network.bot("A") as old:
        assert await old.wait() == SUPERSEDED
    # A start that gives way is no time in which it ran: what is lost, and the claim, are looked for from before it.
    await run_until_settled(network, "A", "run", "--take-over")
    assert network.generation("A") > network.generation("B")
    assert network.copied_at("A") <= ran_until
    async with network.bot("B") as new:
        assert await new.wait() == SUPERSEDED


async def test_of_two_copies_the_second_to_start_goes_on(network: Network) -> None:
    await run_until_settled(network, "A")
    network.copy("A", "B")
    network.copy("A", "C")
    async with network.bot("B") as second:
        await second.ready()
        async with network.bot("C") as third:
            await third.ready()
            assert await second.wait() == SUPERSEDED
            assert await third.stop() == 0
    assert 1 <= network.generation("B") < network.generation("C")


async def test_without_a_channel_to_say_so_in_a_copy_asks_first(network: Network) -> None:
    await run_until_settled(network, "A")
    network.copy("A", "B")
    network.workload.channels["secretariat"].deleted = True
    async with network.bot("B") as new:
        assert await new.wait() == SUPERSEDED
    (line,) = [line for line in new.stderr.splitlines() if line.startswith("focalbot: ")]
    assert "run --take-over" in line
    posts = [r for r in network.discord.requests if r.method == "POST" and r.path.endswith("/messages")]
    assert all(r.status >= 400 for r in posts if r.path.startswith(f"/channels/{_id(network)}"))
    async with network.bot("B", "run", "--take-over") as new:
        await new.ready()
        assert await new.stop() == 0
    assert network.generation("B") == 1


async def test_a_claim_that_somebody_deletes_is_posted_again(network: Network) -> None:
    await run_until_settled(network, "A")
    network.copy("A", "B")
    async with network.bot("B") as new:
        await new.ready()
        (claim,) = [m for m in network.discord.world.messages if m.custom_ids()[:1] and _is_claim(m)]
        claim.deleted = True
        async with asyncio.timeout(ELSEWHERE):
            while not [m for m in network.discord.world.messages if _is_claim(m) and not m.deleted]:
                await asyncio.sleep(0.1)
        assert await new.stop() == 0
    async with network.bot("A") as old:
        assert await old.wait() == SUPERSEDED


def _is_claim(message) -> bool:
    return any(name.startswith("generation:") for name in message.custom_ids())


def _id(network: Network) -> int:
    return network.workload.channels["secretariat"].id


def _pretend_it_ran(copy: Path, original: Path) -> None:
    """Give a copy that was made before the first start the mark that it would have had after."""
    with closing(sqlite3.connect(original)) as connection:
        mark, alive_at = connection.execute("SELECT mark, alive_at FROM database_file").fetchone()
    with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
        earlier = alive_at - int(timedelta(minutes=20).total_seconds())
        connection.execute("UPDATE database_file SET mark = ?, alive_at = ?", (mark, earlier))
