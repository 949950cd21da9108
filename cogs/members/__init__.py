from typing import TYPE_CHECKING

from cogs.members.appointing import SeatIsGiven
from cogs.members.cog import MembersCog, register_context_menu
from cogs.members.exchange import ImportConfirmation
from cogs.members.handover import HandOver, TermEnds
from cogs.members.invitations import Claim, ClaimForm
from cogs.members.linking import LinkChanges
from cogs.members.me_forms import ContactForm, EntryForm, OwnEntryButton, OwnPostButton, PostForm
from cogs.members.membership import MembershipCog
from cogs.members.nominations import DeclineForm, NominationButton
from cogs.members.roles import MemberRoleNews
from cogs.members.start_here import StartButton, StartHere
from cogs.members.steering import SteeringEnds
from cogs.members.told import AppointmentNews, InvitationNews, NominationNews
from cogs.members.views import HistoryButton, ListButton, SeatSelect

if TYPE_CHECKING:
    from bot.app import Focalbot

__all__ = [
    "Claim",
    "ClaimForm",
    "ContactForm",
    "DeclineForm",
    "EntryForm",
    "HandOver",
    "ImportConfirmation",
    "LinkChanges",
    "PostForm",
    "SeatIsGiven",
    "SteeringEnds",
    "TermEnds",
    "setup",
]


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.add_dynamic_items(
        SeatSelect, ListButton, HistoryButton, NominationButton, OwnEntryButton, OwnPostButton, StartButton
    )
    for news in (AppointmentNews, NominationNews, InvitationNews, StartHere, MemberRoleNews):
        bot.services.outbox.register(news(bot.services))
    cog = MembersCog(bot.services)
    await bot.add_cog(cog)
    await bot.add_cog(MembershipCog(bot))
    register_context_menu(bot, cog)
