from typing import TYPE_CHECKING

from cogs.topics.commands import TopicsCog
from cogs.topics.messages import TopicMessages
from cogs.topics.pending import PendingTopics

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.services.outbox.register(TopicMessages(bot.services))
    bot.services.pending.register(PendingTopics(bot.services).lines)
    await bot.add_cog(TopicsCog(bot.services))
