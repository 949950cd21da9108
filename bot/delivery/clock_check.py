import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from bot.clock import Clock

_log: Final = logging.getLogger("bot.outbox")

TOLERATED: Final = timedelta(seconds=60)


class ClockCheck:
    """Compares our clock with the ``Date`` of Discord's answers, all of which it hears.

    A clock that is off would send at the wrong time and miss what is not late.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.difference = timedelta(0)
        """Ours less Discord's, when last heard."""

    @property
    def off(self) -> bool:
        """Whether the clocks differ by more than is tolerated."""
        return abs(self.difference) > TOLERATED

    def heard(self, date: datetime, asked_at: datetime) -> None:
        """Take note of Discord's time in an answer just received to what was asked at ``asked_at``, by our clock.

        An answer that was slow is no sign of a wrong clock: only what lies outside of the wait for it counts.
        """
        was_off = self.off
        ours = self._clock.now()
        self.difference = ours - date if date > ours else max(asked_at - date, timedelta(0))
        if self.off and not was_off:
            _log.error(
                "this machine's clock differs from Discord's by %d s: nothing is sent until it is set right",
                self.difference.total_seconds(),
            )
        elif was_off and not self.off:
            _log.warning("this machine's clock agrees with Discord's again")

    def answered(self, headers: Mapping[str, str], asked_at: datetime) -> None:
        """Take note of Discord's time in the headers of an answer just received to what was asked at ``asked_at``."""
        date = headers.get("Date")
        if date is not None:
            self.heard(parsedate_to_datetime(date), asked_at)

    def now(self) -> datetime:
        """Return the present instant by our clock, to be given back with the answer."""
        return self._clock.now()
