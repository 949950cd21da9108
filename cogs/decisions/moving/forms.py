from collections.abc import Sequence

from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values
from cogs.decisions.ending import current_decision
from cogs.decisions.moving.extend import ask_to_extend
from cogs.decisions.opening.fields import EXPIRES


class ExtendForm(Form):
    """A later end for a procedure, which is the form's argument."""

    kind = "decision_extend"
    takes = (int,)
    title = t("Extend the procedure")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the one line."""
        return (Field(EXPIRES.option, EXPIRES.label, max_length=100, placeholder=t("2027-03-11 17:00")),)

    async def on_submit(self, context: Context, values: Values) -> None:
        """Show the new end."""
        decision = await current_decision(context, self.number(0))
        await ask_to_extend(context, decision, values.get(EXPIRES.option, ""), self.correction())
