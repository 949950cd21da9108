from collections.abc import Mapping, Sequence
from typing import Final, Self

from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values, Word
from cogs.resources.entries import actions
from storage.resource_models import Category, Resource

_GIVEN: Final = ("category", "language", "year", "visibility")
"""The cells that a form is opened with, in its custom_id: the command had them already."""


def _lines(reader: Reader) -> Sequence[Field]:
    language = reader.language_name(reader.language)
    return (
        Field("url", t("Web address"), placeholder=t("https://…")),
        Field("title", t("Title, as the publication has it"), max_length=300),
        Field("authors", t("Authors, parted by semicolons"), required=False, max_length=600),
        Field("tags", t("Tags, parted by semicolons"), required=False, max_length=600),
        Field(
            f"description_{reader.language}",
            t("Two lines of description ({language})", language=language),
            required=False,
            long=True,
            max_length=600,
        ),
    )


class AddForm(Form):
    """A resource that the secretariat adds; its arguments are the cells that the command gave, and the meeting's id."""

    kind = "shelf_add"
    takes = (Word, Word, Word, Word, int | None)
    title = t("Add to the shelf")

    @classmethod
    def with_cells(cls, cells: Mapping[str, str], meeting_id: int | None) -> Self:
        """Make the form for what the command has given already."""
        return cls(*(cells.get(name, "") for name in _GIVEN), str(meeting_id or ""))

    def fields(self, reader: Reader) -> Sequence[Field]:
        """Return address, title, authors, tags and the description in the reader's language."""
        return _lines(reader)

    async def on_submit(self, context: Context, values: Values) -> None:
        """Put it on the shelf."""
        *given, meeting = self.arguments
        cells = {**dict(zip(_GIVEN, given, strict=True)), **values}
        await actions.add(context, cells, int(meeting) if meeting else None)


class SuggestForm(Form):
    """A resource that a member suggests; its argument is the category."""

    kind = "shelf_suggest"
    takes = (Category,)
    title = t("Suggest for the shelf")

    def fields(self, reader: Reader) -> Sequence[Field]:
        """Return the lines of every form about a resource."""
        return _lines(reader)

    async def on_submit(self, context: Context, values: Values) -> None:
        """Bring it before the secretariat."""
        await actions.suggest(context, {"category": self.arguments[0], **values})


class EditForm(Form):
    """A resource that the secretariat changes; its argument is the id."""

    kind = "shelf_edit"
    takes = (int,)
    title = t("Change a resource")

    @classmethod
    def of(cls, resource: Resource) -> Self:
        """Make the form for a resource."""
        return cls(str(resource.id))

    def fields(self, reader: Reader) -> Sequence[Field]:
        """Return the lines of every form about a resource."""
        return _lines(reader)

    async def on_submit(self, context: Context, values: Values) -> None:
        """Change it."""
        shelf = context.services.shelf
        scope = await shelf.scope(context.guild_id, for_members=True)
        resource = await shelf.visible(scope, int(self.arguments[0]))
        await actions.change(context, resource, values, resource.meeting_id)
