from typing import TYPE_CHECKING

from cogs.outbox.attention import OutboxAttention
from cogs.outbox.commands import MessageCog, OutboxCog
from cogs.outbox.messages import ManualMessages

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.services.outbox.register(ManualMessages(bot.services))
    bot.services.attention.register(OutboxAttention(bot.services).lines)
    await bot.add_cog(OutboxCog(bot.services))
    await bot.add_cog(MessageCog(bot.services))
