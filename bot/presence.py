"""Whether people can reach the bot, and since when not: nothing may be adopted by silence while they cannot."""

from datetime import datetime, timedelta
from typing import Final

from storage.database import Database
from storage.outages import OutagesRepository

GAP: Final = timedelta(seconds=90)
"""What is longer than this between two minutes in which the bot heard of Discord is an outage."""
ENDED: Final = "interruption_ended"
"""The event of bot and rooms that people can act again: with the network, or None for all of them."""


class Presence:
    """Knows when the bot last ran and heard of Discord, and writes down when it did not."""

    def __init__(self, database: Database, outages: OutagesRepository) -> None:
        self._database = database
        self._outages = outages
        self._seen_at: datetime | None = None
        self._is_watched = False

    async def began(self, last_alive_at: datetime | None, now: datetime) -> None:
        """Write down for how long no bot ran before this one; ``last_alive_at`` None: none ever did."""
        self._seen_at = last_alive_at
        await self.seen(now)

    async def seen(self, now: datetime, *, is_watched: bool = False) -> bool:
        """Note that the bot runs and hears of Discord; tell whether it did not until now, which is written down then.

        ``is_watched``: it says so every minute from now on.
        """
        before, self._seen_at = self._seen_at, now
        self._is_watched = self._is_watched or is_watched
        if before is None or now - before <= GAP:
            return False
        async with self._database.transaction(now, None) as tx:
            await self._outages.note(tx, before, now)
        return True

    def away_since(self, now: datetime) -> datetime | None:
        """Return since when nothing was heard of Discord, where that lasts; None: people can act."""
        if not self._is_watched or self._seen_at is None or now - self._seen_at <= GAP:
            return None
        return self._seen_at
