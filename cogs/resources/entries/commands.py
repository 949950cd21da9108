"""``/resource add``, ``edit`` and ``remove``."""

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot import completion
from bot.errors import UserError
from bot.shelf import cells_of
from bot.ui import Context
from cogs.resources.completion import (
    CATEGORY,
    CATEGORY_CHOICES,
    DESCRIPTION,
    LANGUAGE,
    LANGUAGE_CHOICES,
    MEETING,
    RESOURCE,
    TITLE,
    URL,
    VISIBILITY_CHOICES,
    YEAR,
    complete_resource,
)
from cogs.resources.entries import actions
from cogs.resources.entries.forms import AddForm, EditForm
from cogs.resources.fields import cells_given
from cogs.resources.queries import meeting_typed, resource_typed
from storage.resources.models import Category, ResourceVisibility


class EntryCommands(commands.Cog):
    """Add, edit, remove."""

    @app_commands.command(description=locale_str("Add a link to the library"))
    @app_commands.describe(
        url=URL,
        title=TITLE,
        category=CATEGORY,
        language=LANGUAGE,
        description=DESCRIPTION,
        year=YEAR,
        visibility=locale_str("Who may see it; left out: everybody on the server"),
        meeting=MEETING,
    )
    @app_commands.choices(category=CATEGORY_CHOICES, language=LANGUAGE_CHOICES, visibility=VISIBILITY_CHOICES)
    async def add(
        self,
        interaction: discord.Interaction,
        url: str,
        title: str,
        category: Category,
        language: str | None = None,
        description: str | None = None,
        year: int | None = None,
        visibility: ResourceVisibility | None = None,
        meeting: str | None = None,
    ) -> None:
        """Add a link at once, or open the form where the description was left out."""
        context = Context.of(interaction)
        options = {"url": url, "title": title, "category": category, "language": language, "year": year}
        cells = cells_given(context.reader, **options, description=description, visibility=visibility)
        meeting_id = await meeting_typed(context, meeting) if meeting else None
        form = AddForm.with_cells(cells, meeting_id)
        if description is None:
            await form.show(context, cells)
            return
        try:
            await actions.add(context, cells, meeting_id)
        except UserError as error:
            await form.bring_back(context, cells, error)

    @app_commands.command(description=locale_str("Change what the library says about a resource"))
    @app_commands.describe(
        resource=RESOURCE,
        url=URL,
        title=TITLE,
        category=CATEGORY,
        language=LANGUAGE,
        description=locale_str("Two lines, in your language"),
        year=YEAR,
        visibility=locale_str("Who may see it"),
        authors=locale_str("Separated by semicolons"),
        tags=locale_str("Separated by semicolons"),
        meeting=MEETING,
    )
    @app_commands.choices(category=CATEGORY_CHOICES, language=LANGUAGE_CHOICES, visibility=VISIBILITY_CHOICES)
    async def edit(
        self,
        interaction: discord.Interaction,
        resource: str,
        url: str | None = None,
        title: str | None = None,
        category: Category | None = None,
        language: str | None = None,
        description: str | None = None,
        year: int | None = None,
        visibility: ResourceVisibility | None = None,
        authors: str | None = None,
        tags: str | None = None,
        meeting: str | None = None,
    ) -> None:
        """Change what is given; with nothing given, open the form."""
        context = Context.of(interaction)
        described = {"description": description, "visibility": visibility, "authors": authors, "tags": tags}
        options = {"url": url, "title": title, "category": category, "language": language, "year": year}
        cells = cells_given(context.reader, **options, **described)
        before = await resource_typed(context, resource)
        meeting_id = await meeting_typed(context, meeting) if meeting else before.meeting_id
        form = EditForm.of(before)
        if not cells and not meeting:
            await form.show(context, cells_of(before))
            return
        try:
            await actions.change(context, before, cells, meeting_id)
        except UserError as error:
            await form.bring_back(context, {**cells_of(before), **cells}, error)

    @app_commands.command(description=locale_str("Remove a resource from the library"))
    @app_commands.describe(resource=RESOURCE)
    async def remove(self, interaction: discord.Interaction, resource: str) -> None:
        """Ask before taking it off."""
        context = Context.of(interaction)
        await actions.offer_to_remove(context, await resource_typed(context, resource))

    add.autocomplete("meeting")(completion.meeting)
    edit.autocomplete("meeting")(completion.meeting)
    edit.autocomplete("resource")(complete_resource)
    remove.autocomplete("resource")(complete_resource)
