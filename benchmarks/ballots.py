"""What five hundred secret ballots, or answers to a webinar, of one instant cost, beside as many bare transactions.

python -m benchmarks.ballots            # in a poll of persons, and in one of delegations, where a colleague is told

Beneath Discord: *cast* is from 500 calls of ``cast_ballot`` in one instant to the last receipt, *attend* from as many
calls of what *Attending* writes to the last commit. Their floor is one lock and, 500 times, BEGIN, one UPDATE, COMMIT,
with synchronous=FULL, by the same driver on the same disk in the same process.

With Discord's part: from 500 presses that the gateway hands over in one instant to the last answer that is handed to
HTTP, which answers at once. Their floor is the same transactions behind a button of bare discord.py; what that costs
without any transaction is *answered, bare*. What was cast is counted, each receipt is there once, and who attends is
counted. The last results are in benchmarks/README.md.
"""

import argparse
import asyncio
import gc
import os
import platform
import re
import statistics
import tempfile
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import aiosqlite
import discord
from discord import ui
from discord.ext import commands
from discord.webhook.async_ import AsyncWebhookAdapter

from benchmarks.commands import ME, Taken, clocks, connect, house, ids, since
from benchmarks.network import CHANNEL, GUILD
from bot.app import Focalbot
from bot.texts import Reader, Text
from bot.ui import PersistentButton, PersistentSelect
from cogs.polls.voting.cast import cast_ballot
from cogs.webinars.buttons import write_reply
from storage.members.models import Person
from storage.models import Network
from storage.polls.models import Elector, PollOption, PollPlan, Voters

BALLOTS = 500
BUTTON, COMPONENT = 2, 3
PRIVATE = 64
APPOINTED = date(2011, 5, 17)
DIGITS = str.maketrans("0123456789", "ABCDEFGHIJ")
RECEIPT = re.compile(r"`(\S+)`")
LINK = re.compile(r"(https://example\.org)")
SAID = re.compile(r"(x)")


class Answers:
    """Discord's HTTP, answering at once: keeps the receipts, or what else is ``awaited``, that it was handed."""

    def __init__(self, awaited: re.Pattern[str]) -> None:
        self.awaited = awaited
        self.receipts: list[str] = []
        self.all_handed = asyncio.Event()

    async def request(self, *_: object, payload: dict[str, Any] | None = None, **__: object) -> dict[str, Any]:
        callback = {"interaction": {"id": "1", "type": COMPONENT}, "resource": {"type": 6}}
        told = payload or {}
        said = told.get("content") or told.get("data", {}).get("content")
        if said is None:
            return callback
        receipt = self.awaited.search(said)
        if receipt is not None:
            self.receipts.append(receipt[1])
            if len(self.receipts) == BALLOTS:
                self.all_handed.set()
        return callback if "data" in told else message()


def message(*buttons: str) -> dict[str, Any]:
    """Return a private message of the bot with these buttons, as Discord sends it."""
    lists: dict[str, Any] = {k: [] for k in ("mentions", "mention_roles", "attachments", "embeds")}
    shown = {"id": str(next(ids)), "channel_id": str(CHANNEL), "author": ME, "content": "", "type": 0, "tts": False}
    rows = [{"type": 1, "components": [{"type": BUTTON, "style": 3, "custom_id": one}]} for one in buttons]
    when = {"timestamp": "2026-11-26T00:00:00+00:00", "edited_timestamp": None}
    return {**shown, **when, **lists, "components": rows, "flags": PRIVATE, "pinned": False, "mention_everyone": False}


def press(account_id: int, custom_id: str) -> dict[str, Any]:
    """Return the press of a button under a private message, as the gateway sends it."""
    user = {"id": str(account_id), "username": "x", "discriminator": "0", "avatar": None}
    member: dict[str, Any] = {
        "user": user,
        "roles": [],
        "permissions": "0",
        "joined_at": None,
        "deaf": False,
        "mute": False,
    }
    return {
        "id": str(next(ids)),
        "application_id": "9",
        "attachment_size_limit": 1,
        "type": COMPONENT,
        "token": "x",
        "version": 1,
        "locale": "en-US",
        "guild_id": str(GUILD),
        "channel_id": str(CHANNEL),
        "member": {**member, "flags": 0, "pending": False},
        "entitlements": [],
        "authorizing_integration_owners": {},
        "message": message(custom_id),
        "data": {"custom_id": custom_id, "component_type": BUTTON},
    }


