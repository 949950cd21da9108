"""Whether the bot does its work now: four checks, each with a plain sentence where something is wrong."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Final, Protocol

from bot.delivery.clock_check import ClockCheck
from bot.delivery.engine import Engine
from bot.services import Services
from storage.errors import cause_in_the_file
from storage.monitoring import MonitoringRepository

STUCK_AFTER: Final = timedelta(minutes=10)
"""How long a message may be due, and neither sent nor given up, before the outbox counts as stuck."""
_PATIENCE: Final = 5.0
"""Seconds in which the database must have taken a write."""

Checks = Mapping[str, str | None]
"""What is wrong, by the name of the check; None: nothing."""


class Watched(Protocol):
    """What is asked of the bot."""

    clock_check: ClockCheck
    outbox: Engine
    connected: bool

    @property
    def opened(self) -> Services | None:
        """Its services, where the database is open."""
        ...

    @property
    def guild_count(self) -> int:
        """How many servers it is on."""
        ...


async def examine(bot: Watched | None) -> Checks:
    """Look at the bot (None: it is between two attempts to reach Discord) and say what is wrong."""
    services = bot.opened if bot is not None else None
    if bot is None or services is None:
        starting = "the bot is starting, or tries again to reach Discord"
        return dict.fromkeys(("discord", "database", "clock", "outbox"), starting)
    return {
        "discord": None if bot.connected else "there is no connection to Discord; the bot tries again by itself",
        "database": await _database(services),
        "clock": _clock(bot.clock_check),
        "outbox": await _outbox(bot.outbox, services),
    }


async def _database(services: Services) -> str | None:
    try:
        async with asyncio.timeout(_PATIENCE):
            await MonitoringRepository(services.database).write_something(services.clock.now())
    except TimeoutError:
        return f"the database has taken no write for {_PATIENCE:.0f} s"
    except Exception as error:  # noqa: BLE001 - whatever keeps the bot from writing is the answer
        cause = cause_in_the_file(error)
        return f"the database cannot be written: {cause if cause is not None else type(error).__name__}"
    return None


def _clock(check: ClockCheck) -> str | None:
    if not check.off:
        return None
    seconds = check.difference.total_seconds()
    return f"this machine's clock differs from Discord's by {seconds:.0f} s: nothing is sent until it is set right"


async def _outbox(engine: Engine, services: Services) -> str | None:
    if not engine.is_running:
        return "nothing is sent: the outbox has not begun, or was stopped (the log says why)"
    now = services.clock.now()
    try:
        async with asyncio.timeout(_PATIENCE):
            since = await MonitoringRepository(services.database).due_since(now)
    except Exception as error:  # noqa: BLE001 - as above
        return f"what is owed cannot be read: {type(error).__name__}"
    if since is None or now - since < STUCK_AFTER:
        return None
    return f"a message is due for {(now - since) // timedelta(minutes=1)} minutes and was neither sent nor given up"
