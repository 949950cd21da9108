from typing import TYPE_CHECKING, Final

from cogs.members.attention import MembersAttention
from cogs.members.claims.messages import ClaimListMessages, ClaimMessages
from cogs.members.commands import MembersCog, register_context_menu
from cogs.members.joining.messages import InvitationEmails, InvitationMessages, WelcomeMessages
from cogs.members.member_role.listeners import MemberRoleCog
from cogs.members.member_role.messages import MemberRoleMessages
from cogs.members.nominations.messages import NominationMessages
from cogs.members.posts.messages import AppointmentMessages
from cogs.members.welcome.messages import ArrivalMessages

if TYPE_CHECKING:
    from bot.app import Focalbot

__all__ = ["setup"]

_MESSAGES: Final = (
    AppointmentMessages,
    ArrivalMessages,
    ClaimListMessages,
    ClaimMessages,
    InvitationEmails,
    InvitationMessages,
    MemberRoleMessages,
    NominationMessages,
    WelcomeMessages,
)


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    for messages in _MESSAGES:
        bot.services.outbox.register(messages(bot.services))
    bot.services.attention.register(MembersAttention(bot.services).lines)
    await bot.add_cog(MembersCog())
    await bot.add_cog(MemberRoleCog(bot))
    register_context_menu(bot)
