from typing import TYPE_CHECKING

from cogs.chat.answers import OWN
from cogs.chat.listeners import ChatListeners
from cogs.chat.messages import ChatMessages
from cogs.chat.own import SAID

if TYPE_CHECKING:
    from bot.app import Focalbot

__all__ = ["setup"]


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    OWN.update(SAID)
    bot.services.outbox.register(ChatMessages(bot.services))
    await bot.add_cog(ChatListeners(bot))
