from typing import TYPE_CHECKING

from cogs.privacy.commands import PrivacyCog
from cogs.privacy.messages import ErasureMessages

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    async with bot.services.transaction() as tx:
        await bot.services.privacy.make_missed(tx)
    bot.services.outbox.register(ErasureMessages(bot.services))
    await bot.add_cog(PrivacyCog(bot))
