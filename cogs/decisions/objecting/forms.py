from collections.abc import Sequence

from bot.texts import Reader, Text, t
from bot.ui import Context, Field, Form, Values
from cogs.decisions import rules, sentences
from cogs.decisions.ending import current_decision
from cogs.decisions.objecting.objection import (
    AMENDMENT,
    NAMED,
    NO,
    REASON,
    REFERENCE,
    YES,
    delegation_of,
    is_own,
    press,
    propose_objection,
    require_counts,
    require_reference,
)
from cogs.decisions.rules import LONGEST_REASON, LONGEST_REFERENCE
from storage.decisions.models import Decision
from storage.members.models import Delegation


class ObjectionForm(Form):
    """What is published of an objection. Arguments: the decision, the delegation, how many delegations are asked."""

    kind = "decision_object"
    takes = (int, int, int)
    title = t("Object")
    is_urgent = True

    def introduction(self) -> Text:
        """Say what an objection does."""
        return sentences.warning(self.number(2))

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the lines of the form, all of which may stay empty."""
        return (
            Field(REASON, t("Reason (published)"), required=False, long=True, max_length=LONGEST_REASON),
            Field(AMENDMENT, t("Amendment (published)"), required=False, long=True, max_length=LONGEST_REASON),
            Field(
                NAMED,
                t("Name your delegation?"),
                required=False,
                choices=((NO, t("No, do not name it")), (YES, t("Yes, name it"))),
            ),
        )

    async def on_submit(self, context: Context, values: Values) -> None:
        """Show the very message that will be published."""
        decision = await current_decision(context, self.number(0))
        delegation = await delegation_of(context, decision, self.number(1))
        require_reference(values, by_secretariat=not await is_own(context, decision, delegation))
        await propose_objection(context, decision, delegation, values, self.correction())


class RecordedObjectionForm(ObjectionForm):
    """What the secretariat records of an objection that a delegation has sent to it; arguments as of an objection."""

    kind = "decision_object_for"

    def fields(self, reader: Reader) -> Sequence[Field]:
        """Return the lines of an objection, and where it came from."""
        placeholder = t("Note verbale 12/2027")
        return (
            Field(REFERENCE, t("Note verbale or e-mail"), max_length=LONGEST_REFERENCE, placeholder=placeholder),
            *super().fields(reader),
        )


async def ask_reasons(context: Context, decision: Decision, delegation: Delegation) -> None:
    """Open the form that says what an objection does. Raises UserError where it is too late."""
    await require_counts(context, decision)
    await (await _form_of(context, decision, delegation)).show(context)


async def object_with(context: Context, decision: Decision, delegation: Delegation, values: Values) -> None:
    """Show what will be published of an objection that was typed into a command. Raises UserError if it is too late."""
    await press(context, decision.id)
    await require_counts(context, decision)
    await (await _form_of(context, decision, delegation)).submit(context, values)


async def _form_of(context: Context, decision: Decision, delegation: Delegation) -> ObjectionForm:
    seats = rules.counted(await context.services.decisions.seats(context.guild_id, decision.id))
    form = ObjectionForm if await is_own(context, decision, delegation) else RecordedObjectionForm
    return form(str(decision.id), str(delegation.id), str(len(seats)))
