from typing import TYPE_CHECKING

from cogs.topics.commands import TopicsCog
from cogs.topics.messages import TopicMessages

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.services.outbox.register(TopicMessages(bot.services))
    await bot.add_cog(TopicsCog(bot.services))
