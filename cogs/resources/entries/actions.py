"""What adding, changing and removing do. No role of its own: the work of the commands and of the forms."""

from collections.abc import Mapping
from dataclasses import replace as replaced
from typing import cast

from bot.shelf import DuplicateError, cells_of, differences, entry
from bot.texts import t
from bot.ui import Confirmation, Context
from cogs.resources.cards import bold_title, resource_card
from cogs.resources.entries.buttons import put_back_view
from cogs.resources.search.buttons import show_resource
from storage.models import Draft
from storage.resources.models import Resource


async def add(context: Context, cells: Mapping[str, str], meeting_id: int | None) -> None:
    """Put a link on the shelf and show it; show the one that is there where it is the same page.

    ``cells`` are those of :func:`bot.shelf.parsed`. Raises UserError.
    """
    services = context.services
    new = replaced(entry(cells), meeting_id=meeting_id)
    try:
        async with context.write() as tx:
            added = await services.shelf.add(tx, context.guild_id, new)
    except DuplicateError as error:
        await show_duplicate(context, error.resource)
        return
    resource = await services.shelf.resources.resource(context.guild_id, added)
    assert resource is not None, "a resource just added is there"  # noqa: S101 - narrows the type
    said = context.say(t("It is in the library now."))
    if resource.url.startswith("http://"):
        hint = t("Its address begins with http://: if the page also opens with https://, change it to that.")
        said = f"{said} {context.say(hint)}"
    await show_resource(context, resource, sentence=said)


async def show_duplicate(context: Context, resource: Resource) -> None:
    """Say that the page is there already, and show it."""
    said = (
        t("This page is in the library already, so nothing was added:")
        if resource.state == "shelved"
        else t("This page was suggested already and waits for the secretariat, so nothing was added:")
    )
    await show_resource(context, resource, sentence=context.say(said))


async def change(context: Context, resource: Resource, cells: Mapping[str, str], meeting_id: int | None) -> None:
    """Change what ``cells`` give of a resource and show it; the others stay. Raises UserError."""
    after = entry({**cells_of(resource), **cells})
    changed = differences(resource, replaced(after, meeting_id=meeting_id))
    if not changed:
        await show_resource(
            context, resource, sentence=context.say(t("Nothing was changed: the entry already says this."))
        )
        return
    try:
        async with context.write() as tx:
            now = await context.services.shelf.change(tx, resource, changed)
    except DuplicateError as error:
        await show_duplicate(context, error.resource)
        return
    await show_resource(context, now, sentence=context.say(t("Changed.")))


async def offer_to_remove(context: Context, resource: Resource) -> None:
    """Show what is about to leave the shelf, with *Confirm*."""
    said = context.say(t("Remove this from the library? It can be put back afterwards."))
    card = resource_card(resource, context.reader)
    await context.preview(ConfirmRemoval.kind, {"resource_id": resource.id}, said, embed=card, destroys=True)


class ConfirmRemoval(Confirmation):
    """A resource about to leave the shelf."""

    kind = "shelf_remove"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Take it off, and offer to put it back."""
        services = context.services
        scope = await services.shelf.scope(context.guild_id, for_members=True)
        resource = await services.shelf.visible(scope, cast(int, draft.payload["resource_id"]))
        async with context.write() as tx:
            await context.take(tx, draft)
            await services.shelf.remove(tx, resource)
        said = context.say(t("{title} is removed from the library.", title=bold_title(resource)))
        await context.replace(said, view=put_back_view(resource, context.reader))
