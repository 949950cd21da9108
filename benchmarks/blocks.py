"""How long the loop stands still, and how long a small read waits, while something large is done.

python -m benchmarks.blocks

A network of 630 delegations and 10,000 webinars. The clock says how long people would have waited, with what other
programs do on the machine. The last results are in benchmarks/README.md.
"""

import asyncio
import gc
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from benchmarks.commands import house
from benchmarks.network import GUILD
from bot.app import Focalbot
from storage.backups.copies import back_up
from storage.database import Database

PAUSE = 0.001
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


def works(bot: Focalbot, database: Database, folder: Path) -> dict[str, Work]:
    """Return what is done meanwhile."""

    async def changes() -> None:
        for number in range(20):
            async with bot.services.transaction() as tx:
                await bot.services.members.change_person(tx, GUILD, 1, phone=str(number))
            await bot.services.seat_cache.of(GUILD, bot.services.today(await bot.services.settings.network(GUILD)))

    return {
        "nothing": lambda: asyncio.sleep(1),
        "the nightly check of the file": database.check,
        "a backup": lambda: asyncio.to_thread(back_up, database.path, folder / "copy.sqlite3"),
        "twenty changes of the directory, each read anew": changes,
    }


async def table(seats: int = 630, webinars: int = 10_000) -> list[str]:
    """Return the table's lines."""
    lines = ["| meanwhile | takes | longest block of the loop | longest wait of a small read |"]
    lines.append("| --- | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        bot, database = await house(Path(folder), seats, webinars)
        try:
            await bot.services.seat_cache.of(GUILD, bot.services.today(await bot.services.settings.network(GUILD)))
            # As the bot does when it is connected.
            gc.collect()
            gc.freeze()
            for name, work in works(bot, database, Path(folder)).items():
                seconds = await longest(database, work)
                lines.append(f"| {name} | " + " | ".join(f"{1000 * one:.0f} ms" for one in seconds) + " |")
        finally:
            gc.unfreeze()
            await database.close()
    return lines


if __name__ == "__main__":
    print("\n".join(asyncio.run(table())))
