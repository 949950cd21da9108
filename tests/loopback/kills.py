"""Kills a bot process at random moments, again and again, and counts the messages in the end.

``python -m tests.loopback.kills --kills 1000 --seed 1``: exits with 1 unless every message that was owed is there
once or in the books with its reason. The same seed makes the same choices; what the machine makes of them differs.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import importlib
import logging
import random
import signal
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.loopback.clock import PacedClock
from tests.loopback.faults import Fault, Request, Trouble
from tests.loopback.nursery import Child, Nursery
from tests.loopback.process import environment
from tests.loopback.server import LoopbackDiscord
from tests.loopback.stories import story
from tests.loopback.upheavals import Upheavals
from tests.loopback.workload import State, Verdict, Workload, judge
from tests.patience import ELSEWHERE, JOURNEY, MOMENT

_log = logging.getLogger("kills")

MOST_OWED = 4
LONGEST_LIFE = 0.4
"""Seconds of the system's clock from a process's READY to its death; one in ten lives four times as long."""
BEFORE_READY = 0.2
"""The share of lives counted from their fork instead."""
MOST_MORE = 10
"""On a slow machine few lives come as far as a request: up to so many times as many are played."""
PACE = 120.0
"""How many times as fast as the system's clock the bots and their Discord live."""
BEGINS_AT = datetime(2027, 3, 9, 10, 50, tzinfo=UTC)
"""A Tuesday: working hours from Halifax to Kolkata."""
LONGEST_MEMORY = 300.0
"""Seconds for which Discord remembers nonces in half of all lives; in the others it remembers none at all."""

POSTS = {
    Trouble.LOSE_ANSWER: 0.12,
    Trouble.REFUSE_AFTER: 0.06,
    Trouble.DROP: 0.06,
    Trouble.REFUSE: 0.06,
    Trouble.DELAY: 0.04,
}
LATEST = 0.4
"""Seconds of the system's clock by which a message is stored late, at most: 48 s at the usual pace."""
UPHEAVALS = 0.25
"""The share of lives in which something happens to the connection, a permission or the server."""
OTHERS = {Trouble.DROP: 0.03, Trouble.REFUSE: 0.03}
SERVER_FAULTS = (500, 502, 503, 504)
RATE_LIMITED = 429


MOST_STORIES = 3
"""Messages that went wrong whose story the report tells."""


@dataclass
class Report:
    """What a run of the driver did and found."""

    verdict: Verdict
    kills: int
    at_requests: int
    troubles: int
    upheavals: int
    acts: int
    ended_alone: list[str]
    tracebacks: int
    seconds: float
    stories: list[str]

    @property
    def clean(self) -> bool:
        """Nothing twice, nothing lost, and no process that ended or stumbled by itself."""
        return self.verdict.clean and not self.ended_alone and not self.tracebacks

    def __str__(self) -> str:
        """The figures in a few lines."""
        head = f"{self.kills} kills ({self.at_requests} inside a request), {self.troubles} faults"
        head += f", {self.upheavals} upheavals, {self.acts} acts of the secretariat"
        alone = f"ended by themselves {len(self.ended_alone)}, tracebacks {self.tracebacks}"
        return "\n".join(
            [f"{head}, {self.seconds:.0f} s", str(self.verdict), alone, *self.ended_alone[:3], *self.stories]
        )