async def electorate(bot: Focalbot, voters: Voters) -> list[tuple[int, Elector]]:
    """Appoint 500 voters and return each one's account and elector; a delegation's has a colleague with an account."""
    services = bot.services
    found: list[tuple[int, Elector]] = []
    async with services.transaction() as tx:
        home = await services.members.add_delegation(tx, GUILD, "DK", "state")
        for n in range(BALLOTS):
            seat = home
            if voters == "delegations":
                seat = await services.members.add_delegation(tx, GUILD, f"V{n:03}".translate(DIGITS), "organisation")
            account = next(ids)
            person = await services.members.add_person(tx, GUILD, f"Voter {n}", account_id=account)
            await services.members.appoint(tx, GUILD, seat, person, "adviser", APPOINTED)
            await services.settings.change_account(tx, GUILD, account, channel="none")
            await services.settings.remember_locale(tx, GUILD, account, "en-US")
            if voters == "delegations":
                colleague = await services.members.add_person(tx, GUILD, f"Colleague {n}", account_id=next(ids))
                await services.members.appoint(tx, GUILD, seat, colleague, "adviser", APPOINTED)
            found.append((account, Elector(seat, 0 if voters == "delegations" else person)))
    return found


async def opened(bot: Focalbot, voters: Voters, electors: list[Elector]) -> int:
    """Open a secret poll of three options and return its id."""
    options = tuple(PollOption(n, f"Option {n}") for n in (1, 2, 3))
    closes_at = bot.services.clock.now() + timedelta(days=7)
    plan = PollPlan("Which one?", "single", options, closes_at, "UTC", voters=voters)
    async with bot.services.transaction() as tx:
        return await bot.services.polls.open(tx, GUILD, plan, electors)


class Beneath:
    """As much of an interaction's context as casting a ballot asks for; what it answers is kept."""

    def __init__(self, bot: Focalbot, network: Network, account_id: int, person: Person, receipts: list[str]) -> None:
        self.services = bot.services
        self.network = network
        self.guild_id = GUILD
        self.account_id = account_id
        self.asker = SimpleNamespace(person=person)
        self.receipts = receipts

    async def replace(self, text: Text) -> None:
        found = RECEIPT.search(Reader("en", "UTC").say(text))
        self.receipts += [found[1]] if found is not None else []


async def cast_all(bot: Focalbot, poll_id: int, voting: list[tuple[int, Elector]]) -> Taken:
    """Cast a ballot of each voter beneath Discord and return the seconds until the last has its receipt."""
    receipts: list[str] = []
    network = await bot.services.settings.network(GUILD)
    [poll] = [poll for poll in await bot.services.polls.polls(GUILD) if poll.id == poll_id]
    people = [await bot.services.members.person_of_account(GUILD, account) for account, _ in voting]
    casting = [
        cast_ballot(
            cast(Any, Beneath(bot, network, account, cast(Person, person), receipts)), poll, elector, (n % 3 + 1,), "a"
        )
        for n, ((account, elector), person) in enumerate(zip(voting, people, strict=True))
    ]
    begun = clocks()
    await asyncio.gather(*casting)
    taken = since(begun)
    await check(bot, poll_id, receipts)
    return taken


async def answer_all(bot: Focalbot, poll_id: int, voting: list[tuple[int, Elector]]) -> Taken:
    """Press *Cast ballot* for each voter and return the seconds until the last receipt is handed over."""
    presses = [
        press(account, f"pb:cast:{poll_id}:{elector.delegation_id}:{elector.person_id}:b:0:0:{n % 3}")
        for n, (account, elector) in enumerate(voting)
    ]
    taken, receipts = await press_all(bot, presses, RECEIPT)
    await check(bot, poll_id, receipts)
    return taken


async def press_all(
    bot: commands.Bot, presses: list[dict[str, Any]], awaited: re.Pattern[str]
) -> tuple[Taken, list[str]]:
    """Press all in one instant; return the seconds until the last answer, and what was ``awaited`` of each."""
    answers = Answers(awaited)
    AsyncWebhookAdapter.request = answers.request  # type: ignore[method-assign]
    begun = clocks()
    for one in presses:
        cast(Any, bot)._connection.parse_interaction_create(one)
    await asyncio.wait_for(answers.all_handed.wait(), 20)
    return since(begun), answers.receipts


async def attend_all(bot: Focalbot, accounts: list[int]) -> Taken:
    """Have each account attend the first webinar, beneath Discord; return the seconds until all of it is on disk."""
    webinar = await bot.services.webinars.get(GUILD, 1)
    if webinar is None:
        raise SystemExit("there is no webinar")
    begun = clocks()
    await asyncio.gather(*(write_reply(bot.services, webinar, account, "attending") for account in accounts))
    taken = since(begun)
    await check_attending(bot)
    return taken


async def press_attending(bot: Focalbot, accounts: list[int]) -> Taken:
    """Press *Attending* of the first webinar as each account and return the seconds until the last has its link."""
    presses = [press(account, f"webinar:attending:1:{GUILD}") for account in accounts]
    taken, _ = await press_all(bot, presses, LINK)
    await check_attending(bot)
    return taken


async def check_attending(bot: Focalbot) -> None:
    """Stop unless each attends, and let the next answers be the first again."""
    counts = await bot.services.webinars.counts(GUILD, 1)
    if counts.attending != BALLOTS:
        raise SystemExit(f"{counts.attending} attend")
    async with bot.services.transaction() as tx:
        await tx.execute("DELETE FROM webinar_answer")


