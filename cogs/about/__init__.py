from typing import TYPE_CHECKING

from cogs.about.commands import AboutCog, ChapterSelect, DoButton

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.add_dynamic_items(DoButton, ChapterSelect)
    await bot.add_cog(AboutCog(bot))
