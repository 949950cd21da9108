from collections.abc import Sequence

from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values
from cogs.calendar import changes
from cogs.calendar.fields import LINES


class DayForm(Form):
    """A day to prepare for."""

    kind = "calendar_day"
    title = t("Add to the calendar")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the same for all readers
        """Return title, day, whether it is yearly, link and description."""
        return LINES

    async def on_submit(self, context: Context, values: Values) -> None:
        """Add it."""
        await changes.add(context, values)
