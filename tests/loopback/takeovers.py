"""Kills a machine with its disk at random moments, takes over from its replica, again and again, and counts.

``python -m tests.loopback.takeovers --takeovers 100 --seed 1``: each machine sends while its database is replicated
with a delay; it dies with its disk, and the next one starts on the replica. Exits with 1 unless no message was sent
twice, none is booked as sent that was never stored, and each message that the last database does not know is named in
the secretariat's channel (those to one person cannot be).
"""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import shutil
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from tests.loopback.focalbot import FocalbotWorkload
from tests.loopback.kills import PACE, Driver
from tests.loopback.nursery import Nursery
from tests.loopback.workload import Verdict, judge
from tests.loopback.world import Message

SHORTEST_DELAY, LONGEST_DELAY = 0.2, 1.2
"""Seconds of the system's clock between two states of the replica: 24 to 144 s at the usual pace."""
LIFE = 2.4
"""Seconds of the system's clock from READY to a machine's death, at most: a copy sends nothing in its first 0.75."""
BURSTS = 4
"""How often somebody owes messages while a machine lives."""
SETTLED_EACH = 5
"""After so many take-overs a machine lives until nothing is open, and lists what its database does not know."""
_LINK = re.compile(r"channels/\d+/\d+/(\d+)")


class Traffic(FocalbotWorkload):
    """The same network, in which messages are owed while a machine lives too."""

    async def meddle(self, database: Path, chance: random.Random, seconds: float) -> None:
        for _ in range(BURSTS):
            await asyncio.sleep(chance.uniform(0, 2 * seconds / BURSTS))
            owing = asyncio.create_task(self.owe(self.discord, database, chance.randint(1, 3), chance))
            try:
                await asyncio.shield(owing)
            except asyncio.CancelledError:
                # The machine is dead; its disk is still there, and a database that is left open ends no process.
                await owing
                raise


@dataclass
class Report:
    """What a run found. ``unnamed``: messages in channels that the last database does not know and no list names."""

    verdict: Verdict
    takeovers: int
    seconds: float
    named: int
    to_people: int
    unnamed: list[str]
    ended_alone: list[str]
    tracebacks: int

    @property
    def clean(self) -> bool:
        """Nothing twice, nothing lost in silence, and no process that ended or stumbled by itself."""
        wrong = self.verdict.twice or self.verdict.lost or self.verdict.unsettled or self.unnamed
        return not wrong and not self.ended_alone and not self.tracebacks

    def __str__(self) -> str:
        """The figures in a few lines."""
        v = self.verdict
        return "\n".join(
            [
                f"{self.takeovers} machines killed with their disks, {self.seconds:.0f} s",
                f"in the books {v.owed}: sent once {v.sent}, taken back {v.taken_back}, not sent {v.not_sent}",
                f"unknown whether sent {v.unknown}, called not sent and stored {len(v.denied)}",
                f"twice {len(v.twice)}, booked as sent and never stored {len(v.lost)}, open {len(v.unsettled)}",
                f"not in the last database: {self.named} in channels, of them not named {len(self.unnamed)}",
                f"and {self.to_people} to one person, which cannot be named",
                f"ended by themselves {len(self.ended_alone)}, tracebacks {self.tracebacks}",
                *self.ended_alone[:3],
                *(f"  {what}" for what in (*v.twice[:5], *v.lost[:5], *v.denied[:5], *self.unnamed[:5])),
            ]
        )


