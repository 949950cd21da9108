from typing import TYPE_CHECKING

from bot.ahead import Section
from cogs.statements.ahead import StatementsAhead
from cogs.statements.attention import statements_to_look_at
from cogs.statements.commands import StatementsCog
from cogs.statements.messages import StatementMessages
from cogs.statements.pending import PendingStatements

if TYPE_CHECKING:
    from bot.app import Focalbot


async def setup(bot: "Focalbot") -> None:
    """Load the room into the bot."""
    bot.services.outbox.register(StatementMessages(bot.services))
    bot.services.pending.register(PendingStatements(bot.services).lines)
    bot.services.attention.register(statements_to_look_at(bot.services))
    bot.services.ahead.register(Section.STATEMENTS, StatementsAhead(bot.services))
    await bot.add_cog(StatementsCog())
