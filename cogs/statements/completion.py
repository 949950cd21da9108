"""No role of its own: what the commands of ``/statement`` offer while somebody types."""

from typing import Final

import discord
from discord.app_commands import Choice, locale_str

from bot.delegations import complete_delegation, complete_delegations
from bot.search.choosing import offered
from bot.ui import Context
from cogs.statements.queries import option_value, visible
from storage.statements.states import StatementState

STATEMENT: Final = locale_str("The statement")


async def _complete(interaction: discord.Interaction, typed: str, *states: StatementState) -> list[Choice[str]]:
    statements = [one for one in await visible(Context.of(interaction)) if not states or one.state in states]
    return offered(statements, typed, option_value, lambda statement: statement.title)


async def any_statement(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer all statements that the asker may see."""
    return await _complete(interaction, typed)


async def statement_to_join(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer those that can be joined."""
    return await _complete(interaction, typed, "open", "closed")


async def statement_not_over(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer those that are neither delivered nor cancelled."""
    return await _complete(interaction, typed, "draft", "final", "open", "closed")


async def delegation(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer delegations: all to the secretariat, else the asker's own."""
    context = Context.of(interaction)
    own = not context.asker.is_secretariat
    return await complete_delegation(context.services, context.asker, typed, own=own)


async def delegations(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer delegations for the last of several, separated by semicolons."""
    context = Context.of(interaction)
    return await complete_delegations(context.services, context.asker, typed)
