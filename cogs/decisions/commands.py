import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.decisions.buttons import list_page, show
from cogs.decisions.completion import any_decision, decision_chosen
from cogs.decisions.moving.commands import MovingCommands
from cogs.decisions.objecting.commands import ObjectingCommands
from cogs.decisions.opening.commands import OpeningCommands


class DecisionsCog(
    OpeningCommands,
    MovingCommands,
    ObjectingCommands,
    commands.GroupCog,
    name="decision",
    description=locale_str("Decide by silence procedure: see, object, propose"),
):
    """``/decision``: adopted at a stated hour unless a delegation objects."""

    @app_commands.command(name="list", description=locale_str("See the decisions, those under way first"))
    async def list_(self, interaction: discord.Interaction) -> None:
        """Show the first page of the decisions."""
        context = Context.of(interaction)
        embed, view = await list_page(context, 0)
        await context.answer(embed=embed, view=view)

    @app_commands.command(name="show", description=locale_str("See a proposal or a decision, with its text"))
    @app_commands.describe(decision=locale_str("The proposal or decision"))
    async def show_(self, interaction: discord.Interaction, decision: str) -> None:
        """Show one decision."""
        context = Context.of(interaction)
        await show(context, await decision_chosen(context, decision))

    show_.autocomplete("decision")(any_decision)
