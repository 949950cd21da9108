"""What *Approve* writes; for a seat that is held, a hand-over. No role of its own: the work of the button."""

from typing import ClassVar, Final, cast

from bot.ui import Context
from cogs.members.nominations.queries import decided_before, waiting
from cogs.members.posts.handover import AskHandoverAnew, ConfirmHandover
from storage.database import Transaction
from storage.members.models import Nomination
from storage.models import Draft

NOMINATION: Final = "nomination"
"""In a draft's payload: the nomination that the hand-over approves."""


async def decide(context: Context, tx: Transaction, nomination: Nomination) -> None:
    """Approve a nomination and inform the person who nominated. Raises UserError where it was decided before."""
    if not await context.services.nominations.decide(tx, context.guild_id, nomination.id, approved=True):
        raise decided_before()
    outbox = context.services.outbox
    await outbox.notify(tx, context.guild_id, nomination.nominated_by, "nomination", nomination.id, "decided")
    await outbox.edit(tx, context.guild_id, "nomination", nomination.id, "asked")


class ConfirmNominatedHandover(ConfirmHandover):
    """The nominee follows the present focal point, after *Confirm*."""

    kind = "nominated_handover"
    asks_anew: ClassVar[str] = "nominated_farewell"

    async def also(self, context: Context, tx: Transaction, draft: Draft) -> list[int]:
        """Approve the nomination."""
        nomination = await waiting(context, cast(int, draft.payload[NOMINATION]))
        await decide(context, tx, nomination)
        return [nomination.nominated_by]


class AskNominatedHandoverAnew(AskHandoverAnew):
    """*Do not write to the predecessor*, and back."""

    kind = "nominated_farewell"
    confirmation: ClassVar[type[ConfirmHandover]] = ConfirmNominatedHandover
