"""The loopback Discord's clock, which may run faster than ours: a minute's wait costs a test a second."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime

PACE_VARIABLE = "LOOPBACK_PACE"
DISCORD_EPOCH = 1_420_070_400.0


@dataclass(frozen=True)
class PacedClock:
    """A clock that showed ``origin`` (Unix seconds) at ``origin``, plus ``ahead``, and runs ``rate`` times as fast.

    Two processes with the same three read the same time.
    """

    rate: float = 1.0
    origin: float = 0.0
    ahead: float = 0.0

    @classmethod
    def from_now(cls, rate: float) -> PacedClock:
        """A clock that agrees with the system's now and then runs ``rate`` times as fast."""
        return cls(rate, time.time())

    @classmethod
    def starting(cls, at: datetime, rate: float) -> PacedClock:
        """A clock that shows ``at`` now, whatever the system's says, and then runs ``rate`` times as fast."""
        now = time.time()
        return cls(rate, now, at.timestamp() - now)

    def later(self, seconds: float) -> PacedClock:
        """The same clock set forward."""
        return replace(self, ahead=self.ahead + seconds)

    @classmethod
    def from_environment(cls) -> PacedClock | None:
        """The clock that the parent process described in ``LOOPBACK_PACE``; None: the system's own."""
        described = os.environ.get(PACE_VARIABLE)
        if not described:
            return None
        return cls(*map(float, described.split("@")))

    def described(self) -> str:
        """The value of ``LOOPBACK_PACE`` from which another process makes the same clock."""
        return f"{self.rate!r}@{self.origin!r}@{self.ahead!r}"

    def time(self) -> float:
        """Unix seconds now on this clock."""
        if self.rate == 1.0:
            return time.time() + self.ahead
        return self.origin + (time.time() - self.origin) * self.rate + self.ahead

    def now(self) -> datetime:
        """The same as an aware UTC datetime."""
        return datetime.fromtimestamp(self.time(), UTC)
