"""How costs grow with what a network has: each size ten times the last, the exponent fitted, one log-log picture.

python -m benchmarks.growth            # writes benchmarks/growth.png

An exponent of 0 is flat, one of 1 grows as the size does. The last results are in benchmarks/README.md.
"""

import argparse
import asyncio
import math
import re
import statistics
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from benchmarks.commands import Taken, clocks, house, measure, measured, processor, since
from storage.database import Database
from storage.polls.ballots import BallotsRepository

PICTURE = Path(__file__).with_name("growth.png")
SEATS, WEBINARS, BALLOTS = (63, 200, 630), (100, 1_000, 10_000), (1_000, 10_000, 100_000)
OWN_BALLOTS = 500
_LISTED = re.compile("webinar|links|resource")
Growth = dict[int, float]
"""Median milliseconds of the processor by size."""


async def of_commands(sizes: Sequence[int], rounds: int, *, webinars: bool) -> dict[str, Growth]:
    """Return what each command costs with each number of webinars and links, or of delegations."""
    found: dict[str, Growth] = {}
    for size in sizes:
        asked = [
            one for one in measured(size if not webinars else SEATS[0]) if bool(_LISTED.search(one.label)) == webinars
        ]
        taken = await measure(SEATS[0] if webinars else size, size if webinars else 20, rounds, asked)
        for one in asked:
            found.setdefault(one.label, {})[size] = 1000 * processor(taken[one.label])
    return found


async def of_counting(sizes: Sequence[int], rounds: int) -> Growth:
    """Return what reading one poll's ballots costs, with as many ballots in other polls."""
    found: Growth = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            _, database = await house(Path(folder), 1)
            try:
                await _fill(database, size)
                ballots = BallotsRepository(database)
                costs: list[Taken] = []
                for _ in range(rounds):
                    begun = clocks()
                    assert len(await ballots.counted_ballots(1, 1)) == OWN_BALLOTS  # noqa: S101 - what is measured
                    costs.append(since(begun))
                found[size] = 1000 * processor(costs)
            finally:
                await database.close()
    return found


async def _fill(database: Database, others: int) -> None:
    polls = 1 + math.ceil(others / OWN_BALLOTS)
    async with database.transaction(datetime.now(UTC)) as tx:
        await tx.execute_many(
            "INSERT INTO poll (id, guild_id, question, method, voters, audience, secret, publish, quorum, electorate,"
            " timezone, reminders, opened_at, closes_at) VALUES (?, 1, 'Which?', 'single', 'members', 'all', 1,"
            " 'totals', 0, 500, 'UTC', '', 0, 9999999999)",
            [(number + 1,) for number in range(polls)],
        )
        await tx.execute_many(
            "INSERT INTO ballot (key, guild_id, poll_id, receipt, choice) VALUES (randomblob(16), 1, ?, randomblob(10),"
            " '[1]')",
            [(1 + number // OWN_BALLOTS,) for number in range(OWN_BALLOTS + others)],
        )


def exponent(growth: Growth) -> float:
    """Fit the exponent: 0 is flat, 1 is in proportion."""
    points = [(math.log(size), math.log(cost)) for size, cost in growth.items()]
    return statistics.linear_regression([x for x, _ in points], [y for _, y in points]).slope


def draw(growths: dict[str, Growth], path: Path) -> None:
    """Write one picture of all, both axes logarithmic."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    figure = Figure(figsize=(9, 6), layout="constrained")
    # matplotlib leaves what it takes partly untyped.
    axes = cast(Any, figure.subplots())
    for name, growth in growths.items():
        axes.loglog(list(growth), list(growth.values()), marker="o", label=f"{name} ({exponent(growth):.2f})")
    axes.set_xlabel("delegations, webinars and links, or ballots of other polls")
    axes.set_ylabel("milliseconds of the processor, median")
    axes.legend(fontsize="x-small", ncols=2)
    cast(Any, figure).savefig(path, dpi=110)


async def table(rounds: int, *, tenth: bool = False) -> list[str]:
    """Return the table's lines, and write the picture. ``tenth``: only the two smallest of each size, unpictured."""
    seats, webinars, ballots = (sizes[:2] if tenth else sizes for sizes in (SEATS, WEBINARS, BALLOTS))
    groups = {
        "delegations": await of_commands(seats, rounds, webinars=False),
        "webinars, links": await of_commands(webinars, rounds, webinars=True),
        "ballots of other polls": {"reading one poll's 500 ballots": await of_counting(ballots, rounds)},
    }
    lines = ["| | grows with | sizes | ms | exponent |", "| --- | --- | --- | --- | ---: |"]
    for size, growths in groups.items():
        for name, growth in growths.items():
            sizes, costs = "; ".join(f"{n:,}" for n in growth), "; ".join(f"{ms:.2f}" for ms in growth.values())
            lines.append(f"| {name} | {size} | {sizes} | {costs} | {exponent(growth):.2f} |")
    if not tenth:
        draw({name: growth for growths in groups.values() for name, growth in growths.items()}, PICTURE)
    return lines


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=20)
    print("\n".join(asyncio.run(table(arguments.parse_args().rounds))))
