from typing import TYPE_CHECKING

from cogs.about.cog import AboutCog, DoButton

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.add_dynamic_items(DoButton)
    await bot.add_cog(AboutCog(bot))
