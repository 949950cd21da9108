"""The days to prepare for, among what lies ahead."""

from collections.abc import Sequence

from bot.ahead import Upcoming, Viewer
from bot.calendar import CalendarEvent
from bot.services import Services
from bot.texts import Reader
from cogs.calendar.calendar import entry_of, is_in_file
from cogs.calendar.cards import what_of
from cogs.calendar.queries import network_days
from cogs.calendar.rules import next_on


class CalendarDays:
    """The network's days: everybody on the server may see them."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def upcoming(self, viewer: Viewer, reader: Reader) -> Sequence[Upcoming]:
        """Return each day with when it comes next."""
        network = await self._services.settings.network(viewer.guild_id)
        today, zone = self._services.today(network), self._services.zone(network)
        found: list[Upcoming] = []
        for day in await network_days(self._services, viewer.guild_id, reader):
            on = next_on(day.first, today, is_yearly=day.is_yearly)
            if on is not None and not day.is_removed:
                found.append(Upcoming(what_of(day), on, zone))
        return found

    async def entries(self, viewer: Viewer, reader: Reader) -> Sequence[CalendarEvent]:
        """Return the days for calendars: what is over and was removed long ago is left out."""
        network = await self._services.settings.network(viewer.guild_id)
        today, zone = self._services.today(network), self._services.zone(network)
        days = await network_days(self._services, viewer.guild_id, reader)
        return [entry_of(day, zone) for day in days if is_in_file(day, today)]
