import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import discord
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # pyright: ignore[reportMissingTypeStubs]

from bot.delivery.clock_check import ClockCheck
from bot.delivery.courier import Courier
from bot.delivery.mailer import Mailer
from bot.delivery.outcome import LONGEST_BACKOFF, UnauthorisedError, backoff
from bot.delivery.secretariat_alerts import CLOCK, SecretariatAlerts
from bot.outbox.reference import in_log
from bot.outbox.types import SECRETARIAT, MaySend, always
from bot.presence import ENDED
from bot.retention import REMOVED_NETWORKS
from bot.services import Services
from storage.outbox.deliveries import DeliveryRepository
from storage.outbox.models import OutboxRow

_log: Final = logging.getLogger("bot.outbox")

_ALARM: Final = "outbox"
SWEEP: Final = timedelta(seconds=30)
_LANES: Final = 8
"""Places that are written to at the same time; within one place, one message after the other."""
_EMAIL: Final = (0, "email")
"""The one lane of all e-mails, beside Discord's."""
_IN_LANE: Final = 16
"""Rows that a place is given at a time."""
_AT_A_TIME: Final = 256
_CERTAIN_WITHIN: Final = timedelta(seconds=90)
"""How old the last check may be that no other process has taken over: it is made once a minute, while the machine is
awake."""
_PAUSE: Final = timedelta(seconds=60)
"""How long the engine waits after a fault of the database's, or while the clock is off."""
_HANGS_AFTER: Final = 300.0
"""Seconds after which one step with one row is no longer slow: each request to Discord is given up long before."""
_STOPS_WITHIN: Final = 5.0
"""Seconds that requests under way are given to finish when the bot stops."""


