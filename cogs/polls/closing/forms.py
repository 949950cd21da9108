from collections.abc import Sequence

from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values
from cogs.polls.closing.end import current
from cogs.polls.closing.move import ask_to_move


class ExtendForm(Form):
    """Another closing time for a poll, which is the form's argument."""

    kind = "poll_extend"
    takes = (int,)
    title = t("Extend the poll")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the one line."""
        return (Field("closes", t("Closes"), max_length=100, placeholder=t("2027-03-12 18:00, in 3 days at 18:00")),)

    async def on_submit(self, context: Context, values: Values) -> None:
        """Show the new closing time."""
        poll = await current(context.services, context.guild_id, self.number(0))
        await ask_to_move(context, poll, values.get("closes", ""))
