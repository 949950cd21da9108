"""What is new on the shelf, for the digest."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from bot.ahead import Viewer
from bot.languages import Language
from bot.names import collation_key
from bot.services import Services
from bot.texts import Reader, clipped, escaped, t
from cogs.resources.cards import facts_line
from storage.resources.models import Resource

HEADING: Final = t("New in the library")
_LONGEST: Final = 140


async def news(
    services: Services, viewer: Viewer, since: datetime, until: datetime, language: Language
) -> list[Resource]:
    """Return what came onto the shelf between two instants and the viewer may see, in the alphabet of a language."""
    found = await services.shelf.news(viewer.guild_id, since, until, for_members=viewer.is_member)
    return sorted(found, key=lambda resource: collation_key(resource.title, language))


class ShelfNews:
    """A line for each link that is new on the shelf."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def lines(self, viewer: Viewer, since: datetime, until: datetime, reader: Reader) -> Sequence[str]:
        """Return the lines."""
        return [_line(one, reader) for one in await news(self._services, viewer, since, until, reader.language)]


def _line(resource: Resource, reader: Reader) -> str:
    title = escaped(clipped(resource.title, _LONGEST))
    return f"[{title}]({resource.url})\n{escaped(facts_line(resource, reader))}"
