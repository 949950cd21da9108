import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.audit_labels import ACTIONS, FIELDS, SUBJECTS
from bot.services import Services
from bot.ui import Context
from cogs.audit.buttons import audit_page


class AuditCog(commands.Cog):
    """``/audit``: who changed what, and when."""

    def __init__(self, services: Services) -> None:
        self.services = services

    @app_commands.command(description=locale_str("See who changed what, and when"))
    @app_commands.describe(
        who=locale_str("Only what this account did"), what=locale_str("Only this kind of change, or this field")
    )
    async def audit(
        self,
        interaction: discord.Interaction,
        who: discord.Member | None = None,
        what: app_commands.Range[str, 1, 40] | None = None,
    ) -> None:
        """Show the newest page of the audit log."""
        context = Context.of(interaction)
        embed, view = await audit_page(context, who.id if who else 0, what or "", 0)
        await context.answer(embed=embed, view=view)

    @audit.autocomplete("what")
    async def _what(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        reader = Context.of(interaction).reader
        words = {word: reader.label(text) for word, text in (ACTIONS | SUBJECTS | FIELDS).items()}
        fitting = [(word, name) for word, name in words.items() if typed.casefold() in name.casefold()]
        return [app_commands.Choice(name=name, value=word) for word, name in fitting[:25]]
