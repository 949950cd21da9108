from typing import TYPE_CHECKING

from cogs.about.buttons import ChapterSelect, CommandButton
from cogs.about.commands import AboutCog

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.add_dynamic_items(CommandButton, ChapterSelect)
    await bot.add_cog(AboutCog(bot))
