"""``/ready`` and ``/metrics`` on the loopback, for whatever watches the bot."""

import asyncio
from datetime import datetime, timedelta
from http import HTTPStatus
from types import TracebackType
from typing import Final, Self

from aiohttp import web

from bot.monitoring.metrics import Figures, Metrics
from bot.monitoring.readiness import Watched, examine
from storage.backups.replica import replicated_at
from storage.database import Database
from storage.monitoring import MonitoringRepository

LOOPBACK: Final = "127.0.0.1"
_FORMAT: Final = {"Content-Type": "text/plain; version=0.0.4; charset=utf-8"}


class PortInUseError(Exception):
    """Another program listens on the port."""


class Endpoint:
    """Serves both while it is entered, also while no bot is connected; ``bot`` is the one that runs at present."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.metrics = Metrics()
        self.bot: Watched | None = None
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/ready", self._ready)
        app.router.add_get("/metrics", self._metrics)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, LOOPBACK, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise PortInUseError(str(self._port)) from error
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _ready(self, _: web.Request) -> web.Response:
        checks = await examine(self.bot)
        well = not any(checks.values())
        status = HTTPStatus.OK if well else HTTPStatus.SERVICE_UNAVAILABLE
        said = {"ready": well, "checks": {name: problem or "ok" for name, problem in checks.items()}}
        return web.json_response(said, status=status)

    async def _metrics(self, _: web.Request) -> web.Response:
        is_ready = not any((await examine(self.bot)).values())
        figures = await _figures(self.bot, is_ready=is_ready)
        return web.Response(body=self.metrics.written(figures), headers=_FORMAT)


async def _figures(bot: Watched | None, *, is_ready: bool) -> Figures:
    if bot is None or bot.opened is None:
        return Figures(is_ready)
    database, now = bot.opened.database, bot.opened.clock.now()
    owed = await MonitoringRepository(database).outbox(now)
    backup, replica = await asyncio.to_thread(_copied_at, database)
    return Figures(
        is_ready,
        networks=bot.guild_count,
        clock_difference=bot.clock_check.difference,
        outbox=owed,
        lateness=now - owed.due_since if owed.due_since is not None else timedelta(),
        backup_age=now - backup if backup is not None else None,
        replica_age=now - replica if replica is not None else None,
    )


def _copied_at(database: Database) -> tuple[datetime | None, datetime | None]:
    """Return when the last backup was made, and when Litestream last did something; None: never."""
    try:
        backups = database.backups.backups() if database.backups is not None else []
    except OSError:
        backups = []
    return backups[0].made_at if backups else None, replicated_at(database.path)
