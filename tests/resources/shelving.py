from collections.abc import Mapping
from datetime import date

from bot.shelf import entry
from tests.world import World

LINK = {
    "url": "https://example.org/zebra",
    "title": "Zebra handbook",
    "category": "manual",
    "language": "en",
    "year": "2030",
    "authors": "Ana Pérez; Li Wei",
    "tags": "stripes",
    "description_en": "A handbook about stripes. It is made up.",
}


async def shelve(world: World, cells: Mapping[str, str]) -> int:
    """Put a link on the first network's shelf and return its id."""
    services = world.bot.services
    with world.as_bot():
        async with services.transaction() as tx:
            return await services.shelf.add(tx, world.server.id, entry(cells))


async def planned_meeting(world: World) -> int:
    """Plan the annual meeting of 2027 in Accra and return its id."""
    services = world.bot.services
    with world.as_bot():
        async with services.transaction() as tx:
            return await services.meetings.add(
                tx,
                world.server.id,
                starts_on=date(2027, 5, 12),
                ends_on=date(2027, 5, 13),
                city="Accra",
                country="GH",
                timezone="Africa/Accra",
            )
