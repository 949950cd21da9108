from typing import TYPE_CHECKING

from cogs.meetings.commands import MeetingsCog
from cogs.meetings.messages import MeetingMessages
from cogs.meetings.pending import PendingMeetings

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.services.outbox.register(MeetingMessages(bot.services))
    bot.services.pending.register(PendingMeetings(bot.services).lines)
    await bot.add_cog(MeetingsCog(bot))
