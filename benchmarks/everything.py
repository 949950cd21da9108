"""All that `make bench` measures: commands, ballots of one instant, growth, start and memory, blocks of the loop.

python -m benchmarks.everything          # a few minutes
python -m benchmarks.everything --quick  # only that it runs

It prints the tables of benchmarks/README.md. Where the system lets it, the process keeps to one core.
"""

import argparse
import asyncio
import os
import platform

from benchmarks import ballots, blocks, commands, growth, start

SIZES = ((63, 200), (630, 10_000))


def machine() -> str:
    """Name the machine and what else it did."""
    load = ", ".join(f"{n:.1f}" for n in os.getloadavg())
    return f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load}"


async def main(*, quick: bool) -> None:
    print(machine())
    for seats, webinars in ((20, 50),) if quick else SIZES:
        print("\n### Commands\n")
        await commands.main(seats, webinars, 2 if quick else 60)
    print("\n### Ballots and answers of one instant\n")
    await ballots.main(1 if quick else 5)
    print("\n### Growth\n")
    print("\n".join(await growth.table(2 if quick else 15, tenth=quick)))
    print("\n### Blocks\n")
    print("\n".join(await (blocks.table(20, 50) if quick else blocks.table())))
    print("\n### Start and memory\n")
    print("\n".join(start.table()))
    print(f"\nAt the end: {machine()}")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--quick", action="store_true")
    given = arguments.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    asyncio.run(main(quick=given.quick))
