from typing import TYPE_CHECKING

from cogs.settings.cog import SettingsCog, SetupCog

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    await bot.add_cog(SetupCog(bot))
    await bot.add_cog(SettingsCog(bot.services))
