from collections.abc import Mapping

import discord
from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.access import Asker, Level
from bot.errors import NotFoundError, UserError
from bot.services import Services
from bot.shelf import cells_of
from bot.texts import t
from bot.ui import Context, Form
from cogs.resources.cards import cut, facts_line
from cogs.resources.entries import actions
from cogs.resources.entries.forms import AddForm, EditForm, SuggestForm
from cogs.resources.exchange import import_export
from cogs.resources.fields import CATEGORIES, LANGUAGES, VISIBILITIES
from cogs.resources.monthly_note.monthly_note import set_digest
from cogs.resources.queries import complete_meeting, meeting_typed
from cogs.resources.search import buttons
from storage.resource_models import Category, Resource, ResourceVisibility


class ResourcesCog(
    commands.GroupCog, name="resource", description=locale_str("The shelf: manuals, documents, articles, links")
):
    """``/resource``: the network's shelf of links."""

    def __init__(self, services: Services) -> None:
        self.services = services
        self.shelf = services.shelf

    @app_commands.command(description=locale_str("Find a link on the shelf"))
    @app_commands.describe(
        query=locale_str("Words from the title, an author, a year, in any language"),
        category=locale_str("Only this kind of document"),
        language=locale_str("Only documents in this language"),
    )
    @app_commands.choices(category=CATEGORIES, language=LANGUAGES)
    async def search(
        self,
        interaction: discord.Interaction,
        query: str,
        category: Category | None = None,
        language: str | None = None,
    ) -> None:
        """Show what answers to a question, best first."""
        asked = buttons.Asked(" ".join(query.split()), category or "", language or "")
        await self._answer(interaction, asked)

    @app_commands.command(name="list", description=locale_str("See everything on the shelf, newest first"))
    @app_commands.describe(category=locale_str("Only this kind of document"))
    @app_commands.choices(category=CATEGORIES)
    async def everything(self, interaction: discord.Interaction, category: Category | None = None) -> None:
        """Show all of the shelf, or all of one kind."""
        await self._answer(interaction, buttons.Asked(category=category or ""))

    @app_commands.command(description=locale_str("Show one resource"))
    @app_commands.describe(resource=locale_str("Words from its title, then choose from the list"))
    async def show(self, interaction: discord.Interaction, resource: str) -> None:
        """Show the resource that was picked, or what was typed may mean."""
        context = Context.of(interaction)
        scope = await self.shelf.scope(context.guild_id, for_members=context.asker.may(Level.MEMBERS))
        named = await self.shelf.named(scope, resource)
        if named is not None:
            await buttons.show_one(context, named)
            return
        await self._answer(interaction, buttons.Asked(" ".join(resource.split())))

    @app_commands.command(description=locale_str("Suggest a link for the shelf; the secretariat decides"))
    @app_commands.describe(
        url=locale_str("Its web address"),
        title=locale_str("As the publication has it"),
        category=locale_str("What kind of document it is"),
        description=locale_str("Two lines, in your language; left out, a form opens"),
    )
    @app_commands.choices(category=CATEGORIES)
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
        cells = _given(context.asker, url=url, title=title, category=category, description=description)
        form = SuggestForm(category)
        if description is None:
            await form.show(context, cells)
            return
        try:
            await actions.suggest(context, cells)
        except UserError as error:
            await _correct(context, form, cells, error)

    @app_commands.command(description=locale_str("Put a link on the shelf"))
    @app_commands.describe(
        url=locale_str("Its web address"),
        title=locale_str("As the publication has it"),
        category=locale_str("What kind of document it is"),
        language=locale_str("The language it is written in"),
        description=locale_str("Two lines, in your language; left out, a form opens"),
        year=locale_str("When it was published"),
        visibility=locale_str("Who may see it; left out: everybody on the server"),
        meeting=locale_str("The annual meeting that it belongs to"),
    )
    @app_commands.choices(category=CATEGORIES, language=LANGUAGES, visibility=VISIBILITIES)
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
        cells = _given(context.asker, **options, description=description, visibility=visibility)
        meeting_id = await meeting_typed(context, meeting) if meeting else None
        form = AddForm.with_cells(cells, meeting_id)
        if description is None:
            await form.show(context, cells)
            return
        try:
            await actions.add(context, cells, meeting_id)
        except UserError as error:
            await _correct(context, form, cells, error)

    @app_commands.command(description=locale_str("Change what the shelf says of a resource"))
    @app_commands.describe(
        resource=locale_str("Words from its title, then choose from the list"),
        url=locale_str("Its web address"),
        title=locale_str("As the publication has it"),
        category=locale_str("What kind of document it is"),
        language=locale_str("The language it is written in"),
        description=locale_str("Two lines, in your language"),
        year=locale_str("When it was published"),
        visibility=locale_str("Who may see it"),
        authors=locale_str("Parted by semicolons"),
        tags=locale_str("Parted by semicolons"),
        meeting=locale_str("The annual meeting that it belongs to"),
    )
    @app_commands.choices(category=CATEGORIES, language=LANGUAGES, visibility=VISIBILITIES)
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
        options = {"url": url, "title": title, "category": category, "language": language, "year": year}
        cells = _given(
            context.asker, **options, description=description, visibility=visibility, authors=authors, tags=tags
        )
        chosen = await self._chosen(context.asker, resource)
        meeting_id = await meeting_typed(context, meeting) if meeting else chosen.meeting_id
        form = EditForm.of(chosen)
        if not cells and not meeting:
            await form.show(context, cells_of(chosen))
            return
        try:
            await actions.change(context, chosen, cells, meeting_id)
        except UserError as error:
            await _correct(context, form, {**cells_of(chosen), **cells}, error)

    @app_commands.command(description=locale_str("Take a resource off the shelf"))
    @app_commands.describe(resource=locale_str("Words from its title, then choose from the list"))
    async def remove(self, interaction: discord.Interaction, resource: str) -> None:
        """Ask before taking it off."""
        context = Context.of(interaction)
        await actions.offer_to_remove(context, await self._chosen(context.asker, resource))

    @app_commands.command(description=locale_str("Send a monthly note of what is new on the shelf, or stop it"))
    @app_commands.describe(enabled=locale_str("Whether the note is sent"))
    async def digest(self, interaction: discord.Interaction, enabled: bool) -> None:
        """Turn the monthly note on, after showing it, or off."""
        await set_digest(Context.of(interaction), enabled)

    @app_commands.command(name="import", description=locale_str("Bring links in from a spreadsheet (CSV)"))
    @app_commands.describe(file=locale_str("As /resource export gives it; pages that are there are updated"))
    async def bring_in(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        """Show what a file brings, and write it after Confirm."""
        await import_export.import_shelf(Context.of(interaction), file)

    @app_commands.command(name="export", description=locale_str("Take the whole shelf out as a spreadsheet (CSV)"))
    async def take_out(self, interaction: discord.Interaction) -> None:
        """Answer with the shelf as a file."""
        await import_export.export_shelf(Context.of(interaction))

    async def _answer(self, interaction: discord.Interaction, asked: buttons.Asked) -> None:
        context = Context.of(interaction)
        found = await buttons.look(context, asked)
        if not found.total:
            raise buttons.not_found(asked.question)
        await buttons.show_found(context, found, asked)

    async def _chosen(self, asker: Asker, typed: str) -> Resource:
        # Writes never guess: what is not picked must be the whole title or the address.
        named = await self.shelf.named(await self.shelf.scope(asker.guild_id, for_members=True), typed)
        if named is None:
            raise NotFoundError(
                t(
                    "“{typed}” is no title on the shelf: type a word of it and choose from the list.",
                    typed=cut(typed, 100),
                )
            )
        return named

    @add.autocomplete("meeting")
    @edit.autocomplete("meeting")
    async def _meetings(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return await complete_meeting(Context.of(interaction), typed)

    @show.autocomplete("resource")
    @edit.autocomplete("resource")
    @remove.autocomplete("resource")
    async def _resources(self, interaction: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        context = Context.of(interaction)
        scope = await self.shelf.scope(context.guild_id, for_members=context.asker.may(Level.MEMBERS))
        return [
            app_commands.Choice(name=cut(f"{r.title} · {facts_line(r, context.reader)}", 100), value=f"#{r.id}")
            for r in await self.shelf.choices(scope, typed)
        ]


def _given(asker: Asker, **options: str | int | None) -> dict[str, str]:
    # A description is in the language that its writer reads the bot in.
    names = {"description": f"description_{asker.reader.language}"}
    return {names.get(name, name): str(value) for name, value in options.items() if value is not None}


async def _correct(context: Context, form: Form, cells: Mapping[str, str], error: UserError) -> None:
    shown = {field.key for field in form.fields(context.reader)}
    values = {name: cell for name, cell in cells.items() if name in shown}
    await form.correct(context, values, error.text)
