from typing import TYPE_CHECKING

from cogs.chat.answers import OWN_ANSWERS
from cogs.chat.listeners import ChatListeners
from cogs.chat.messages import ChatMessages
from cogs.chat.own_answers import ANSWERS

if TYPE_CHECKING:
    from bot.app import Focalbot

__all__ = ["setup"]


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    OWN_ANSWERS.update(ANSWERS)
    bot.services.outbox.register(ChatMessages(bot.services))
    await bot.add_cog(ChatListeners(bot))
