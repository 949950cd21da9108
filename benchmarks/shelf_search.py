"""How long a question to the shelf takes, on 17 to 10,000 links: ``python -m benchmarks.shelf_search``.

Milliseconds from the question to the page of resources, without Discord, each question asked seven times.
Last results (22 November 2026, two cores shared with other work, load 6, Python 3.11), medians with 17, 170, 1,700
and 10,000 links: one rare word 0.2, 0.2, 0.6, 0.4; several words 0.2, 0.4, 1.5, 4; words that stand in every link
0.4, 2, 13, 45; a slip of the pen 0.7, 6, 42, 110; nothing like it 0.4, 3, 26, 71.
"""

import asyncio
import random
import statistics
import tempfile
import time
from pathlib import Path

from bot.clock import Clock
from bot.shelf import Shelf, entry
from bot.shelf.initial_resources import initial_resources
from storage.database import Database
from storage.resources.search import Scope

GUILD = 1
QUESTIONS = {
    "one rare word": ["Mennecke", "Ljubljana", "10.1177/09240519211017669"],
    "several words": ["what came out of the meeting in 2025", "déclaration groupe de pilotage", "reunión de Helsinki"],
    "words that stand in every link": ["focal points", "network of R2P"],
    "a slip of the pen": ["Menneke", "Ljublana meeting"],
    "nothing like it": ["xylophone quartet", "zzzz qqqq"],
}
SIZES = (17, 170, 1_700, 10_000)
ROUNDS = 7


async def fill(database: Database, shelf: Shelf, scope: Scope, size: int) -> None:
    """Add made-up links, with the words of the real ones shuffled, until the shelf holds ``size``."""
    chance = random.Random(2005)  # noqa: S311 - the same shelf every time
    words = " ".join(link.title for link in initial_resources()).split()
    there = len(await shelf.resources.shelved(scope.guild_id))
    async with database.transaction(Clock().now()) as tx:
        for number in range(there, size):
            cells = {
                "url": f"https://example.org/{number}",
                "title": " ".join(chance.choices(words, k=12)) + f" {number}",
                "category": chance.choice(["norm", "meeting", "statement", "research"]),
                "language": "en",
                "year": str(chance.randint(2005, 2026)),
                "authors": f"Author{number % 997} Name{number % 89}",
                "description_en": " ".join(chance.choices(words, k=25)),
                "description_fr": " ".join(chance.choices(words, k=25)),
            }
            await shelf.add(tx, GUILD, entry(cells))


async def main() -> None:
    print(f"{'links':>6}  {'question':32} {'median ms':>9} {'p95 ms':>9}")
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(Path(folder) / "focalbot.sqlite3")
        shelf = Shelf(database, Clock())
        scope = await shelf.scope(GUILD, for_members=True)
        for size in SIZES:
            await fill(database, shelf, scope, size)
            for kind, questions in QUESTIONS.items():
                took: list[float] = []
                for question in questions * ROUNDS:
                    start = time.perf_counter()
                    await shelf.search(scope, question)
                    took.append((time.perf_counter() - start) * 1000)
                p95 = sorted(took)[int(len(took) * 0.95)]
                print(f"{size:>6}  {kind:32} {statistics.median(took):>9.2f} {p95:>9.2f}")
        await database.close()


if __name__ == "__main__":
    asyncio.run(main())
