"""What a command costs beside a bare no-op of discord.py, from the gateway's event to the answer handed to HTTP.

python -m benchmarks.commands                           # 630 delegations of 3 persons each, ten times its size
python -m benchmarks.commands --seats 63 --webinars 200 # the network's size

HTTP answers at once, SQLite is a real file, all bots run in the same process and take turns, and what every answer said
is checked. Costs are the seconds that the process spent on a processor, in all of its threads: what other programs do
disturbs them least. The last results are in benchmarks/README.md.
"""

import argparse
import asyncio
import gc
import itertools
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

import aiosqlite
import discord
from discord import app_commands
from discord.ext import commands
from discord.http import Route
from discord.webhook.async_ import AsyncWebhookAdapter

from benchmarks.network import ACCOUNT, CHANNEL, GUILD, MEMBER_ROLE, ROLE, furnish
from bot.app import EXTENSIONS, Focalbot
from bot.clock import Clock
from bot.services import Services
from bot.settings import Settings
from bot.ui import WaitingNotices
from storage.database import Database

WRITER = {"id": str(ACCOUNT), "username": "x", "discriminator": "0", "avatar": None}
DIRECT = 6
ME = {"id": "9", "username": "bot", "discriminator": "0", "avatar": None, "bot": True}
COMMAND, MESSAGE, COMPLETION = 2, 3, 4
Change = Callable[[], Awaitable[None]]
ids = itertools.count(10**17)


Taken = tuple[float, float]
"""Seconds by the clock, and those that this process spent on a processor."""


def clocks() -> Taken:
    return time.perf_counter(), time.process_time()


def since(begun: Taken, ended: Taken | None = None) -> Taken:
    now = ended or clocks()
    return now[0] - begun[0], now[1] - begun[1]


class LaterClock(Clock):
    """The machine's time, and as much later as the writer of messages lets pass: six a minute are answered."""

    def __init__(self) -> None:
        self.later = timedelta()

    def now(self) -> datetime:
        """Return the instant that the bot takes for now."""
        return super().now() + self.later


class Stub:
    """Discord's HTTP, answering at once; knows when the bot handed its answer over, and what it said."""

    def __init__(self) -> None:
        self.handed = asyncio.Event()
        self.at: Taken = (0.0, 0.0)
        self.said = ""

    async def request(self, *_: object, payload: object = None, **__: object) -> dict[str, Any]:
        self.at = clocks()
        self.said = json.dumps(payload, ensure_ascii=False)
        self.handed.set()
        return {"interaction": {"id": "1", "type": 2}, "resource": {"type": 4}}

    async def send(self, route: Route, *, json: object = None, **_: object) -> dict[str, Any]:
        """Take a message that is sent to a channel, not as the answer to an interaction."""
        if json is None:
            return {}
        await self.request(payload=json)
        return message(str(route.channel_id), ME, "")


def payload(name: str, options: list[dict[str, Any]], kind: int) -> dict[str, Any]:
    user = {"id": str(ACCOUNT), "username": "x", "discriminator": "0", "avatar": None}
    member = {
        "user": user,
        "roles": [str(ROLE), str(MEMBER_ROLE)],
        "permissions": "0",
        "joined_at": None,
        "deaf": False,
        "mute": False,
    }
    for word in reversed(name.split()[1:]):
        options = [{"type": 1, "name": word, "options": options}]
    return {
        "id": str(next(ids)),
        "application_id": "9",
        "attachment_size_limit": 1,
        "type": kind,
        "token": "x",
        "version": 1,
        "locale": "fr",
        "guild_id": str(GUILD),
        "channel_id": str(CHANNEL),
        "member": {**member, "deaf": False, "mute": False, "flags": 0, "pending": False},
        "entitlements": [],
        "authorizing_integration_owners": {},
        "data": {"id": "1", "name": name.split(maxsplit=1)[0], "type": 1, "options": options},
    }


def message(channel_id: str, author: dict[str, Any], content: str) -> dict[str, Any]:
    """Return a direct message as Discord has it."""
    lists: dict[str, Any] = {name: [] for name in ("mentions", "mention_roles", "attachments", "embeds", "components")}
    when = {"timestamp": "2026-11-26T00:00:00+00:00", "edited_timestamp": None}
    about = {"id": str(next(ids)), "channel_id": channel_id, "author": author, "content": content, "type": 0}
    return {**about, **when, **lists, "tts": False, "flags": 0, "pinned": False, "mention_everyone": False}


def guild() -> dict[str, Any]:
    role = {"permissions": "0", "color": 0, "hoist": False, "managed": False, "mentionable": False, "position": 0}
    return {
        "id": str(GUILD),
        "name": "Network",
        "owner_id": "8",
        "roles": [{**role, "id": str(n), "name": str(n)} for n in (GUILD, ROLE, MEMBER_ROLE)],
        "channels": [{"id": str(CHANNEL), "type": 0, "name": "general", "position": 0, "permission_overwrites": []}],
        "members": [],
        "emojis": [],
        "features": [],
        "member_count": 700,
    }


