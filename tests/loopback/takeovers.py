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
from dataclasses import dataclass, replace
from pathlib import Path

from tests.loopback.focalbot import FocalbotWorkload
from tests.loopback.kills import MOST_STORIES, PACE, Driver
from tests.loopback.lost_buttons import LostButtons
from tests.loopback.nursery import Nursery
from tests.loopback.replicas import Copies, Litestream, Replica
from tests.loopback.stories import story
from tests.loopback.workload import Verdict, judge
from tests.loopback.world import Message
from tests.patience import JOURNEY

LIFE = 2.4
"""Seconds of the system's clock from READY to a machine's death, at most: a copy sends nothing in its first 0.75."""
BURSTS = 4
"""How often somebody owes messages while a machine lives."""
SETTLED_EACH = 5
"""After so many take-overs a machine lives until nothing is open, and lists what its database does not know."""
_LINK = re.compile(r"channels/\d+/\d+/(\d+)")


class Traffic(FocalbotWorkload):
    """The same network, in which messages are owed while a machine lives too, and more meetings are planned."""

    meetings = 0.15

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
    """What a run found. ``unnamed``: messages in channels that the last database does not know and no list names.

    ``again``: messages that were sent again when the first was not there any more to be found; ``gone``: called not
    sent, and deleted, or its channel, before that was said.
    """

    verdict: Verdict
    takeovers: int
    seconds: float
    named: int
    to_people: int
    unnamed: list[str]
    ended_alone: list[str]
    tracebacks: int
    again: int
    gone: int
    pressed: int
    acted_on_another: list[str]
    stories: list[str]

    @property
    def clean(self) -> bool:
        """Nothing twice, nothing lost in silence, and no process that ended or stumbled by itself."""
        v = self.verdict
        wrong = v.twice or v.lost or v.unsettled or v.denied or self.unnamed or self.acted_on_another
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
                f"the first deleted, or its channel: sent again {self.again}, called not sent {self.gone}",
                f"buttons of unknown messages pressed {self.pressed}, acted on another {len(self.acted_on_another)}",
                f"ended by themselves {len(self.ended_alone)}, tracebacks {self.tracebacks}",
                *self.ended_alone[:3],
                *(
                    f"  {what}"
                    for what in (
                        *v.twice[:5],
                        *v.lost[:5],
                        *v.denied[:5],
                        *self.unnamed[:5],
                        *self.acted_on_another[:5],
                    )
                ),
                *self.stories,
            ]
        )


class Takeovers(Driver):
    """One machine after the other, each on the replica of the one before."""

    def __init__(
        self, workload: FocalbotWorkload, seed: int, pace: float, life: float, folder: Path, *, litestream: bool
    ) -> None:
        super().__init__(workload, seed, pace, life, folder)
        self.notes = workload
        self.folder = folder
        self.upheavals.share = 0
        self.machines = 0
        self.replica: Replica = Litestream(folder) if litestream else Copies(folder, self.chance)
        self.lost = LostButtons(self.discord, workload)
        self._has_settled = False
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
            # The network is set up before anything of it is replicated: a copy of one that is not asks for consent.
            async with self.notes.services(self.database):
                pass
            for number in range(1, count + 1):
                await self.replica.begin(self.database)
                if number == 1 or self._has_settled:
                    self.replica.catch_up()
                await self._live_and_die(nursery)
                await self._take_over()
                self._has_settled = False
                if number % SETTLED_EACH == 0 or number == count:
                    self.discord.faults.clear()
                    self.discord.faults.chooser = None
                    await self.workload.calm(self.database)
                    await self._settle(nursery, settling)
                    self._has_settled = True
        verdict = judge(self.workload.books(self.database), self.discord.world.messages, self.workload)
        return self._report(verdict, count, time.monotonic() - began)

    def _report(self, verdict: Verdict, count: int, seconds: float) -> Report:
        listed: set[int] = set()
        for message in self.discord.world.messages:
            listed |= {int(one) for embed in message.embeds for one in _LINK.findall(embed.get("description") or "")}
        unknown = [m for m in self.discord.world.messages if self._is_unknown(m, verdict)]
        direct = [m for m in unknown if m.channel.recipient is not None]
        in_channels = [m for m in unknown if m.channel.recipient is None and m.can_be_seen]
        unnamed = [f"{m.id} {m.content[:60]!r} in {m.channel.name}" for m in in_channels if m.id not in listed]
        repeated = {self.workload.reference(m) for m in self.discord.world.messages if m.repeats}
        visible = {self.workload.reference(m) for m in self.discord.world.messages if m.can_be_seen}
        twice = tuple(name for name in verdict.twice if name in repeated)
        denied = tuple(name for name in verdict.denied if name in visible)
        return Report(
            verdict=replace(verdict, twice=twice, denied=denied),
            takeovers=count,
            seconds=seconds,
            named=len(in_channels),
            to_people=len(direct),
            unnamed=unnamed,
            ended_alone=self.ended_alone,
            tracebacks=self.tracebacks,
            again=len(verdict.twice) - len(twice),
            gone=len(verdict.denied) - len(denied),
            pressed=self.lost.pressed,
            acted_on_another=self.lost.acted_on_another,
            stories=[story(name, self.discord, self.workload, self.lives) for name in (*twice, *denied)[:MOST_STORIES]],
        )

    def _is_unknown(self, message: Message, verdict: Verdict) -> bool:
        return self.workload.reference(message) in verdict.unowed

    async def _take_over(self) -> None:
        """Lose the machine with its disk, and begin another on the replica; what it does not know is not owed."""
        await self.replica.end()
        shutil.rmtree(self.database.parent)
        self.database = self._machine()
        await self.replica.bring_back(self.database)
        with closing(sqlite3.connect(self.database)) as connection:
            rows = connection.execute("SELECT subject_id, target FROM outbox WHERE subject = 'note'").fetchall()
        self.notes.expected &= {f"note {number} to {target}" for number, target in rows}

    async def _before_the_end(self) -> None:
        await self.lost.press_all(self.database)

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
    takeovers: int,
    seed: int,
    folder: Path,
    *,
    pace: float = PACE,
    life: float = LIFE,
    settling: float = JOURNEY,
    litestream: bool = False,
) -> Report:
    """Kill machines ``takeovers`` times and count; see :func:`tests.loopback.kills.run` for the rest."""
    driver = Takeovers(Traffic(), seed, pace, life, folder, litestream=litestream)
    return await driver.run_takeovers(takeovers, settling)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m tests.loopback.takeovers", description=__doc__)
    parser.add_argument("--takeovers", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    parser.add_argument("--litestream", action="store_true", help="replicate with Litestream, the real program")
    chosen = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="takeovers-"))
    print(f"seed {chosen.seed}, files in {folder}", flush=True)  # noqa: T201 - a command line
    report = asyncio.run(run(chosen.takeovers, chosen.seed, folder, litestream=chosen.litestream))
    print(report)  # noqa: T201 - as above
    sys.exit(not report.clean)


if __name__ == "__main__":
    main()
