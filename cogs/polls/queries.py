"""What all the sub-packages read, one typed thing at a time."""

from bot.ui import Context
from storage.members.models import Seat


async def seats_now(context: Context) -> list[Seat]:
    """Return the network's seats with who holds them today."""
    return await context.services.members.seats(context.guild_id, context.services.today(context.network))