class Takeovers(Driver):
    """One machine after the other, each on the replica of the one before."""

    def __init__(self, workload: FocalbotWorkload, seed: int, pace: float, life: float, folder: Path) -> None:
        super().__init__(workload, seed, pace, life, folder)
        self.notes = workload
        self.folder = folder
        self.upheavals.share = 0
        self.machines = 0
        self.replica = folder / "replica.sqlite3"
        self.database = self._machine()

    def _machine(self) -> Path:
        self.machines += 1
        path = self.folder / f"machine-{self.machines}" / "focalbot.sqlite3"
        path.parent.mkdir()
        return path

    async def run_takeovers(self, count: int, settling: float) -> Report:
        """Kill ``count`` machines, let the last one settle, and count."""
        began = time.monotonic()
        async with self.discord, Nursery() as nursery:
            self.workload.furnish(self.discord, self.database)
            await self._settle(nursery, settling)
            self._replicate()
            for number in range(1, count + 1):
                replicating = asyncio.create_task(self._keep_replicating())
                await self._live_and_die(nursery)
                replicating.cancel()
                await asyncio.gather(replicating, return_exceptions=True)
                self._take_over()
                if number % SETTLED_EACH == 0 or number == count:
                    self.discord.faults.clear()
                    self.discord.faults.chooser = None
                    await self.workload.calm(self.database)
                    await self._settle(nursery, settling)
                    self._replicate()
        verdict = judge(self.workload.books(self.database), self.discord.world.messages, self.workload)
        return self._report(verdict, count, time.monotonic() - began)

    def _report(self, verdict: Verdict, count: int, seconds: float) -> Report:
        listed: set[int] = set()
        for message in self.discord.world.messages:
            listed |= {int(one) for embed in message.embeds for one in _LINK.findall(embed.get("description") or "")}
        unknown = [m for m in self.discord.world.messages if self._is_unknown(m, verdict)]
        direct = [m for m in unknown if m.channel.recipient is not None]
        in_channels = [m for m in unknown if m.channel.recipient is None and not m.deleted]
        unnamed = [f"{m.id} {m.content[:60]!r} in {m.channel.name}" for m in in_channels if m.id not in listed]
        return Report(
            verdict, count, seconds, len(in_channels), len(direct), unnamed, self.ended_alone, self.tracebacks
        )

    def _is_unknown(self, message: Message, verdict: Verdict) -> bool:
        return self.workload.reference(message) in verdict.unowed

    async def _keep_replicating(self) -> None:
        while True:
            await asyncio.sleep(self.chance.uniform(SHORTEST_DELAY, LONGEST_DELAY))
            self._replicate()

    def _replicate(self) -> None:
        """Bring the replica to the present state, page for page, as Litestream does: without what is beside it."""
        new = self.replica.with_name("replica.new")
        new.unlink(missing_ok=True)
        with closing(sqlite3.connect(self.database)) as source, closing(sqlite3.connect(new)) as target:
            source.backup(target)
        new.replace(self.replica)

    def _take_over(self) -> None:
        """Lose the machine with its disk, and begin another on the replica; what it does not know is not owed."""
        shutil.rmtree(self.database.parent)
        self.database = self._machine()
        shutil.copyfile(self.replica, self.database)
        with closing(sqlite3.connect(self.database)) as connection:
            rows = connection.execute("SELECT subject_id, target FROM outbox WHERE subject = 'note'").fetchall()
        self.notes.expected &= {f"note {number} to {target}" for number, target in rows}

    async def _settle(self, nursery: Nursery, longest: float) -> None:
        """Let a machine live until it has also listed what its database does not know."""
        await super()._settle(nursery, longest)
        for _ in range(int(longest)):
            if not self._waits_to_list():
                return
            await super()._settle(nursery, longest)

    def _waits_to_list(self) -> bool:
        with closing(sqlite3.connect(self.database)) as connection:
            return bool(
                connection.execute("SELECT 1 FROM outbox WHERE subject = 'copy' AND state = 'pending'").fetchone()
            )


async def run(
    takeovers: int, seed: int, folder: Path, *, pace: float = PACE, life: float = LIFE, settling: float = 120
) -> Report:
    """Kill machines ``takeovers`` times and count; see :func:`tests.loopback.kills.run` for the rest."""
    return await Takeovers(Traffic(), seed, pace, life, folder).run_takeovers(takeovers, settling)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.loopback.takeovers", description=__doc__)
    parser.add_argument("--takeovers", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="takeovers-"))
    print(f"seed {chosen.seed}, files in {folder}", flush=True)  # noqa: T201 - a command line
    report = asyncio.run(run(chosen.takeovers, chosen.seed, folder))
    print(report)  # noqa: T201 - as above
    sys.exit(not report.clean)


if __name__ == "__main__":
    main()