@dataclass
class Life:
    """One process from its start to its death, with what Discord does to it meanwhile.

    Death comes at a moment, or with the ``fatal_post``-th message: before it is stored, long before (it is stored
    late), after (the answer never read), or shortly after the answer.
    """

    chance: random.Random
    fatal_post: int | None
    child: Child | None = None
    troubles: int = 0
    killed_at_request: bool = False
    _posts: int = 0
    _pending: list[asyncio.TimerHandle] = field(default_factory=list[asyncio.TimerHandle])

    @classmethod
    def drawn(cls, chance: random.Random) -> Life:
        """A life whose end is drawn by lot."""
        return cls(chance, chance.randint(1, MOST_OWED) if chance.random() < 0.6 else None)

    def trouble_for(self, request: Request) -> Fault | None:
        """What goes wrong with ``request``; kills the process where that is its end."""
        is_post = request.method == "POST" and request.path.endswith("/messages")
        if is_post:
            self._posts += 1
            if self._posts == self.fatal_post:
                return self._end()
        draw = self.chance.random()
        for trouble, share in (POSTS if is_post else OTHERS).items():
            draw -= share
            if draw < 0:
                self.troubles += 1
                errors = SERVER_FAULTS if trouble is Trouble.REFUSE_AFTER else (*SERVER_FAULTS, RATE_LIMITED)
                longest = LATEST if trouble is Trouble.DELAY else 5
                return Fault(trouble, status=self.chance.choice(errors), seconds=self.chance.uniform(0, longest))
        return None

    def _end(self) -> Fault | None:
        assert self.child is not None
        self.killed_at_request = True
        moment = self.chance.choice(("before", "long before", "stored", "answered"))
        if moment == "answered":
            delay = self.chance.uniform(0, 0.02)
            self._pending.append(asyncio.get_running_loop().call_later(delay, self.child.kill))
            return None
        self.child.kill()
        if moment == "long before":
            return Fault(Trouble.DELAY, seconds=self.chance.uniform(0, LATEST))
        return Fault(Trouble.DROP if moment == "before" else Trouble.LOSE_ANSWER)


class Driver:
    """Runs lives one after the other on one database and one Discord."""

    def __init__(self, workload: Workload, seed: int, pace: float, life: float, folder: Path) -> None:
        self.workload = workload
        self.life = life
        self.chance = random.Random(seed)  # noqa: S311 - lots, not secrets
        self.discord = LoopbackDiscord(PacedClock.starting(BEGINS_AT, pace))
        self.upheavals = Upheavals(self.discord, self.chance, UPHEAVALS)
        self.database = folder / "focalbot.sqlite3"
        self.output = folder / "output.txt"
        self.at_requests = 0
        self.troubles = 0
        self.ended_alone: list[str] = []
        self.tracebacks = 0
        self.lives: list[tuple[float, str]] = []

    async def run(self, kills: int, settling: float, at_requests: int = 0) -> Report:
        """Kill ``kills`` processes, let a last one settle for at most ``settling`` seconds, and count.

        More are killed where fewer than ``at_requests`` died at a request.
        """
        began = time.monotonic()
        async with self.discord, Nursery() as nursery:
            self.workload.furnish(self.discord, self.database)
            await self._settle(nursery, settling)
            number = 0
            while number < kills or (self.at_requests < at_requests and number < MOST_MORE * kills):
                await self._live_and_die(nursery)
                number += 1
                if number % 100 == 0:
                    _log.info("%d kills, %.0f s", number, time.monotonic() - began)
            self.discord.faults.clear()
            self.upheavals.mend()
            await self.workload.calm(self.database)
            await self._settle(nursery, settling)
        verdict = judge(self.workload.books(self.database), self.discord.world.messages, self.workload)
        wrong = (*verdict.twice, *verdict.denied)[:MOST_STORIES]
        return Report(
            verdict,
            number,
            self.at_requests,
            self.troubles,
            self.upheavals.happened,
            self.workload.acts,
            self.ended_alone,
            self.tracebacks,
            seconds=time.monotonic() - began,
            stories=[story(reference, self.discord, self.workload, self.lives) for reference in wrong],
        )

    def _note(self, what: str) -> None:
        self.lives.append((self.discord.clock.time(), what))

    async def _start(self, nursery: Nursery) -> Child:
        self.output.unlink(missing_ok=True)
        self._note("a process starts")
        values = environment(self.discord, self.database, **self.workload.environment)
        return await nursery.start(["run"], values, self.output, self.workload.entry)

    async def _live_and_die(self, nursery: Nursery) -> None:
        count = self.chance.randint(0, MOST_OWED)
        await self.workload.owe(self.discord, self.database, count, self.chance)
        life = Life.drawn(self.chance)
        self.discord.store.nonce_window = self.chance.choice((0.0, LONGEST_MEMORY))
        self.discord.faults.chooser = life.trouble_for
        identified = self.discord.gateway.identified
        life.child = await self._start(nursery)
        if self.chance.random() > BEFORE_READY:
            ready = asyncio.create_task(self.discord.gateway.wait_identified(identified + 1, JOURNEY))
            await asyncio.wait({ready, life.child.ended}, return_when=asyncio.FIRST_COMPLETED)
            ready.cancel()
        longest = self.life * (4 if self.chance.random() < 0.1 else 1)
        if life.fatal_post is None:
            longest = self.chance.uniform(0, longest)
        self.upheavals.begin(longest)
        lots = random.Random(self.chance.random())  # noqa: S311 - lots, not secrets
        meddling = asyncio.create_task(self.workload.meddle(self.database, lots, longest / 2))
        await asyncio.wait({life.child.ended}, timeout=longest)
        life.child.kill()
        code = await life.child.ended
        meddling.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await meddling  # Nobody is answered by the dead; anything else is a fault of the driver.
        self._note("it is dead")
        await self.upheavals.end()
        if self.chance.random() < 0.5:
            self.discord.store.forget_nonces()
        self.troubles += life.troubles
        self.at_requests += life.killed_at_request
        self._look_at_output(code, expected=-9)

    async def _settle(self, nursery: Nursery, longest: float) -> None:
        child = await self._start(nursery)
        try:
            async with asyncio.timeout(longest):
                await self.discord.gateway.wait_connected(longest)
                while any(entry.state is State.OPEN for entry in self.workload.books(self.database)):
                    await asyncio.wait({child.ended}, timeout=MOMENT)
                    if child.ended.done():
                        break
            if not child.ended.done():
                await self._before_the_end()
        except TimeoutError:
            self.ended_alone.append(f"the last process had not settled after {longest} s")
        child.send(signal.SIGTERM)
        await asyncio.wait({child.ended}, timeout=ELSEWHERE)
        child.kill()
        self._look_at_output(await child.ended, expected=0)

    async def _before_the_end(self) -> None:
        """Do what is to be done with a process that has settled all, before it is asked to end."""

    def _look_at_output(self, code: int, expected: int) -> None:
        said = self.output.read_text() if self.output.exists() else ""
        if code != expected:
            self.ended_alone.append(f"exit code {code} instead of {expected}: {said[-2000:]}")
        if "Traceback" in said:
            self.tracebacks += 1
            self.output.rename(self.output.with_name(f"traceback-{self.tracebacks}.txt"))


