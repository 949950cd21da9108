from collections.abc import Mapping
from typing import Final, Self

from bot.texts import t
from bot.ui import Context, Values, Word
from cogs.resources.entries import actions
from cogs.resources.forms import ResourceForm
from storage.resources.models import Resource

_GIVEN: Final = ("category", "language", "year", "visibility")
"""The cells that a form is opened with, in its custom_id: the command had them already."""


class AddForm(ResourceForm):
    """A resource that the secretariat adds; its arguments are the cells that the command gave, and the meeting's id."""

    kind = "shelf_add"
    takes = (Word, Word, Word, Word, int | None)
    title = t("Add to the library")

    @classmethod
    def with_cells(cls, cells: Mapping[str, str], meeting_id: int | None) -> Self:
        """Make the form for what the command has given already."""
        return cls(*(cells.get(name, "") for name in _GIVEN), str(meeting_id or ""))

    async def on_submit(self, context: Context, values: Values) -> None:
        """Put it on the shelf."""
        *given, meeting = self.arguments
        cells = {**dict(zip(_GIVEN, given, strict=True)), **values}
        await actions.add(context, cells, int(meeting) if meeting else None)


class EditForm(ResourceForm):
    """A resource that the secretariat changes; its argument is the id."""

    kind = "shelf_edit"
    takes = (int,)
    title = t("Change a resource")

    @classmethod
    def of(cls, resource: Resource) -> Self:
        """Make the form for a resource."""
        return cls(str(resource.id))

    async def on_submit(self, context: Context, values: Values) -> None:
        """Change it."""
        shelf = context.services.shelf
        scope = await shelf.scope(context.guild_id, for_members=True)
        resource = await shelf.visible(scope, int(self.arguments[0]))
        await actions.change(context, resource, values, resource.meeting_id)
