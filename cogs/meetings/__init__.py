from typing import TYPE_CHECKING

from bot.ahead import Section
from cogs.meetings.ahead import MeetingsAhead
from cogs.meetings.attention import MeetingsAttention
from cogs.meetings.commands import MeetingsCog
from cogs.meetings.messages import MeetingMessages
from cogs.meetings.pending import PendingMeetings

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.services.outbox.register(MeetingMessages(bot.services))
    bot.services.pending.register(PendingMeetings(bot.services).lines)
    bot.services.attention.register(MeetingsAttention(bot.services).lines)
    bot.services.ahead.register(Section.MEETINGS, MeetingsAhead(bot.services))
    await bot.add_cog(MeetingsCog(bot))
