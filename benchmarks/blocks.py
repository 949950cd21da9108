"""How long the loop stands still, and how long a small read waits, while something large is done.

python -m benchmarks.blocks

A network of 630 delegations and 10,000 webinars. The clock says how long people would have waited, with what other
programs do on the machine. The last results are in benchmarks/README.md.
"""

import asyncio
import gc
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import cast

from benchmarks.commands import house
from benchmarks.network import GUILD
from bot.app import Focalbot
from bot.search.lookup import search
from bot.seat_cache import SeatCache
from bot.webinar_cache import WebinarCache
from cogs.polls.ending import count_and_close
from storage.backups.copies import back_up
from storage.database import Database
from storage.polls.ballot_keys import BallotKeys
from storage.polls.ballot_seal import SealedBallot, seal
from storage.polls.models import Caster, Elector, Poll, PollOption, PollPlan

PAUSE = 0.001
BALLOTS, OPTIONS = 10_000, 25
Work = Callable[[], Awaitable[object]]


async def longest(database: Database, work: Work) -> tuple[float, float, float]:
    """Return the seconds that ``work`` takes, the longest block of the loop, and the longest wait of a small read."""
    done = asyncio.Event()
    blocks, waits = [0.0], [0.0]

    async def tick() -> None:
        while not done.is_set():
            begun = time.perf_counter()
            await asyncio.sleep(PAUSE)
            blocks.append(time.perf_counter() - begun - PAUSE)

    async def read() -> None:
        while not done.is_set():
            begun = time.perf_counter()
            await database.fetch("SELECT language FROM network WHERE guild_id = ?", (GUILD,))
            waits.append(time.perf_counter() - begun)
            await asyncio.sleep(PAUSE)

    beside = [asyncio.create_task(tick()), asyncio.create_task(read())]
    await asyncio.sleep(10 * PAUSE)
    begun = time.perf_counter()
    await work()
    taken = time.perf_counter() - begun
    done.set()
    await asyncio.gather(*beside)
    return taken, max(blocks), max(waits)


async def ranked(bot: Focalbot, database: Database) -> int:
    """Return a secret poll in which all have ranked all options."""
    options = tuple(PollOption(n, f"Option {n}") for n in range(1, OPTIONS + 1))
    plan = PollPlan("In which order?", "ranked", options, bot.services.clock.now() + timedelta(days=7), "UTC")
    async with bot.services.transaction() as tx:
        poll_id = await bot.services.polls.open(tx, GUILD, plan, [Elector(1, n) for n in range(1, BALLOTS + 1)])
        key = cast(bytes, BallotKeys(database.path).key(GUILD, poll_id))
        await tx.execute_many(
            "UPDATE elector SET voted = 1, sealed = ? WHERE guild_id = ? AND poll_id = ? AND person_id = ?",
            [(_sealed(key, poll_id, n), GUILD, poll_id, n) for n in range(1, BALLOTS + 1)],
        )
    return poll_id


def _sealed(key: bytes, poll_id: int, person_id: int) -> bytes:
    choice = random.sample(range(1, OPTIONS + 1), OPTIONS)
    ballot = SealedBallot(tuple(choice), person_id.to_bytes(10), "a", Caster(person_id, person_id))
    return seal(key, (GUILD, poll_id, 1, person_id), ballot)


def works(bot: Focalbot, database: Database, folder: Path, poll_id: int) -> dict[str, Work]:
    """Return what is done meanwhile."""

    async def changes() -> None:
        for number in range(20):
            async with bot.services.transaction() as tx:
                await bot.services.members.change_person(tx, GUILD, 1, phone=str(number))
            await bot.services.seat_cache.of(GUILD, bot.services.today(await bot.services.settings.network(GUILD)))

    async def first_read() -> None:
        today = bot.services.today(await bot.services.settings.network(GUILD))
        seating = await SeatCache(bot.services.members).of(GUILD, today)
        search(seating.index("fr"), "Persom ABC focal")
        await WebinarCache(bot.services.webinars).of(GUILD)

    async def count() -> None:
        poll = await bot.services.polls.poll(GUILD, poll_id)
        async with bot.services.transaction() as tx:
            await count_and_close(bot.services, tx, cast(Poll, poll))

    return {
        "nothing": lambda: asyncio.sleep(1),
        "the nightly check of the file": database.check,
        "a backup": lambda: asyncio.to_thread(back_up, database.path, folder / "copy.sqlite3"),
        "the directory and the webinars read for the first time, and searched": first_read,
        "twenty changes of the directory, each read anew": changes,
        f"a poll of {BALLOTS:,} rankings of {OPTIONS} options counted": count,
    }


async def table(seats: int = 630, webinars: int = 10_000) -> list[str]:
    """Return the table's lines."""
    random.seed(1)
    lines = ["| meanwhile | takes | longest block of the loop | longest wait of a small read |"]
    lines.append("| --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        bot, database = await house(Path(folder), seats, webinars)
        try:
            poll_id = await ranked(bot, database)
            await bot.services.seat_cache.of(GUILD, bot.services.today(await bot.services.settings.network(GUILD)))
            # As the bot does when it is connected.
            gc.collect()
            gc.freeze()
            for name, work in works(bot, database, Path(folder), poll_id).items():
                seconds = await longest(database, work)
                lines.append(f"| {name} | " + " | ".join(f"{1000 * one:.0f} ms" for one in seconds) + " |")
        finally:
            gc.unfreeze()
            await database.close()
    return lines


if __name__ == "__main__":
    print("\n".join(asyncio.run(table())))
