from typing import TYPE_CHECKING

from cogs.resources.cog import ResourcesCog
from cogs.resources.digest import plan_all_notes
from cogs.resources.notices import ShelfNotices

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.services.outbox.register(ShelfNotices(bot.services))
    await plan_all_notes(bot.services)
    await bot.add_cog(ResourcesCog(bot.services))
