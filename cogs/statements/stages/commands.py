"""``/statement cancel``."""

import discord
from discord import app_commands
from discord.app_commands import Range, locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.statements import completion, queries
from cogs.statements.stages.proposals import LONGEST_REASON, propose_cancel


class StageCommands(commands.Cog):
    """Cancel."""

    @app_commands.command(description=locale_str("Cancel a statement: its joinings are deleted"))
    @app_commands.describe(statement=completion.STATEMENT, reason=locale_str("Why, for the members to read"))
    async def cancel(
        self, interaction: discord.Interaction, statement: str, reason: Range[str, 1, LONGEST_REASON] | None = None
    ) -> None:
        """Show what is said before it is cancelled."""
        context = Context.of(interaction)
        await propose_cancel(context, await queries.statement_typed(context, statement), reason or "")

    cancel.autocomplete("statement")(completion.statement_not_over)
