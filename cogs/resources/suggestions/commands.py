"""``/resource suggest``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.errors import UserError
from bot.ui import Context
from cogs.resources.completion import CATEGORY, CATEGORY_CHOICES, DESCRIPTION, TITLE, URL
from cogs.resources.fields import cells_given
from cogs.resources.suggestions import suggest
from cogs.resources.suggestions.forms import SuggestForm
from storage.resources.models import Category


class SuggestionCommands(commands.Cog):
    """Suggest."""

    @app_commands.command(description=locale_str("Suggest a link for the library; the secretariat decides"))
    @app_commands.describe(url=URL, title=TITLE, category=CATEGORY, description=DESCRIPTION)
    @app_commands.choices(category=CATEGORY_CHOICES)
    async def suggest(
        self,
        interaction: discord.Interaction,
        url: str,
        title: str,
        category: Category,
        description: str | None = None,
    ) -> None:
        """Bring a link before the secretariat, or open the form where the description was left out."""
        context = Context.of(interaction)
        cells = cells_given(context.reader, url=url, title=title, category=category, description=description)
        form = SuggestForm(category)
        if description is None:
            await form.show(context, cells)
            return
        try:
            await suggest.suggest(context, cells)
        except UserError as error:
            await form.bring_back(context, cells, error)
