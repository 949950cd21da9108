from typing import TYPE_CHECKING

from cogs.topics.cog import TopicsCog
from cogs.topics.decisions import DecideButton
from cogs.topics.messages import TopicMessages
from cogs.topics.views import ForButton, ListedButton, PageButton, SupportButton

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.add_dynamic_items(SupportButton, ForButton, ListedButton, PageButton, DecideButton)
    bot.services.outbox.register(TopicMessages(bot.services))
    await bot.add_cog(TopicsCog(bot.services))
