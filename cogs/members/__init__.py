from typing import TYPE_CHECKING

from cogs.members.cog import MembersCog, register_context_menu
from cogs.members.exchange import ImportConfirmation
from cogs.members.steering import SteeringEnds
from cogs.members.views import HistoryButton, ListButton, SeatSelect

if TYPE_CHECKING:
    from bot.app import Focalbot

__all__ = ["ImportConfirmation", "SteeringEnds", "setup"]


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.add_dynamic_items(SeatSelect, ListButton, HistoryButton)
    cog = MembersCog(bot.services)
    await bot.add_cog(cog)
    register_context_menu(bot, cog)
