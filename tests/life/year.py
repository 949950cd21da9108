"""A network's year, some weeks of one, or ten, lived through by the real bot on SimCord.

``python -m tests.life --weeks 52 --seed 1 --faults 0.1`` exits with 1 unless at the end each message is in a state that
is true, nobody who was erased is in any file, and the sums said to the secretariat add up. The same seed makes the same
life. Each year has all that a year of a network has, and what befalls its machine; the upgrade is in the middle of all.
"""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest

from tests.life.acts import Acts
from tests.life.books import Verdict
from tests.life.figures import Figures
from tests.life.network import found
from tests.life.stage import Stage
from tests.life.upheavals import Upheavals
from tests.life.witness import Witness
from tests.world import World
from tests.zone_data import zone_data_kept

WEEK: Final = timedelta(days=7)
SHORTEST: Final = 6
"""Weeks in which all that happens in a year can happen, and a meeting be planned, answered and held."""
HANDOVERS: Final = 21
"""In a year; in a shorter time as many fewer."""
_YEAR: Final = 52
_ANSWERED_IN: Final = 8
"""The last weeks of a year, in which delegations answer whether they come."""
_WEBINARS_EACH: Final = 4
_LINKED_EACH: Final = 8

Act = Callable[[], Awaitable[None]]


@dataclass
class Life:
    """Plays the weeks, and what befalls the machine in them; ``folder`` is for backups and for other machines."""

    world: World
    folder: Path
    seed: int
    weeks: int
    faults: float = 0.0
    """The chance, in each week, of a restart, of a kill, and of a lost answer, each by itself."""
    years: list[Figures] = field(default_factory=list[Figures])

    def __post_init__(self) -> None:
        # A decade is read every second day: fewer steps, not fewer people.
        self._stride = 1 if self.weeks <= _YEAR else 2
        self.stage = Stage(self.world, random.Random(self.seed))  # noqa: S311 - lots, not secrets
        self._witness = Witness(self.stage)
        self._acts = Acts(self.stage, self._witness)

    async def play(self, year_over: Callable[[Figures], None] = lambda _: None) -> Verdict:
        """Live through all weeks and compare; ``year_over`` is told the figures of each year."""
        with pytest.MonkeyPatch.context() as patch, zone_data_kept():
            self._upheavals = Upheavals(self.stage, self._witness, self._acts, self.folder, patch)
            await self._begin()
            verdict = Verdict()
            for week in range(self.weeks):
                self.stage.week = week
                await self._live_through(week)
                if (week + 1) % _YEAR == 0 or week + 1 == self.weeks:
                    verdict = await self._witness.verdict()
                    self.years.append(await Figures.of(self.stage, len(self.years) + 1, verdict))
                    year_over(self.years[-1])
                    if verdict.wrong:
                        break
        return verdict

    async def _begin(self) -> None:
        backups, stage = self.folder / "backups", self.stage
        backups.mkdir()
        self.world.settings = self.world.settings.model_copy(update={"backup_folder": backups})
        await self.world.travel(timedelta(days=4, hours=15))  # Monday 5 January, 15:00: the secretariat's morning
        stage.members = await found(self.world, stage.chance)
        await stage.close()
        await stage.start()
        await self._acts.name_steering_group()

    async def _live_through(self, week: int) -> None:
        began = self.stage.now
        for act in self._acts_of(week):
            await act()
        for upheaval in self._upheavals_of(week):
            await self._read_along(1)
            await upheaval()
        # Until the Monday after it, in New York's morning, however long the upheavals have taken.
        while (left := began + WEEK - self.stage.now) > timedelta():
            await self._read_along(min(self._stride, left / timedelta(days=1)))

    async def _read_along(self, days: float) -> None:
        """Let some time pass, after which some people run a command."""
        await self.world.travel(timedelta(days=days))
        await self.stage.note_that_it_runs()
        await self._acts.read()
        await self._witness.check_counts()

    # What happens in which week

    def _length(self, week: int) -> int:
        """Return how many weeks the year has in which a week is."""
        return min(_YEAR, self.weeks - week // _YEAR * _YEAR)

    def _is_at(self, week: int, share: float) -> bool:
        """Tell whether a week is the one in which a ``share`` of its year is over."""
        length = self._length(week)
        return length >= SHORTEST and week % _YEAR == int(share * length)

    def _acts_of(self, week: int) -> list[Act]:
        """Return what the secretariat and the delegations do at the beginning of a week."""
        acts, in_year, length, chance = self._acts, week % _YEAR, self._length(week), self.stage.chance
        soon = length < _YEAR
        # Registration closes half way, at least 17 days ahead of the meeting.
        planned = lambda: acts.plan_meeting(WEEK * length - timedelta(days=10), WEEK * (length - 3))  # noqa: E731
        regional = lambda: acts.plan_regional(*((WEEK, WEEK / 2) if soon else (WEEK * 8, WEEK * 5)))  # noqa: E731
        roll_call = {"question": "Shall the network meet twice?", "options": "Yes; No; Later", "secret": False}
        happen: list[tuple[bool, Act]] = [
            (self._is_at(week, 0), planned),
            (in_year % _WEBINARS_EACH == 1, acts.schedule_webinar),
            (self._is_at(week, 0.2), lambda: acts.open_statement(timedelta(days=5 if soon else 30))),
            (self._is_at(week, 0.34), self._upheavals.lose_an_answer),
            (self._is_at(week, 0.34), acts.open_poll),
            (self._is_at(week, 0.34), acts.write_to_all),
            (self._is_at(week, 0.4), regional),
            (self._is_at(week, 0.5), lambda: acts.open_decision(objects=chance.random() < 0.3)),
            (not soon and self._is_at(week, 0.6), lambda: acts.open_poll(**roll_call)),
            (not soon and self._is_at(week, 0.7), lambda: acts.open_decision(objects=chance.random() < 0.3)),
            (self._is_at(week, 0.3), acts.erase),
            (self._is_at(week, 0.75), acts.erase),
            (True, acts.deliver_statements),
            *[(True, acts.hand_over)] * (HANDOVERS * (in_year + 1) // _YEAR - HANDOVERS * in_year // _YEAR),
            (bool(week) and (in_year >= length - _ANSWERED_IN or not soon), acts.register),
            (week % _LINKED_EACH == 1, acts.link),
            (chance.random() < self.faults, self._upheavals.restart),
            (chance.random() < self.faults, self._upheavals.lose_an_answer),
            (chance.random() < self.faults, self._upheavals.kill),
        ]
        return [act for is_now, act in happen if is_now]

    def _upheavals_of(self, week: int) -> list[Act]:
        """Return what befalls the machine, the operator or a government in a week."""
        happen: list[tuple[bool, Act]] = [
            (self.weeks >= SHORTEST and week == self.weeks // 2, self._upheavals.upgrade),
            (self._is_at(week, 0.15), self._upheavals.kill),
            (self._is_at(week, 0.25), self._upheavals.be_away),
            (self._is_at(week, 0.55), self._upheavals.restore_a_backup),
            (self._is_at(week, 0.65), self._upheavals.change_clocks),
            (self._is_at(week, 0.8), self._upheavals.take_over),
        ]
        return [act for is_now, act in happen if is_now]