@dataclass(frozen=True)
class Asked:
    """A command, a completion or a direct message (``name`` is its text), and words that its answer must hold."""

    label: str
    name: str
    answer: str
    options: tuple[dict[str, Any], ...] = ()
    kind: int = COMMAND
    after_a_change: bool = False


async def once(bot: commands.Bot, stub: Stub, asked: Asked, change: Change) -> Taken:
    """Ask once and return what it cost until the answer was handed over."""
    if asked.after_a_change:
        await change()
    stub.handed.clear()
    connection = cast(Any, bot)._connection
    if asked.kind == MESSAGE:
        cast(LaterClock, cast(Focalbot, bot).services.clock).later += timedelta(seconds=15)
        hear, data = connection.parse_message_create, message(str(DIRECT), WRITER, asked.name)
    else:
        hear, data = connection.parse_interaction_create, payload(asked.name, list(asked.options), asked.kind)
    begun = clocks()
    hear(data)
    await asyncio.wait_for(stub.handed.wait(), 20)
    if asked.answer not in stub.said:
        raise SystemExit(f"{asked.label} answered {stub.said[:300]}")
    # What follows an answer is not part of the next.
    for _ in range(5):
        await asyncio.sleep(0)
    return since(begun, stub.at)


async def bare(database: Path) -> commands.Bot:
    """Return discord.py with three commands: one that answers, one that reads first, one that writes first."""
    connection = await aiosqlite.connect(database, isolation_level=None)
    await connection.executescript(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE t (id INTEGER PRIMARY KEY, b BLOB)"
    )
    bot = commands.Bot(command_prefix="!", intents=discord.Intents(guilds=True))

    @app_commands.command(description="x")
    async def noop(interaction: discord.Interaction[commands.Bot]) -> None:
        await interaction.response.send_message("x", ephemeral=True)

    @app_commands.command(description="x")
    async def select(interaction: discord.Interaction[commands.Bot]) -> None:
        await connection.execute_fetchall("SELECT b FROM t WHERE id = 1")
        await interaction.response.send_message("x", ephemeral=True)

    @app_commands.command(description="x")
    async def commit(interaction: discord.Interaction[commands.Bot]) -> None:
        await connection.execute("BEGIN IMMEDIATE")
        await connection.execute("INSERT INTO t (b) VALUES (?)", (bytes(150),))
        await connection.execute("COMMIT")
        await interaction.response.send_message("x", ephemeral=True)

    for command in cast(tuple[Any, ...], (noop, select, commit)):
        bot.tree.add_command(command)
    cast(Any, bot).close_database = connection.close
    return bot


async def house(folder: Path, seats: int, webinars: int = 0, links: int = 0) -> tuple[Focalbot, Database]:
    settings = Settings(_env_file=None, database_path=folder / "b.sqlite3")  # pyright: ignore[reportCallIssue]
    bot = Focalbot(settings)
    database = await Database.open(settings.database_path)
    bot.services = Services.over(database, LaterClock(), settings)
    bot.notices = WaitingNotices(bot.services)
    for extension in EXTENSIONS:
        await bot.load_extension(extension)
    await furnish(bot.services, seats, webinars, links)
    return bot, database


def measured(seats: int) -> list[Asked]:
    who = {"type": 3, "name": "who"}
    code, person, wrong = ({**who, "value": value} for value in ("GH", "Person ABC focal_point", "Persom ABC focal"))
    nothing, letters = ({**who, "value": value, "focused": True} for value in ("", "gha"))
    french = {"type": 3, "name": "language", "value": "fr"}
    webinar = {"type": 3, "name": "webinar"}
    chosen = {**webinar, "value": "#1"}
    untyped, typed = ({**webinar, "value": value, "focused": True} for value in ("", "prev"))
    past = {"type": 3, "name": "when", "value": "past"}
    sought = {"type": 3, "name": "query", "value": "prevention 7"}
    no_link, link = ({"type": 3, "name": "resource", "value": value, "focused": True} for value in ("", "repo"))
    return [
        Asked("`/help`", "help", "/member find"),
        Asked("`/about`", "about", f"{seats} délégations"),
        Asked("`/settings language` (writes)", "settings language", "français", (french,)),
        Asked("`/member me`", "member me", "Person GH focal"),
        Asked("`/member find`, a code", "member find", "Ghana", (code,)),
        Asked("`/member find`, a person", "member find", "Person ABC", (person,)),
        Asked("`/member find`, a typing error", "member find", "ABC", (wrong,)),
        Asked("completion of people, nothing typed", "member find", "AAA", (nothing,), COMPLETION),
        Asked("completion of people, three letters", "member find", "Ghana", (letters,), COMPLETION),
        Asked("the same, the directory just changed", "member find", "Ghana", (letters,), COMPLETION, True),
        Asked("`/member list`", "member list", f"{seats} délégations"),
        Asked("`/audit`", "audit", "Journal"),
        Asked("`/webinar list`", "webinar list", "prevention"),
        Asked("`/webinar list`, the past", "webinar list", "prevention", (past,)),
        Asked("`/webinar show`", "webinar show", "Webinar 0", (chosen,)),
        Asked("completion of webinars, nothing typed", "webinar show", "Webinar", (untyped,), COMPLETION),
        Asked("completion of webinars, four letters", "webinar show", "Webinar", (typed,), COMPLETION),
        Asked("`/meeting show`", "meeting show", "Accra"),
        Asked("`/resource search`", "resource search", "prevention", (sought,)),
        Asked("completion of links, nothing typed", "resource show", "Report", (no_link,), COMPLETION),
        Asked("completion of links, four letters", "resource show", "Report", (link,), COMPLETION),
        Asked("a sentence in own words", "who is the focal point of Ghana?", "Person GH focal", kind=MESSAGE),
    ]


