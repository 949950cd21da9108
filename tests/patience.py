"""How long SimCord may take: the one place where tests wait, and the one that lets time pass.

SimCord measures its patience in real seconds, waits in real time for every timer that is nearer than its patience,
and lets timers ring by themselves when that much real time has passed. So a bot on a slow machine meets other timers
than on a fast one, and an ordinary answer may run out of patience. Here both are told apart: patience is ample,
and only a timer that is due within ``NEAR`` seconds of being set rings without a journey.
"""

import asyncio
from collections.abc import Iterator
from contextvars import Context
from datetime import datetime, timedelta
from typing import Any, Final

from simcord.env import Env

ACTION: Final = 120.0
"""Real seconds that one action may take on the slowest machine; a bot that hangs fails after them."""
JOURNEY: Final = 300.0
"""Real seconds that one step of a journey may take."""
NEAR: Final = 5.0
"""Timers set for at most so many seconds ahead are waited for in real time, as if the person looked on."""
ELSEWHERE: Final = 240.0
"""Real seconds for what another process or program does: what never happens fails after them."""
PROGRAM: Final = 600.0
"""Real seconds for a program that has much to do."""
SILENCE: Final = 3.0
"""Real seconds after which somebody who never answers is given up, where that is what a test is about."""
MOMENT: Final = 0.02
"""Real seconds between two looks at what happens elsewhere."""
STEP: Final = timedelta(days=7)
"""A longer journey is made in steps of this length, each with a patience of its own."""


class PatientEnv(Env):
    """SimCord's Env with patience for a slow machine, in which only a journey reaches what is due later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, settle_timeout=ACTION, **kwargs)
        self.near = NEAR
        """Seconds from now within which a timer rings by itself; 0: SimCord's clock goes on by journeys alone."""

    async def _settle_internal(self, *, timeout: float | None = None, **options: Any) -> None:  # noqa: ASYNC109 - SimCord's name
        # A bot that starts would have five seconds to send what it owes since it was away, however slow the machine.
        await super()._settle_internal(timeout=timeout and self.settle_timeout, **options)

    def _schedule_timer(
        self, record: Any, callback: Any, args: tuple[Any, ...], schedule_context: Context | None
    ) -> None:
        # What SimCord does here is let the timer ring by itself once the real time has passed.
        if record.when - self._virtual_time <= self.near:
            super()._schedule_timer(record, callback, args, schedule_context)


def looks() -> Iterator[None]:
    """Begin another turn of a loop for as long as what happens elsewhere may take: to look, and to wait a moment.

    A loop that runs to its end has not seen it happen.
    """
    loop = asyncio.get_running_loop()
    until = loop.time() + ELSEWHERE
    while loop.time() < until:
        yield


async def moment() -> None:
    """Wait in real time between two looks."""
    await asyncio.sleep(MOMENT)


async def travel(env: Env, span: timedelta | float) -> None:
    """Let a span of the bot's time pass (a number is seconds); all that falls due on the way happens."""
    left = span if isinstance(span, timedelta) else timedelta(seconds=span)
    patience = env.settle_timeout
    env.settle_timeout = JOURNEY
    try:
        while left > timedelta():
            step = min(left, STEP)
            await env.advance_time(step.total_seconds())
            left -= step
    finally:
        env.settle_timeout = patience


async def travel_to(env: Env, moment: datetime) -> None:
    """Let time pass until the instant; nothing where it has passed."""
    await travel(env, moment - env.now())
