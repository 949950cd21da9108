from typing import TYPE_CHECKING

from cogs.resources.ahead import HEADING, ShelfNews
from cogs.resources.commands import ResourcesCog
from cogs.resources.messages import ShelfMessages

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.services.outbox.register(ShelfMessages(bot.services))
    bot.services.ahead.register_news(HEADING, ShelfNews(bot.services).lines)
    await bot.add_cog(ResourcesCog())