FLOORS = (
    Asked("bare no-op", "noop", "x"),
    Asked("bare, one SELECT", "select", "x"),
    Asked("bare, one INSERT and COMMIT", "commit", "x"),
)


async def connect(bot: commands.Bot) -> None:
    """Let the bot know its server as if Discord had said so."""
    bot.loop = asyncio.get_running_loop()
    state = cast(Any, bot)._connection
    state.http._HTTPClient__session = None
    state.user = discord.ClientUser(state=state, data=cast(Any, ME))
    state._add_guild_from_data(guild())


async def measure(
    seats: int, webinars: int, rounds: int, asked: Sequence[Asked] | None = None
) -> dict[str, list[Taken]]:
    """Return what each floor and each command cost in each round; all take turns in every round."""
    stub = Stub()
    AsyncWebhookAdapter.request = stub.request  # type: ignore[method-assign]
    taken: dict[str, list[Taken]] = {}
    with tempfile.TemporaryDirectory() as folder:
        floor_bot = await bare(Path(folder) / "floor.sqlite3")
        bot, database = await house(Path(folder), seats, webinars, links=webinars)
        bot.http.request = stub.send  # type: ignore[method-assign]
        try:
            await connect(floor_bot)
            await connect(bot)

            async def change() -> None:
                async with bot.services.transaction() as tx:
                    await bot.services.members.change_person(tx, GUILD, 1, phone=str(next(ids)))

            # The first message of a conversation is answered with what the bot is, too.
            await once(bot, stub, Asked("greeting", "hello", "", kind=MESSAGE), change)
            asking = [(floor_bot, one) for one in FLOORS]
            asking += [(bot, one) for one in (asked if asked is not None else measured(seats))]
            for number in range(-WARM_UP, rounds):
                if number == 0:
                    # As the bot does when it is connected.
                    gc.collect()
                    gc.freeze()
                for each, one in asking:
                    cost = await once(each, stub, one, change)
                    if number >= 0:
                        taken.setdefault(one.label, []).append(cost)
        finally:
            gc.unfreeze()
            await cast(Any, floor_bot).close_database()
            await database.close()
    return taken


WARM_UP = 3


async def main(seats: int, webinars: int, rounds: int) -> None:
    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    print(
        f"{seats} delegations of 3 persons, {webinars} webinars, {rounds} rounds. Python {platform.python_version()},"
        f" load {load}."
    )
    print("| | processor p50 | p99 | by the clock | times the no-op |\n| --- | ---: | ---: | ---: | ---: |")
    taken = await measure(seats, webinars, rounds)
    base = processor(taken[FLOORS[0].label])
    for label, costs in taken.items():
        print(row(label, costs, base))


def processor(costs: Sequence[Taken]) -> float:
    """Return the median of the processor's seconds."""
    return statistics.median(cost[1] for cost in costs)


def row(label: str, costs: Sequence[Taken], base: float) -> str:
    middle = processor(costs)
    slow = statistics.quantiles([cost[1] for cost in costs], n=100)[98]
    clock = statistics.median(cost[0] for cost in costs)
    cells = (f"{1000 * middle:.2f} ms", f"{1000 * slow:.2f} ms", f"{1000 * clock:.2f} ms", f"{middle / base:.1f}")
    return f"| {label} | " + " | ".join(cells) + " |"


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seats", type=int, default=630)
    arguments.add_argument("--webinars", type=int, default=10_000)
    arguments.add_argument("--rounds", type=int, default=60)
    given = arguments.parse_args()
    asyncio.run(main(given.seats, given.webinars, given.rounds))
