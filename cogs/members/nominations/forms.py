"""The forms of a nomination: who is nominated, and why one is declined."""

from bot.errors import UserError
from bot.reach_sentences import who_is_informed
from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values
from cogs.members.nominations.nominate import nominate
from cogs.members.nominations.queries import decided_before, delegation_of, own_delegation, waiting
from cogs.members.posts.forms import SomebodyForm
from cogs.members.posts.post import (
    PostOptions,
    cleaned,
    seat_of,
)
from storage.members.models import Delegation, Role


class NominateForm(SomebodyForm):
    """Of ``/member nominate``."""

    kind = "nominate"

    async def seat(self, context: Context, typed: str) -> Delegation:
        """Return the asker's own delegation."""
        return await own_delegation(context, typed)

    async def act(self, context: Context, delegation: Delegation, role: Role, typed: PostOptions) -> None:
        """Ask the secretariat."""
        await nominate(context, delegation, role, typed)


class DeclineForm(Form):
    """Why a nomination is declined; the nominator is told."""

    kind = "nomination_declined"
    takes = (int,)
    title = t("Decline the nomination")

    def fields(self, reader: Reader) -> list[Field]:  # noqa: ARG002 - the form is the same for all
        """Ask for the reason."""
        return [Field("reason", t("Reason, as the delegation will read it"), long=True, max_length=500)]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Write the decision down and tell the nominator."""
        reason = cleaned(values.get("reason"))
        if not reason:
            raise UserError(t("The delegation will read the reason: please type one."))
        nomination = await waiting(context, self.number(0))
        delegation = await delegation_of(context, nomination)
        async with context.write() as tx:
            if not await context.services.nominations.decide(
                tx, context.guild_id, nomination.id, approved=False, reason=reason
            ):
                raise decided_before()
            await context.services.outbox.notify(
                tx, context.guild_id, nomination.nominated_by, "nomination", nomination.id, "decided"
            )
            await context.services.outbox.edit(tx, context.guild_id, "nomination", nomination.id, "asked")
        said = t(
            "Declined: {person} for {delegation}.",
            person=nomination.person.name,
            delegation=seat_of(delegation, context),
        )
        who = await who_is_informed(context.services, context.guild_id, [nomination.nominated_by], context.reader)
        await context.answer(f"{context.say(said)} {who}".strip())
