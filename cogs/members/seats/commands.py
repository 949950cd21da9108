"""``/member name`` and ``steering``: what belongs to a delegation and to nobody in it."""

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str
from discord.ext import commands

from bot.languages import Language
from bot.ui import Context
from cogs.members.completion import DELEGATION, Name, any_delegation
from cogs.members.seats import rename, steering

_LANGUAGE_CHOICES = [Choice(name=name, value=code) for code, name in rename.LANGUAGES_BY_NAME]


class SeatCommands(commands.Cog):
    """Name, steering."""

    @app_commands.command(description=locale_str("Say what a delegation is called in one language"))
    @app_commands.describe(
        delegation=DELEGATION,
        language=locale_str("In which language"),
        name=locale_str("As cards should show it; type the United Nations' name to undo your own"),
    )
    @app_commands.choices(language=_LANGUAGE_CHOICES)
    async def name(self, interaction: discord.Interaction, delegation: str, language: Language, name: Name) -> None:
        """Override the name of a delegation."""
        await rename.name_delegation(Context.of(interaction), delegation, language, name)

    @app_commands.command(description=locale_str("Record a delegation's term in the steering group"))
    @app_commands.describe(
        delegation=DELEGATION,
        starts_on=locale_str("First day, such as 2027-03-12; today if left out"),
        ends_on=locale_str("Last day; alone, it ends the present term"),
    )
    async def steering(
        self,
        interaction: discord.Interaction,
        delegation: str,
        starts_on: str | None = None,
        ends_on: str | None = None,
    ) -> None:
        """Begin, change or end a term in the steering group."""
        await steering.write_term(Context.of(interaction), delegation, starts_on, ends_on)

    name.autocomplete("delegation")(any_delegation)
    steering.autocomplete("delegation")(any_delegation)
