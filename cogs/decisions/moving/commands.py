"""``/decision extend`` and ``cancel``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.decisions.completion import decision_chosen, open_decision
from cogs.decisions.moving.cancel import ask_to_cancel
from cogs.decisions.moving.forms import ExtendForm
from cogs.decisions.opening.fields import EXPIRES


class MovingCommands(commands.Cog):
    """Extend, cancel."""

    @app_commands.command(description=locale_str("Let a silence procedure end later"))
    @app_commands.describe(
        decision=locale_str("The proposal"), expires=locale_str("Such as 2027-03-11 17:00, or a day")
    )
    async def extend(self, interaction: discord.Interaction, decision: str, expires: str) -> None:
        """Show the later end."""
        context = Context.of(interaction)
        found = await decision_chosen(context, decision)
        await ExtendForm(str(found.id)).submit(context, {EXPIRES.option: expires})

    @app_commands.command(description=locale_str("Cancel a silence procedure: nothing is adopted"))
    @app_commands.describe(decision=locale_str("The proposal"))
    async def cancel(self, interaction: discord.Interaction, decision: str) -> None:
        """Cancel it after *Confirm*."""
        context = Context.of(interaction)
        await ask_to_cancel(context, await decision_chosen(context, decision))

    extend.autocomplete("decision")(open_decision)
    cancel.autocomplete("decision")(open_decision)
