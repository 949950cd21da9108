from typing import TYPE_CHECKING

from bot.ahead import Section
from cogs.calendar.ahead import CalendarDays
from cogs.calendar.commands import CalendarCog

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.services.ahead.register(Section.DAYS, CalendarDays(bot.services))
    await bot.add_cog(CalendarCog())
