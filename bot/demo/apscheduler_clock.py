from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, tzinfo
from importlib import import_module
from typing import Any, Final

import discord

_READERS: Final = ("apscheduler.schedulers.base", "apscheduler.executors.base", "apscheduler.triggers.interval")


class _AnyDatetime(type):
    def __instancecheck__(cls, instance: object) -> bool:
        return isinstance(instance, datetime)


class DiscordDatetime(datetime, metaclass=_AnyDatetime):
    """A ``datetime`` whose present is Discord's, so that it moves with SimCord; plain datetimes are instances."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Any:  # noqa: ANN401 - typeshed's is Self, which a datetime of utcnow's is not
        """Return ``discord.utils.utcnow()`` in ``tz``; without one, naive in the machine's own zone."""
        now = discord.utils.utcnow().astimezone(tz)
        return now if tz is not None else now.replace(tzinfo=None)


@contextmanager
def apscheduler_follows_discord() -> Generator[None]:
    """Let APScheduler read Discord's time instead of the machine's for as long as the context is open.

    SimCord moves ``discord.utils.utcnow`` and the event loop's timers, but APScheduler reads
    ``datetime.now``: without this, its jobs never fire when time is advanced. Enter it before the
    scheduler is made.
    """
    modules = [import_module(name) for name in _READERS]
    originals = [module.__dict__["datetime"] for module in modules]
    for module in modules:
        module.__dict__["datetime"] = DiscordDatetime
    try:
        yield
    finally:
        for module, original in zip(modules, originals, strict=True):
            module.__dict__["datetime"] = original


def machine_now() -> datetime:
    """Return the machine's own present, aware, in UTC: what the demo's clock is moved along with."""
    return datetime.now(UTC)
