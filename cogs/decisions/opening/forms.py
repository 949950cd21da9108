from collections.abc import Sequence
from typing import Annotated, cast

from bot.names import REGIONAL_GROUPS
from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values
from cogs.decisions.opening.fields import OF_DECISION
from cogs.decisions.opening.proposals import propose_decision
from cogs.decisions.sentences import PROCEDURAL
from storage.decisions.models import DecisionAudience

NO_REGION = "-"
_Region = Annotated[str, "|".join((NO_REGION, *map(str, range(len(REGIONAL_GROUPS)))))]


class OpenForm(Form):
    """What is proposed, and until when; who decides is in the form's arguments."""

    kind = "decision_open"
    takes = (DecisionAudience, _Region)
    title = t("Silence procedure")
    note = PROCEDURAL

    @classmethod
    def about(cls, audience: DecisionAudience, region: str | None) -> "OpenForm":
        """Return the form for those who decide; a region by its place in the list."""
        return cls(audience, str(REGIONAL_GROUPS.index(region)) if region in REGIONAL_GROUPS else NO_REGION)

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the lines of the form."""
        return [field.line() for field in OF_DECISION]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Show the proposal as the members will see it."""
        audience, region = self.arguments
        named = REGIONAL_GROUPS[int(region)] if region != NO_REGION else None
        await propose_decision(context, cast(DecisionAudience, audience), named, values, self.correction())