class Engine:
    """Sends what is owed. The rows are the truth: this only knows when to look at them.

    One alarm rings at the next due time; a sweep compares that time with the clock, without asking the
    database, in case the clock jumped or the alarm was lost. ``sweep`` may be set before :meth:`start`.
    """

    def __init__(self, client: discord.Client, scheduler: AsyncIOScheduler, clock_check: ClockCheck) -> None:
        self.sweep = SWEEP
        self.may_send: MaySend = always
        """Asked before each turn, before a message to people, and before each e-mail."""
        self.alive: Callable[[], None] | None = None
        """Told at the end of each turn, unless a lane hangs: that the engine works. With it, each sweep takes one."""
        self._client = client
        self._scheduler = scheduler
        self._clock_check = clock_check
        self._busy_since: dict[tuple[int, str], float] = {}
        self._lanes: dict[tuple[int, str], asyncio.Task[None]] = {}
        self._handed: set[int] = set()
        self._held: dict[int, tuple[datetime, int]] = {}
        self._next: datetime | None = None
        self._turn: asyncio.Task[None] | None = None
        self._turn_again = False
        self._begun = False
        self._running = False
        self._drift = timedelta(0)
        self._told_of_clock = False

    @property
    def is_running(self) -> bool:
        """Whether it sends what is due: it has begun, and was not stopped."""
        return self._running

    @property
    def next_wake(self) -> datetime | None:
        """When the engine looks at its rows next; None when nothing is owed (or it is not running)."""
        return self._next

    async def start(self, services: Services) -> None:
        """Begin, once the bot is ready: take up what the last run left, then send what is due. Once only."""
        if self._begun:
            return
        self._begun = True
        try:
            await self._start(services)
        except BaseException:
            # The next time that the bot is ready is another chance.
            self._begun = self._running = False
            raise

    async def _start(self, services: Services) -> None:
        self._services = services
        self._deliveries = DeliveryRepository(services.database)
        services.outbox.register(SecretariatAlerts(services, self._deliveries))
        services.outbox.salt = await self._deliveries.salt()
        copied = await self._deliveries.copied()
        self._courier = Courier(services, self._client, self._deliveries, self._clock_check, copied, self.may_send)
        self._mailer = Mailer(services, self._client, self._courier, self._clock_check, copied, self.may_send)
        services.outbox.noticed |= await services.outbox.rows.targets_with_notices()
        await self._compare_networks()
        # Before anything may be sent: what this process has under way is not the last one's.
        await self._take_over()
        services.outbox.wakes(self._wake)
        self._running = True
        self._drift = self._present_drift()
        self._scheduler.add_job(  # pyright: ignore[reportUnknownMemberType] - APScheduler 3 has no types
            self._sweep,
            "interval",
            seconds=self.sweep.total_seconds(),
            id="outbox-sweep",
            replace_existing=True,
            misfire_grace_time=None,
            coalesce=True,
        )
        self._look()

    def halt(self) -> None:
        """Begin nothing more at once: another process has taken over."""
        self._running = False

    async def stop(self) -> None:
        """Begin nothing more, finish what is being sent, for a few seconds; what is cut off is looked for later."""
        self._running = False
        tasks = [task for task in (self._turn, *self._lanes.values()) if task is not None and not task.done()]
        if tasks:
            _, unfinished = await asyncio.wait(tasks, timeout=_STOPS_WITHIN)
            for task in unfinished:
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)

    # Networks

    async def network_removed(self, guild_id: int) -> None:
        """Cancel all that is owed to a server that the bot was removed from; before the start, the start does."""
        if self._running:
            await self._remove(guild_id)

    async def _remove(self, guild_id: int) -> None:
        async with self._services.transaction() as tx:
            await self._deliveries.removed(tx, guild_id)

    async def network_returned(self, guild_id: int) -> None:
        """Owe again what still lies ahead in a server that has the bot back."""
        if self._running and (await self._deliveries.networks()).get(guild_id, False):
            await self._return(guild_id)

    async def _return(self, guild_id: int) -> None:
        async with self._services.transaction() as tx:
            await self._deliveries.returned(tx, guild_id)
            self._services.outbox.wake(tx, _moment(tx.at))
        self._client.dispatch(ENDED, guild_id)

    async def purge(self) -> list[int]:
        """Delete the data of servers that the bot was removed from long ago (:mod:`bot.retention`); return which."""
        async with self._services.transaction() as tx:
            return await self._deliveries.purge_removed(tx, int(REMOVED_NETWORKS.total_seconds()))

    async def _compare_networks(self) -> None:
        """Notice what happened while the bot was away. An unavailable server is still one of ours."""
        here = {guild.id for guild in self._client.guilds}
        for guild_id, removed in (await self._deliveries.networks()).items():
            if guild_id not in here and not removed:
                await self._remove(guild_id)
            elif guild_id in here and removed:
                await self._return(guild_id)

    # When to look

    def _wake(self, at: datetime) -> None:
        """Look at what falls due at ``at``. Called after a commit with the writer still held: no turn misses it."""
        if at <= self._services.clock.now():
            self._look()
        elif self._next is None or at < self._next:
            self._set_alarm(at)

    def _set_alarm(self, at: datetime | None) -> None:
        self._next = at
        if at is None:
            if self._scheduler.get_job(_ALARM) is not None:  # pyright: ignore[reportUnknownMemberType] - as below
                self._scheduler.remove_job(_ALARM)  # pyright: ignore[reportUnknownMemberType] - as below
        elif self._running:
            self._scheduler.add_job(  # pyright: ignore[reportUnknownMemberType] - APScheduler 3 has no types
                self._ring,
                "date",
                run_date=at,
                id=_ALARM,
                replace_existing=True,
                misfire_grace_time=None,
                coalesce=True,
            )

    async def _ring(self) -> None:
        self._look()

    async def _sweep(self) -> None:
        """Catch jumped clocks and lost alarms. Asks the database only where the clock was set, or somebody watches."""
        drift = self._present_drift()
        if abs(drift - self._drift) > _PAUSE:
            self._drift = drift
            await self._wake_far_retries()
            self._look()
        elif self.alive is not None or (self._next is not None and self._next <= self._services.clock.now()):
            self._look()

    def _present_drift(self) -> timedelta:
        elapsed = timedelta(seconds=asyncio.get_running_loop().time())
        return self._services.clock.now() - _moment(0) - elapsed

    async def _take_over(self) -> None:
        async with self._services.transaction() as tx:
            await self._deliveries.take_over(tx)
            await self._deliveries.wake_far_retries(tx, LONGEST_BACKOFF)

    async def _wake_far_retries(self) -> None:
        async with self._services.transaction() as tx:
            await self._deliveries.wake_far_retries(tx, LONGEST_BACKOFF)

    # Looking

    def _look(self) -> None:
        if not self._running:
            return
        if self._turn is not None and not self._turn.done():
            self._turn_again = True
            return
        self._turn = asyncio.create_task(self._take_turns(), name="outbox-turn")

    async def _take_turns(self) -> None:
        again = True
        while again and self._running:
            self._turn_again = False
            try:
                await self._take_turn()
                if self.alive is not None and not self._hangs():
                    self.alive()
            except Exception:  # noqa: BLE001 - one bad turn must not be the last
                _log.exception("the outbox could not be read: trying again in %d s", _PAUSE.total_seconds())
                self._set_alarm(self._services.clock.now() + _PAUSE)
            again = self._turn_again

    def _hangs(self) -> bool:
        """Tell whether a step with a row has not come to its end for far too long."""
        longest_ago = min(self._busy_since.values(), default=None)
        return longest_ago is not None and asyncio.get_running_loop().time() - longest_ago > _HANGS_AFTER

    async def _take_turn(self) -> None:
        """Hand what is due to free lanes and set the alarm for what is not."""
        if not await self.may_send(_CERTAIN_WITHIN):
            return
        if self._clock_check.off and not await self._clock_is_right_now():
            self._set_alarm(self._services.clock.now() + _PAUSE)
            return
        async with self._services.transaction() as tx:
            due = await self._deliveries.due(tx, _AT_A_TIME) + await self._services.emails.due(tx, _IN_LANE)
            # Set while the writer is held: what was planned before has been read, what is planned after lowers it.
            self._set_alarm(await self._deliveries.next_wake(tx))
        now = self._services.clock.now()
        self._held = {row.id: self._held[row.id] for row in due if row.id in self._held}
        waiting = [until for until, _ in self._held.values() if until > now]
        if waiting:
            self._wake(min(waiting))
        lanes: dict[tuple[int, str], list[OutboxRow]] = defaultdict(list)
        for row in due:
            if row.id not in self._handed and (row.id not in self._held or self._held[row.id][0] <= now):
                lanes[_EMAIL if row.is_on_its_way_by_email else (row.guild_id, row.target)].append(row)
        for lane, rows in lanes.items():
            if lane not in self._lanes and (lane == _EMAIL or len(self._lanes.keys() - {_EMAIL}) < _LANES):
                self._open(lane, rows[:_IN_LANE])

    def _open(self, lane: tuple[int, str], rows: list[OutboxRow]) -> None:
        self._handed.update(row.id for row in rows)
        self._lanes[lane] = asyncio.create_task(self._run_lane(lane, rows), name=f"outbox-{lane[1]}")

    async def _run_lane(self, lane: tuple[int, str], rows: list[OutboxRow]) -> None:
        try:
            for row in rows:
                if self._running:
                    self._busy_since[lane] = asyncio.get_running_loop().time()
                    await self._bring_further(row)
        except UnauthorisedError:
            self._running = False
            _log.critical("Discord no longer accepts the bot's token: nothing more is sent until it is restarted")
        else:
            self._close(lane, rows)
            self._look()

    async def _bring_further(self, row: OutboxRow) -> None:
        try:
            if row.is_on_its_way_by_email:
                await self._mailer.handle(row)
            else:
                await self._courier.handle(row)
        except UnauthorisedError:
            raise
        except Exception:  # noqa: BLE001 - one row that cannot be written down must not stop the others
            _, failures = self._held.get(row.id, (None, 0))
            pause = backoff(failures + 1)
            self._held[row.id] = (self._services.clock.now() + pause, failures + 1)
            _log.exception("%s could not be brought further: trying again in %d s", in_log(row), pause.total_seconds())
        else:
            self._held.pop(row.id, None)

    def _close(self, lane: tuple[int, str], rows: list[OutboxRow]) -> None:
        self._handed.difference_update(row.id for row in rows)
        self._lanes.pop(lane, None)
        self._busy_since.pop(lane, None)

    async def _clock_is_right_now(self) -> bool:
        """Ask Discord for the time once more; owe the secretariats a line about the first disagreement."""
        if not self._told_of_clock:
            self._told_of_clock = True
            async with self._services.transaction() as tx:
                for guild_id in await self._deliveries.networks():
                    await self._services.outbox.plan_now(tx, guild_id, SecretariatAlerts.name, 0, CLOCK, SECRETARIAT)
        try:
            await self._client.fetch_user(self._client.user.id if self._client.user is not None else 0)
        except (discord.HTTPException, OSError) as error:
            _log.warning("Discord could not be asked for the time: %s", error)
        if self._clock_check.off:
            return False
        self._told_of_clock = False
        return True


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