async def run(
    workload: Workload,
    kills: int,
    seed: int,
    folder: Path,
    *,
    pace: float = PACE,
    life: float = LONGEST_LIFE,
    settling: float = JOURNEY,
    at_requests: int = 0,
) -> Report:
    """Kill ``workload``'s bot ``kills`` times and count the messages; the files are left in ``folder``.

    It is killed more often where it dies fewer than ``at_requests`` times at a request.

    ``pace``: how many times as fast as the system's clock all live; ``life`` and ``settling``: seconds of that
    clock that a process lives at most, and that the last one is given to settle what is open.
    """
    return await Driver(workload, seed, pace, life, folder).run(kills, settling, at_requests)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.loopback.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--pace", type=float, default=PACE, help="how many times as fast as real time the bot lives")
    parser.add_argument(
        "--workload", default="tests.loopback.focalbot:FocalbotWorkload", help="module:Class of the engine"
    )
    chosen = parser.parse_args()
    module, name = chosen.workload.split(":")
    workload: Workload = getattr(importlib.import_module(module), name)()
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    folder = Path(tempfile.mkdtemp(prefix="kills-"))
    print(f"seed {chosen.seed}, files in {folder}")  # noqa: T201 - a command line
    report = asyncio.run(run(workload, chosen.kills, chosen.seed, folder, pace=chosen.pace))
    print(report)  # noqa: T201 - as above
    sys.exit(not report.clean)


if __name__ == "__main__":
    main()
