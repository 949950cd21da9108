from typing import TYPE_CHECKING

from cogs.resources.commands import ResourcesCog
from cogs.resources.messages import ShelfMessages
from cogs.resources.monthly_note.enable import plan_all_notes

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.services.outbox.register(ShelfMessages(bot.services))
    await plan_all_notes(bot.services)
    await bot.add_cog(ResourcesCog())
