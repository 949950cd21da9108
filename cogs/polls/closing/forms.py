from collections.abc import Sequence

from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values
from cogs.polls.closing.move import ask_to_move
from cogs.polls.ending import current_poll
from cogs.polls.opening.fields import CLOSES


class ExtendForm(Form):
    """Another closing time for a poll, which is the form's argument."""

    kind = "poll_extend"
    takes = (int,)
    title = t("Extend the poll")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the one line."""
        return (CLOSES.line(),)

    async def on_submit(self, context: Context, values: Values) -> None:
        """Show the new closing time."""
        poll = await current_poll(context, self.number(0))
        await ask_to_move(context, poll, values.get("closes", ""))
