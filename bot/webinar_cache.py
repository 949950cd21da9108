"""The webinars of a network as lists to choose from show them, held in memory while they are as they were."""

from collections.abc import Sequence

from bot.search.held_names import HeldNames
from bot.version_cache import Held, VersionCache
from storage.webinars.models import ListedWebinar
from storage.webinars.webinars import WebinarsRepository

Listed = Sequence[ListedWebinar]


class WebinarCache:
    """The list of each network's webinars; after a change only those that changed are read.

    ``names`` holds what they are called in it, for each kind of reader.
    """

    def __init__(self, webinars: WebinarsRepository) -> None:
        self._webinars = webinars
        self.names = HeldNames()
        self._cache = VersionCache[None, Listed](webinars.version, self._read)

    async def of(self, guild_id: int) -> Listed:
        """Return every webinar of the network, the latest start first: the same list while none has changed.

        In another list, those that have not changed are the same objects.
        """
        return await self._cache.of(guild_id, None)

    async def _read(self, guild_id: int, _: None, before: Held[None, Listed] | None) -> tuple[int, Listed]:
        changed = await self._webinars.listed(guild_id, before.version if before is not None else 0)
        webinars = [webinar for webinar in changed.rows.values() if webinar is not None]
        if before is not None and not changed.is_all:
            webinars += [webinar for webinar in before.value if webinar.id not in changed.rows]
        return changed.version, sorted(webinars, key=lambda webinar: (webinar.starts_at, webinar.id), reverse=True)
