"""Makes a process live by a ``PacedClock``: its event loop, discord.py's clock and APScheduler's."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

import apscheduler.executors.base
import apscheduler.schedulers.base
import apscheduler.triggers.interval
import discord.utils

from tests.loopback.clock import PacedClock


class _PacedSelector(selectors.BaseSelector):
    """Waits a ``rate``th of what it is asked to wait."""

    def __init__(self, rate: float) -> None:
        self._real = selectors.DefaultSelector()
        self._rate = rate

    def register(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:
        return self._real.unregister(fileobj)

    def modify(self, fileobj: Any, events: int, data: Any = None) -> selectors.SelectorKey:
        return self._real.modify(fileobj, events, data)

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return self._real.select(timeout if timeout is None else timeout / self._rate)

    def close(self) -> None:
        self._real.close()

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()


def live_by(clock: PacedClock) -> None:
    """Make every event loop and every reading of the time in this process follow ``clock``."""

    class PacedLoop(asyncio.SelectorEventLoop):
        def __init__(self) -> None:
            super().__init__(_PacedSelector(clock.rate))
            self._began = super().time()

        def time(self) -> float:
            began = getattr(self, "_began", None)
            real = super().time()
            return real if began is None else began + (real - began) * clock.rate

    class Policy(asyncio.DefaultEventLoopPolicy):
        def new_event_loop(self) -> asyncio.AbstractEventLoop:
            return PacedLoop()

    class IsADatetime(type):
        def __instancecheck__(cls, instance: object) -> bool:
            return isinstance(instance, datetime)

    class PacedDatetime(datetime, metaclass=IsADatetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:
            return clock.now().astimezone(tz or UTC)

    asyncio.set_event_loop_policy(Policy())
    discord.utils.utcnow = clock.now
    for module in (apscheduler.schedulers.base, apscheduler.executors.base, apscheduler.triggers.interval):
        module.datetime = PacedDatetime  # type: ignore[attr-defined]
