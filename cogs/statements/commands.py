"""``/statement``: put together from the commands of its parts."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.statements import completion, queries
from cogs.statements.buttons import list_page, show
from cogs.statements.drafting.commands import DraftingCommands
from cogs.statements.joining.commands import JoiningCommands
from cogs.statements.signatories.commands import SignatoryCommands
from cogs.statements.stages.commands import StageCommands


class StatementsCog(
    DraftingCommands,
    StageCommands,
    SignatoryCommands,
    JoiningCommands,
    commands.GroupCog,
    name="statement",
    description=locale_str("Joint statements: read, join, draft"),
):
    """``/statement``: one text, joined by the delegations that are authorised to, and by no others."""

    @app_commands.command(name="list", description=locale_str("See the statements, those that can be joined first"))
    async def list_(self, interaction: discord.Interaction) -> None:
        """Show the first page of the statements."""
        context = Context.of(interaction)
        card, view = await list_page(context, 0)
        await context.answer(embed=card, view=view)

    @app_commands.command(name="show", description=locale_str("Read a statement, and join it or withdraw"))
    @app_commands.describe(statement=completion.STATEMENT)
    async def show_(self, interaction: discord.Interaction, statement: str) -> None:
        """Show one statement with its files and buttons."""
        context = Context.of(interaction)
        await show(context, await queries.statement_typed(context, statement))

    show_.autocomplete("statement")(completion.any_statement)
