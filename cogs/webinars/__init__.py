from typing import TYPE_CHECKING

from bot.ahead import Section
from cogs.webinars.ahead import WebinarsAhead
from cogs.webinars.commands import WebinarsCog
from cogs.webinars.messages import WebinarMessages
from cogs.webinars.pending import PendingWebinars

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.services.outbox.register(WebinarMessages(bot.services))
    bot.services.pending.register(PendingWebinars(bot.services).lines)
    bot.services.ahead.register(Section.WEBINARS, WebinarsAhead(bot.services))
    await bot.add_cog(WebinarsCog(bot))
