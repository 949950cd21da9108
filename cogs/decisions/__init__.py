from typing import TYPE_CHECKING

from bot.ahead import Section
from cogs.decisions.ahead import DecisionsAhead
from cogs.decisions.attention import decisions_to_look_at
from cogs.decisions.commands import DecisionsCog
from cogs.decisions.listeners import DecisionListeners
from cogs.decisions.messages import DecisionMessages
from cogs.decisions.pending import PendingDecisions

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    services = bot.services
    services.outbox.register(DecisionMessages(services))
    services.pending.register(PendingDecisions(services).lines)
    services.ahead.register(Section.DECISIONS, DecisionsAhead(services))
    services.attention.register(decisions_to_look_at(services))
    await bot.add_cog(DecisionsCog())
    await bot.add_cog(DecisionListeners(services))