async def check(bot: Focalbot, poll_id: int, receipts: list[str]) -> None:
    """Stop unless each ballot is in the box once, as it was cast, and each voter has a receipt of their own."""
    box = await bot.services.ballots.counted_ballots(GUILD, poll_id)
    found = [sum(ballot.choice == (option,) for ballot in box) for option in (1, 2, 3)]
    if found != [167, 167, 166] or len(set(receipts)) != BALLOTS:
        raise SystemExit(f"counted {found}, {len(set(receipts))} receipts")


class Floor:
    """One UPDATE in a transaction of its own, one after the other behind one lock, in a file beside the bot's."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._lock = asyncio.Lock()

    @classmethod
    @asynccontextmanager
    async def at(cls, path: Path) -> AsyncGenerator["Floor"]:
        async with aiosqlite.connect(path, isolation_level=None) as connection:
            await connection.executescript(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)"
            )
            await connection.executemany("INSERT INTO t VALUES (?, NULL)", [(n,) for n in range(BALLOTS)])
            floor = cls(connection)
            # The write-ahead log has its length then, as the bot's has.
            await floor.write_all()
            yield floor

    async def write(self, number: int) -> None:
        # What is as it was before is not written at all.
        async with self._lock:
            await self._connection.execute("BEGIN IMMEDIATE")
            await self._connection.execute("UPDATE t SET b = ? WHERE id = ?", (next(ids).to_bytes(150), number))
            await self._connection.execute("COMMIT")

    async def write_all(self) -> Taken:
        """Return the seconds that all transactions take."""
        begun = clocks()
        await asyncio.gather(*(self.write(number) for number in range(BALLOTS)))
        return since(begun)

    async def answer_all(self, *, write: bool) -> Taken:
        """Return the seconds that as many presses of a button of bare discord.py take, with a transaction or none."""
        floor = self

        class BareButton(ui.DynamicItem[ui.Button[Any]], template="bare"):
            @classmethod
            async def from_custom_id(
                cls, _: discord.Interaction, item: ui.Item[Any], __: re.Match[str], /
            ) -> "BareButton":
                return cls(cast(ui.Button[Any], item))

            async def callback(self, interaction: discord.Interaction) -> None:
                if write:
                    await floor.write(interaction.user.id % BALLOTS)
                await interaction.response.send_message("x", ephemeral=True)

        bot = commands.Bot(command_prefix="!", intents=discord.Intents(guilds=True))
        bot.add_dynamic_items(BareButton)
        await connect(bot)
        taken, _ = await press_all(bot, [press(next(ids), "bare") for _ in range(BALLOTS)], SAID)
        return taken


async def measure(voters: Voters, folder: Path) -> dict[str, Taken]:
    """Return the seconds of one round."""
    bot, database = await house(folder, seats=2, webinars=1)
    try:
        bot.add_dynamic_items(*PersistentButton.classes.values(), *PersistentSelect.classes.values())
        await connect(bot)
        voting = await electorate(bot, voters)
        accounts = [account for account, _ in voting]
        first, second = [await opened(bot, voters, [elector for _, elector in voting]) for _ in range(2)]
        # As the bot does when it is connected.
        gc.collect()
        gc.freeze()
        async with Floor.at(folder / "floor.sqlite3") as floor:
            return {
                "one transaction each": await floor.write_all(),
                "cast": await cast_all(bot, first, voting),
                "attend": await attend_all(bot, accounts),
                "answered, bare": await floor.answer_all(write=False),
                "one transaction each, answered": await floor.answer_all(write=True),
                "cast, answered": await answer_all(bot, second, voting),
                "attend, answered": await press_attending(bot, accounts),
            }
    finally:
        gc.unfreeze()
        await database.close()


FLOORS = {
    "cast": "one transaction each",
    "attend": "one transaction each",
    "cast, answered": "one transaction each, answered",
    "attend, answered": "one transaction each, answered",
}
"""With what each is compared."""


async def main(rounds: int) -> None:
    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    print(f"{BALLOTS} at once, median of {rounds} rounds. Python {platform.python_version()}, load {load}.")
    print("| voters are | | by the clock | its floor's throughput, times | processor | its floor's, times |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for voters in cast(tuple[Voters, ...], ("members", "delegations")):
        costs: list[dict[str, Taken]] = []
        for _ in range(rounds):
            with tempfile.TemporaryDirectory() as folder:
                costs.append(await measure(voters, Path(folder)))
        taken = {name: middle([cost[name] for cost in costs]) for name in costs[0]}
        for name, (clock, processor) in taken.items():
            floor = taken[FLOORS[name]] if name in FLOORS else (clock, processor)
            times = [f"{mine / own:.1f}" for mine, own in zip(floor, (clock, processor), strict=True)]
            print(f"| {voters} | {name} | {clock:.2f} s | {times[0]} | {processor:.2f} s | {times[1]} |")


def middle(taken: list[Taken]) -> Taken:
    return statistics.median(one[0] for one in taken), statistics.median(one[1] for one in taken)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=5)
    asyncio.run(main(arguments.parse_args().rounds))
