"""``python -m tests.life``: see :mod:`tests.life.year`."""

import argparse
import asyncio
import logging
import random
import resource
import sys
import tempfile
import time
from pathlib import Path

from tests.life.books import Verdict
from tests.life.figures import HEADER, Figures
from tests.life.year import Life
from tests.world import running_world


async def live(weeks: int, seed: int, faults: float) -> tuple[Life, Verdict]:
    """Play ``weeks`` of the life that ``seed`` draws; ``faults`` is the chance of each in a week."""
    with tempfile.TemporaryDirectory() as folder:
        async with running_world(Path(folder) / "machine-1" / "focalbot.sqlite3", seeded=False) as world:
            life = Life(world, Path(folder), seed, weeks, faults)
            return life, await life.play(_print)


def _print(year: Figures) -> None:
    if year.year == 1:
        print(HEADER)  # noqa: T201 - figures
    print(year, flush=True)  # noqa: T201 - as above


def main() -> None:
    """Play and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.life")
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randint(1, 999_999))
    parser.add_argument("--faults", type=float, default=0.0, help="chance of each of three faults in a week")
    asked = parser.parse_args()
    # What the bot says of lost answers and closed doors is what the play is about.
    logging.disable(logging.WARNING)
    began = time.monotonic()
    life, verdict = asyncio.run(live(asked.weeks, asked.seed, asked.faults))
    print(f"{asked.weeks} weeks, seed {asked.seed}, {time.monotonic() - began:.0f} s", end=", ")  # noqa: T201 - as above
    print(f"{time.process_time():.0f} s of the processor", end=", ")  # noqa: T201 - as above
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")  # noqa: T201 - as above
    print(", ".join(f"{count} {what}" for what, count in life.stage.done.items()))  # noqa: T201 - as above
    print(verdict)  # noqa: T201 - as above
    sys.exit(1 if verdict.wrong else 0)


if __name__ == "__main__":
    main()
