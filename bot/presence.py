"""Whether people can reach the bot, and since when not: nothing may be adopted by silence while they cannot."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from storage.database import Database
from storage.outages import OutagesRepository

GAP: Final = timedelta(seconds=90)
"""What is longer than this between two minutes in which the bot heard of Discord is an outage."""
BRIEF: Final = timedelta(seconds=10)
"""What is longer, and shorter than the gap, is written down too where the connection was lost or the bot started: it
counts for what would have ended just then."""
ENDED: Final = "interruption_ended"
"""The event of bot and rooms that people can act again: with the network, or None for all of them."""


class Presence:
    """Knows when a bot last heard of Discord, and writes down when none did.

    That a bot ran says nothing: one that starts again and again, and never gets as far as Discord, is away.
    """

    def __init__(self, database: Database, outages: OutagesRepository) -> None:
        self._database = database
        self._outages = outages
        self._heard_at: datetime | None = None
        self._is_cut_off = False
        self._is_watched = False
        self.oldest_in_hand: Callable[[], datetime | None] = lambda: None
        """Tells when the oldest of the presses, forms and commands was sent that the bot has not dealt with yet."""

        self.clock_ahead: Callable[[], timedelta] = timedelta
        """Tells by how much this machine's clock is ahead of Discord's (negative: behind), when last compared."""

    async def began(self) -> None:
        """Learn when a bot last heard of Discord: until this one does, people cannot act."""
        self._heard_at = await self._outages.heard_at()
        self._is_cut_off = True

    async def heard(self, now: datetime, *, is_watched: bool = False) -> bool:
        """Note that the bot hears of Discord; tell whether it may not have until now. A longer time is written down.

        ``is_watched``: it says so every minute, as long as the connection is there; it does not say that it is there
        again.
        """
        was_cut_off, before = self._is_cut_off, self._heard_at
        was_away = before is not None and now - before > GAP
        is_noted = before is not None and now - before > (BRIEF if was_cut_off else GAP)
        async with self._database.transaction(now, None) as tx:
            # Together: killed between the two, it would have been away for less, or twice.
            if before is not None and is_noted:
                await self._outages.note(tx, before, now)
            await self._outages.note_heard(tx, now)
        self._heard_at = now
        self._is_cut_off = self._is_cut_off and is_watched
        self._is_watched = self._is_watched or is_watched
        return was_away or was_cut_off

    def cut_off(self) -> None:
        """Know that nothing is heard of Discord until it is heard again."""
        self._is_cut_off = True

    async def ends(self, now: datetime) -> None:
        """Note at the end until when it heard of Discord: a bot that starts soon after finds nobody to have waited."""
        if not self._is_cut_off and self.away_since(now) is None:
            async with self._database.transaction(now, None) as tx:
                await self._outages.note_heard(tx, now)

    def can_act(self, now: datetime) -> bool:
        """Tell whether people can act now, as far as the bot knows."""
        return not self._is_cut_off and self.away_since(now) is None

    def away_since(self, now: datetime) -> datetime | None:
        """Return since when nothing was heard of Discord, where that has lasted for long; None: it has not."""
        if not (self._is_watched or self._is_cut_off) or self._heard_at is None or now - self._heard_at <= GAP:
            return None
        return self._heard_at
