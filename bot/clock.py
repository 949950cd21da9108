from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import discord


class Clock:
    """The only place that reads the time.

    It reads ``discord.utils.utcnow``, which SimCord moves in tests and in the demo, so that the bot's
    time and Discord's are one.
    """

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return discord.utils.utcnow().astimezone(UTC)

    def timestamp(self) -> int:
        """Return the present instant in whole UTC seconds, rounded down."""
        return int(self.now().timestamp())

    def today(self, zone: str) -> date:
        """Return the calendar day it is now in the IANA ``zone``."""
        return self.now().astimezone(ZoneInfo(zone)).date()
