from typing import TYPE_CHECKING

from cogs.settings.commands import SettingsCog, SetupCog
from cogs.settings.roles import MemberRoleChanges

if TYPE_CHECKING:
    from bot.app import Focalbot

__all__ = ["MemberRoleChanges", "setup"]


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    await bot.add_cog(SetupCog(bot))
    await bot.add_cog(SettingsCog(bot.services))
