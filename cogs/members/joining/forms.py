"""The form for the code, behind the button in the welcome channel."""

from bot.texts import Reader, t
from bot.ui import (
    Context,
    Field,
    Form,
    Values,
)
from cogs.members.joining.claim import claim


class ClaimForm(Form):
    """The code, for those who have pressed the button in the welcome channel."""

    kind = "claim"
    title = t("Enter your code")

    def fields(self, reader: Reader) -> list[Field]:  # noqa: ARG002 - the form is the same for all
        """Ask for the code."""
        return [Field("code", t("The code that the secretariat sent you"), max_length=60)]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Go on as after the command."""
        await claim(context, values.get("code", ""))
