"""What the room reads, one typed thing at a time."""

from bot.access import Asker
from bot.services import Services
from storage.members.models import Seat


async def seats_now(services: Services, asker: Asker) -> list[Seat]:
    """Return the network's seats with who holds them today."""
    return await services.members.seats(asker.guild_id, services.today(asker.network))
