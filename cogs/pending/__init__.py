from typing import TYPE_CHECKING

from cogs.pending.commands import PendingCog

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    await bot.add_cog(PendingCog())
