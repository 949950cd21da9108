"""``/resource search``, ``list`` and ``show``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ui import Context
from cogs.resources.completion import CATEGORY_CHOICES, LANGUAGE_CHOICES, RESOURCE, complete_resource
from cogs.resources.queries import scope_of
from cogs.resources.search.buttons import show_resource, show_results
from cogs.resources.search.queries import ShelfQuery
from storage.resources.models import Category


class SearchCommands(commands.Cog):
    """Search, list, show."""

    @app_commands.command(description=locale_str("Find a link in the library"))
    @app_commands.describe(
        query=locale_str("Words from the title, an author, a year, in any language"),
        category=locale_str("Only this kind of document"),
        language=locale_str("Only documents in this language"),
    )
    @app_commands.choices(category=CATEGORY_CHOICES, language=LANGUAGE_CHOICES)
    async def search(
        self,
        interaction: discord.Interaction,
        query: str,
        category: Category | None = None,
        language: str | None = None,
    ) -> None:
        """Show what answers to a question, best first."""
        asked = ShelfQuery(" ".join(query.split()), category or "", language or "")
        await show_results(Context.of(interaction), asked)

    @app_commands.command(name="list", description=locale_str("See everything in the library, newest first"))
    @app_commands.describe(category=locale_str("Only this kind of document"))
    @app_commands.choices(category=CATEGORY_CHOICES)
    async def list_(self, interaction: discord.Interaction, category: Category | None = None) -> None:
        """Show all of the shelf, or all of one kind."""
        await show_results(Context.of(interaction), ShelfQuery(category=category or ""))

    @app_commands.command(description=locale_str("Show one resource"))
    @app_commands.describe(resource=RESOURCE)
    async def show(self, interaction: discord.Interaction, resource: str) -> None:
        """Show the resource that was picked, or what was typed may mean."""
        context = Context.of(interaction)
        named = await context.services.shelf.named(await scope_of(context), resource)
        if named is not None:
            await show_resource(context, named)
            return
        await show_results(context, ShelfQuery(" ".join(resource.split())))

    show.autocomplete("resource")(complete_resource)
