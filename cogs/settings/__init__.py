from typing import TYPE_CHECKING

from cogs.settings.commands import SettingsCog, SetupCog
from cogs.settings.listeners import GreetingCog

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    await bot.add_cog(SetupCog(bot.services))
    await bot.add_cog(GreetingCog(bot))
    await bot.add_cog(SettingsCog(bot.services))
