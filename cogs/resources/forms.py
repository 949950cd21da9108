from collections.abc import Mapping, Sequence

from bot.errors import UserError
from bot.texts import Reader
from bot.ui import Context, Field, Form
from cogs.resources.fields import lines


class ResourceForm(Form):
    """What every form about a resource asks for; a subclass says what is done with it."""

    def fields(self, reader: Reader) -> Sequence[Field]:
        """Return address, title, authors, tags and the description in the reader's language."""
        return lines(reader)

    async def bring_back(self, context: Context, cells: Mapping[str, str], error: UserError) -> None:
        """Say what is wrong with a command's ``cells``, and offer the form with those that it has lines for."""
        shown = {field.key for field in self.fields(context.reader)}
        values = {name: cell for name, cell in cells.items() if name in shown}
        await self.correct(context, values, error.text)
