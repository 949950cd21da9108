from collections.abc import Sequence

from bot.errors import UserError
from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values
from cogs.resources.forms import ResourceForm
from cogs.resources.suggestions.decide import decide
from cogs.resources.suggestions.suggest import suggest
from storage.resources.models import Category


class SuggestForm(ResourceForm):
    """A resource that a member suggests; its argument is the category."""

    kind = "shelf_suggest"
    takes = (Category,)
    title = t("Suggest for the library")

    async def on_submit(self, context: Context, values: Values) -> None:
        """Bring it before the secretariat."""
        await suggest(context, {"category": self.arguments[0], **values})


class DeclineForm(Form):
    """Asks for the reason, which the member is told; its argument is the suggestion's id."""

    kind = "shelf_decline"
    takes = (int,)
    title = t("Decline a suggestion")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the line is the same for every reader
        """Return the one line."""
        return (Field("reason", t("Reason, as the member will read it"), long=True, max_length=500),)

    async def on_submit(self, context: Context, values: Values) -> None:
        """Decline it."""
        reason = " ".join(values["reason"].split())
        if not reason:
            raise UserError(t("A suggestion is declined with a reason: write it in one sentence."))
        await decide(context, self.number(0), reason)
