"""What a command costs beside a bare no-op of discord.py, from the gateway's event to the answer handed to HTTP.

python -m benchmarks.commands            # 630 delegations of 3 persons each, ten times the network's size
python -m benchmarks.commands --seats 63 # its size

HTTP answers at once, SQLite is a real file, both bots run in the same process, and what every answer said is
checked. The last results are in benchmarks/README.md.
"""

import argparse
import asyncio
import itertools
import json
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

import discord
from discord import app_commands
from discord.ext import commands
from discord.webhook.async_ import AsyncWebhookAdapter

from bot.app import EXTENSIONS, Focalbot
from bot.clock import Clock
from bot.services import Services
from bot.settings import Settings
from bot.ui import WaitingNotices
from storage.database import Database

ME = {"id": "9", "username": "bot", "discriminator": "0", "avatar": None, "bot": True}
COMMAND, COMPLETION = 2, 4
Change = Callable[[], Awaitable[None]]
GUILD, CHANNEL, ROLE, ACCOUNT = 1, 2, 3, 4
ids = itertools.count(10**17)


class Stub:
    """Discord's HTTP, answering at once; knows when the bot handed its answer over, and what it said."""

    def __init__(self) -> None:
        self.handed = asyncio.Event()
        self.at = 0.0
        self.said = ""

    async def request(self, *_: object, payload: object = None, **__: object) -> dict[str, Any]:
        self.at = time.perf_counter()
        self.said = json.dumps(payload, ensure_ascii=False)
        self.handed.set()
        return {"interaction": {"id": "1", "type": 2}, "resource": {"type": 4}}


def payload(name: str, options: list[dict[str, Any]], kind: int) -> dict[str, Any]:
    user = {"id": str(ACCOUNT), "username": "x", "discriminator": "0", "avatar": None}
    member = {"user": user, "roles": [str(ROLE)], "permissions": "0", "joined_at": None, "deaf": False, "mute": False}
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
        "member": {**member, "flags": 0, "pending": False},
        "entitlements": [],
        "authorizing_integration_owners": {},
        "data": {"id": "1", "name": name.split(maxsplit=1)[0], "type": 1, "options": options},
    }


def guild() -> dict[str, Any]:
    role = {"permissions": "0", "color": 0, "hoist": False, "managed": False, "mentionable": False, "position": 0}
    return {
        "id": str(GUILD),
        "name": "Network",
        "owner_id": "8",
        "roles": [{**role, "id": str(n), "name": str(n)} for n in (GUILD, ROLE)],
        "channels": [{"id": str(CHANNEL), "type": 0, "name": "general", "position": 0, "permission_overwrites": []}],
        "members": [],
        "emojis": [],
        "features": [],
        "member_count": 700,
    }


@dataclass(frozen=True)
class Asked:
    """A command or a completion, and words that its answer must hold."""

    label: str
    name: str
    answer: str
    options: tuple[dict[str, Any], ...] = ()
    kind: int = COMMAND
    after_a_change: bool = False


async def costs(bot: commands.Bot, stub: Stub, asked: Asked, rounds: int, change: Change) -> list[float]:
    """Return the microseconds of each round."""
    taken: list[float] = []
    for _ in range(rounds):
        if asked.after_a_change:
            await change()
        stub.handed.clear()
        data = payload(asked.name, list(asked.options), asked.kind)
        start = time.perf_counter()
        cast(Any, bot)._connection.parse_interaction_create(data)
        await asyncio.wait_for(stub.handed.wait(), 20)
        taken.append((stub.at - start) * 1e6)
        if asked.answer not in stub.said:
            raise SystemExit(f"{asked.label} answered {stub.said[:300]}")
        await asyncio.sleep(0)
    return taken


