"""``/decision cancel``: nothing is adopted. No role of its own: the command's work."""

from typing import cast

from bot.texts import t
from bot.ui import Confirmation, Context
from cogs.decisions.ending import current_decision, has_ended, require_open, say_the_end
from cogs.decisions.rules import Kind
from storage.decisions.models import Decision
from storage.models import Draft


async def ask_to_cancel(context: Context, decision: Decision) -> None:
    """Ask *Confirm* before a procedure is cancelled. Raises UserError for one that has ended."""
    await require_open(context.services, decision, context.asked_at)
    question = t(
        "Cancel the silence procedure on “{title}”? Nothing is adopted, and a message in the members' channel says so;"
        " nobody is called.",
        title=decision.title,
    )
    await context.preview(ConfirmCancellation.kind, {"decision": decision.id}, question, destroys=True)


class ConfirmCancellation(Confirmation):
    """A procedure that nobody wants any more."""

    kind = "decision_cancel"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """End it and say so."""
        services = context.services
        decision = await current_decision(context, cast(int, draft.payload["decision"]))
        async with context.write() as tx:
            await context.take(tx, draft)
            await require_open(services, decision, context.asked_at, tx)
            if not await services.decisions.end(tx, decision, "cancelled"):
                raise has_ended()
            await say_the_end(services, tx, decision, Kind.CANCELLED)
        await context.replace(t("The procedure is cancelled: nothing is adopted."))
