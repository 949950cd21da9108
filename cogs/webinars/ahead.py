"""The webinars, among what lies ahead."""

from collections.abc import Sequence

from bot.ahead import Upcoming, Viewer
from bot.calendar import CalendarEvent
from bot.services import Services
from bot.texts import Reader, t
from cogs.webinars.buttons import ShowButton
from cogs.webinars.calendar import STRUCK_OUT_FOR, entry_of
from storage.webinars.models import Webinar


class WebinarsAhead:
    """The webinars that have not ended: everybody on the server may see them."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def upcoming(self, viewer: Viewer, reader: Reader) -> Sequence[Upcoming]:
        """Return each webinar."""
        ahead = await self._services.webinars.ahead(viewer.guild_id, self._services.clock.now())
        return [_upcoming(webinar, reader) for webinar in ahead]

    async def entries(self, viewer: Viewer, reader: Reader) -> Sequence[CalendarEvent]:
        """Return each webinar, and those that were cancelled; with links to join for members only."""
        webinars, now = self._services.webinars, self._services.clock.now()
        cancelled = await webinars.cancelled(viewer.guild_id, now - STRUCK_OUT_FOR)
        return [
            entry_of(webinar, reader, with_links=viewer.is_member)
            for webinar in (*await webinars.ahead(viewer.guild_id, now), *cancelled)
        ]


def _upcoming(webinar: Webinar, reader: Reader) -> Upcoming:
    return Upcoming(
        what=reader.say(t("**Webinar**: {title}", title=webinar.title)),
        begins=webinar.starts_at,
        ends=webinar.ends_at,
        zone=webinar.timezone,
        custom_id=ShowButton.write(webinar.id),
        label=t("Webinar"),
    )