async def furnish(services: Services, seats: int) -> None:
    codes = [f"{a}{b}{c}" for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ" for c in "ABCDEFGHIJ"][: seats - 1]
    async with services.transaction() as tx:
        await services.settings.change_network(tx, GUILD, secretariat_role_id=ROLE, member_role_id=7)
        # Whoever has not chosen is asked after the first answer: a message that is not measured.
        await services.settings.change_account(tx, GUILD, ACCOUNT, channel="none")
        for number, code in enumerate(["GH", *codes]):
            seat = await services.members.add_delegation(tx, GUILD, code, "organisation")
            for role in ("focal_point", "alternate", "mission"):
                account = ACCOUNT if (number, role) == (0, "focal_point") else None
                skills = ("early warning", "mediation", f"subject {number % 40}")
                person = await services.members.add_person(
                    tx, GUILD, f"Person {code} {role}", account_id=account, languages=("en", "fr"), expertise=skills
                )
                await services.members.appoint(
                    tx, GUILD, seat, person, cast(Any, role), date(2011, 5, 17), ministry=f"Ministry {number}"
                )


async def bare() -> commands.Bot:
    bot = commands.Bot(command_prefix="!", intents=discord.Intents(guilds=True))

    @app_commands.command(description="x")
    async def noop(interaction: discord.Interaction[commands.Bot]) -> None:
        await interaction.response.send_message("x", ephemeral=True)

    bot.tree.add_command(cast(Any, noop))
    return bot


async def house(folder: Path, seats: int) -> tuple[Focalbot, Database]:
    settings = Settings(_env_file=None, database_path=folder / "b.sqlite3")  # pyright: ignore[reportCallIssue]
    bot = Focalbot(settings)
    database = await Database.open(settings.database_path)
    bot.services = Services.over(database, Clock(), settings)
    bot.notices = WaitingNotices(bot.services)
    for extension in EXTENSIONS:
        await bot.load_extension(extension)
    await furnish(bot.services, seats)
    return bot, database


def measured(seats: int) -> list[Asked]:
    who = {"type": 3, "name": "who"}
    code, person, wrong = ({**who, "value": value} for value in ("GH", "Person ABC focal_point", "Persom ABC focal"))
    nothing, letters = ({**who, "value": value, "focused": True} for value in ("", "gha"))
    french = {"type": 3, "name": "language", "value": "fr"}
    return [
        Asked("`/help`", "help", "/member find"),
        Asked("`/about`", "about", f"{seats} délégations"),
        Asked("`/settings language`", "settings language", "français", (french,)),
        Asked("`/member me`", "member me", "Person GH focal"),
        Asked("`/member find`, a code", "member find", "Ghana", (code,)),
        Asked("`/member find`, a person", "member find", "Person ABC", (person,)),
        Asked("`/member find`, a typing error", "member find", "ABC", (wrong,)),
        Asked("completion, nothing typed", "member find", "AAA", (nothing,), COMPLETION),
        Asked("completion, three letters", "member find", "Ghana", (letters,), COMPLETION),
        Asked("completion, the directory just changed", "member find", "Ghana", (letters,), COMPLETION, True),
        Asked("`/member list`", "member list", f"{seats} délégations"),
        Asked("`/audit`", "audit", "Journal"),
    ]


async def main(seats: int, rounds: int) -> None:
    stub = Stub()
    AsyncWebhookAdapter.request = stub.request  # type: ignore[method-assign]
    floor_bot = await bare()
    with tempfile.TemporaryDirectory() as folder:
        bot, database = await house(Path(folder), seats)
        for each in (floor_bot, bot):
            each.loop = asyncio.get_running_loop()
            state = cast(Any, each)._connection
            state.http._HTTPClient__session = None
            state.user = discord.ClientUser(state=state, data=cast(Any, ME))
            state._add_guild_from_data(guild())

        async def change() -> None:
            async with bot.services.transaction() as tx:
                await bot.services.members.change_person(tx, GUILD, 1, phone=str(next(ids)))

        floor = await costs(floor_bot, stub, Asked("bare no-op", "noop", "x"), rounds * 5, change)
        base = statistics.median(floor)
        load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
        print(f"{seats} delegations of 3 persons, {rounds} rounds. Python {platform.python_version()}, load {load}.")
        print("| | p50 | p99 | times the no-op |\n| --- | ---: | ---: | ---: |")
        print(row("bare no-op", floor, base))
        try:
            for asked in measured(seats):
                await costs(bot, stub, asked, 3, change)
                print(row(asked.label, await costs(bot, stub, asked, rounds, change), base))
        finally:
            await database.close()


def row(label: str, taken: list[float], base: float) -> str:
    middle, slow = statistics.median(taken), statistics.quantiles(taken, n=100)[98]
    return f"| {label} | {middle / 1000:.2f} ms | {slow / 1000:.2f} ms | {middle / base:.0f} |"


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--seats", type=int, default=630)
    arguments.add_argument("--rounds", type=int, default=60)
    given = arguments.parse_args()
    asyncio.run(main(given.seats, given.rounds))
