"""``python -m tests.life``: see :mod:`tests.life.year`."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.life.books import Verdict
from tests.life.year import Life
from tests.world import running_world


async def live(weeks: int, seed: int, faults: float) -> tuple[Life, Verdict]:
    """Play ``weeks`` of the life that ``seed`` draws; ``faults`` is the chance of each in a week."""
    with tempfile.TemporaryDirectory() as folder:
        async with running_world(Path(folder) / "focalbot.sqlite3", seeded=False) as world:
            life = Life(world, seed, weeks, faults)
            return life, await life.play()


def main() -> None:
    """Play and print the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.life")
    parser.add_argument("--weeks", type=int, default=52)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randint(1, 999_999))
    parser.add_argument("--faults", type=float, default=0.0, help="chance of a restart and of a lost answer, each week")
    asked = parser.parse_args()
    began = time.monotonic()
    life, verdict = asyncio.run(live(asked.weeks, asked.seed, asked.faults))
    happened = f"{life.restarts} restarts, {life.lost_answers} lost answers"
    print(f"{asked.weeks} weeks, seed {asked.seed}, {happened}, {time.monotonic() - began:.0f} s")  # noqa: T201 - figures
    print(verdict)  # noqa: T201 - as above
    sys.exit(1 if verdict.wrong else 0)


if __name__ == "__main__":
    main()
