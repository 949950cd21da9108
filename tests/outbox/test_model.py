"""Any sequence of planning, moving, leads, cancelling, pausing, time and restarts: sent and owed as a model says."""

import asyncio
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.outbox import ANNOUNCEMENTS, Owed
from tests.outbox.conftest import Desk, Notes
from tests.world import running_world

DAY = timedelta(days=1)
LEADS = (1, 2, 7, 14)


class Model:
    """What a person with a calendar would keep: for each lead, what was sent for which start, and what is owed."""

    def __init__(self) -> None:
        self.start: datetime | None = None
        self.leads: frozenset[int] = frozenset()
        self.owed: dict[int, datetime] = {}
        self.sent: dict[int, list[datetime]] = {lead: [] for lead in LEADS}
        self.paused = False

    def plan(self, now: datetime) -> None:
        for lead in LEADS:
            due = self.start - lead * DAY if self.start is not None and lead in self.leads else None
            if due is None:
                self.owed.pop(lead, None)
            elif due > now:
                last = self.sent[lead][-1] if self.sent[lead] else None
                if lead in self.owed or last is None or abs(due - last) >= lead * DAY:
                    self.owed[lead] = due
            elif self.owed.get(lead) != due:
                self.owed.pop(lead, None)

    def pass_time(self, now: datetime) -> None:
        if not self.paused:
            for lead, due in list(self.owed.items()):
                if due <= now:
                    self.sent[lead].append(self.owed.pop(lead))


class Planning(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.model = Model()
        self.loop.run_until_complete(self._begin())

    async def _begin(self) -> None:
        self.running = running_world(Path(self.folder.name) / "focalbot.sqlite3")
        self.world = await self.running.__aenter__()
        self.notes = Notes()
        self.desk = Desk(self.world, self.notes)
        await self.desk.restart(bare=True)

    def teardown(self) -> None:
        if hasattr(self, "running"):
            self.loop.run_until_complete(self.running.__aexit__(None, None, None))
            self.loop.close()
            self.folder.cleanup()

    def _plan(self) -> None:
        model = self.model
        owed = [
            Owed(f"{lead}d", model.start - lead * DAY, ANNOUNCEMENTS, lead * DAY)
            for lead in sorted(model.leads)
            if model.start is not None
        ]
        self.loop.run_until_complete(self.desk.plan(*owed))
        model.plan(self.desk.now)
        model.pass_time(self.desk.now)

    @rule(days=st.integers(1, 40), leads=st.frozensets(st.sampled_from(LEADS), min_size=1))
    def plan(self, days: int, leads: frozenset[int]) -> None:
        self.model.start, self.model.leads = self.desk.now + days * DAY + timedelta(hours=9), leads
        self._plan()

    @rule(hours=st.sampled_from((-400, -30, -1, 1, 26, 24 * 7, 24 * 21)))
    def move(self, hours: int) -> None:
        if self.model.start is not None:
            self.model.start += timedelta(hours=hours)
            self._plan()

    @rule(leads=st.frozensets(st.sampled_from(LEADS)))
    def change_leads(self, leads: frozenset[int]) -> None:
        self.model.leads = leads
        self._plan()

    @rule()
    def plan_again(self) -> None:
        self._plan()

    @rule()
    def call_off(self) -> None:
        self.model.start = None
        self._plan()

    @rule(hours=st.sampled_from((1, 13, 25, 24 * 4, 24 * 15)))
    def wait(self, hours: int) -> None:
        self.loop.run_until_complete(self.desk.pass_time(timedelta(hours=hours)))
        self.model.pass_time(self.desk.now)

    @rule()
    def restart(self) -> None:
        self.loop.run_until_complete(self.desk.restart(bare=True))
        self.model.pass_time(self.desk.now)

    @rule()
    def pause_or_resume(self) -> None:
        self.model.paused = not self.model.paused
        self.loop.run_until_complete(self._pause_or_resume())
        self.model.pass_time(self.desk.now)

    async def _pause_or_resume(self) -> None:
        outbox = self.world.bot.services.outbox
        with self.world.as_bot():
            async with self.world.bot.services.transaction() as tx:
                if self.model.paused:
                    await outbox.rows.pause(tx, self.desk.guild_id)
                else:
                    await outbox.resume(tx, self.desk.guild_id)
        await self.world.env.settle()

    @invariant()
    def sent_and_owed_as_the_model_says(self) -> None:
        if not hasattr(self, "desk"):
            return
        rows = self.loop.run_until_complete(self.desk.rows())
        owed = {int(row.kind[:-1]): row.due_at for row in rows if row.state == "pending"}
        assert owed == {lead: due.replace(microsecond=0) for lead, due in self.model.owed.items()}
        for lead in LEADS:
            assert self.desk.shown().count(f"Note {lead}d") == len(self.model.sent[lead]), lead


Planning.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=15,
    derandomize=True,
    suppress_health_check=[HealthCheck.filter_too_much],
)
TestPlanning = Planning.TestCase
