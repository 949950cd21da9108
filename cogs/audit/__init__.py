from typing import TYPE_CHECKING

from cogs.audit.cog import AuditCog, PageButton

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.add_dynamic_items(PageButton)
    await bot.add_cog(AuditCog(bot.services))
