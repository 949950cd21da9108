"""``python -m tests.fuzz``: see :mod:`tests.fuzz.play`."""

import argparse
import asyncio
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.fuzz.play import Play
from tests.world import running_world


async def play(seed: int, steps: int, until: float) -> Play:
    """Play ``steps`` of one seed, or as many as there is time for; return the play."""
    with tempfile.TemporaryDirectory() as folder:
        async with running_world(Path(folder) / "focalbot.sqlite3") as world:
            one = Play(world, seed)
            with one.oracle:
                await one.begin()
                while sum(one.done.values()) < steps and time.monotonic() < until and await one.step():
                    pass
                one.empty, one.tables = one.oracle.filled()
            return one


def main() -> None:
    """Play seed after seed until the time is over or something is wrong, and print what was done."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--steps", type=int, default=2000, help="of one seed, before another network is begun")
    parser.add_argument("--seed", type=int, default=None, help="the only one to play")
    asked = parser.parse_args()
    until = time.monotonic() + 60 * asked.minutes
    while time.monotonic() < until:
        seed = asked.seed if asked.seed is not None else random.SystemRandom().randint(1, 999_999)
        one = asyncio.run(play(seed, asked.steps, until))
        done = ", ".join(f"{count} {name}" for name, count in one.done.most_common())
        said = [f"seed {seed}: {sum(one.done.values())} steps ({done})"]
        said += [f"  {one.oracle.answers} answers and {one.oracle.messages} messages were read"]
        said += [f"  of {one.tables} tables without a row: {', '.join(one.empty) or 'none'}"]
        print("\n".join(said))  # noqa: T201 - figures
        if one.oracle.wrong:
            print("\n".join(["the last steps:", *one.story, "wrong:", *one.oracle.wrong]))  # noqa: T201 - as above
            sys.exit(1)
        if asked.seed is not None:
            return


if __name__ == "__main__":
    main()
