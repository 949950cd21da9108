"""What the secretariat can press: *Extend*, *I sent the text*."""

from collections.abc import Sequence
from typing import Any, Literal

import discord
from discord import ui

from bot.names.delegation_names import order_of, with_code
from bot.texts import Listing, Reader, nt, t
from bot.ui import Context, PersistentButton, PersistentSelect, number_of, stored_view
from cogs.decisions.ending import current_decision, has_ended, note_reached
from cogs.decisions.moving.forms import ExtendForm
from cogs.decisions.queries import delegations_of
from cogs.decisions.rules import unreached
from storage.decisions.models import Decision
from storage.members.models import Delegation

_OPTIONS = 25
"""Of one of Discord's lists."""


class ManageButton(PersistentButton, custom_id="decision:manage:{way}:{decision_id}"):
    """*Extend*, which asks until when, and *I sent the text*, which asks to whom."""

    way: Literal["extend", "text"]
    decision_id: int

    @classmethod
    def both(cls, decision: Decision, reader: Reader) -> list[ui.Item[Any]]:
        """Return both for a procedure that has not ended; a text is sent while it is open."""
        extend = cls("extend", decision.id).labelled(reader.label(t("Extend")), discord.ButtonStyle.primary)
        text = cls("text", decision.id).labelled(reader.label(t("I sent the text")))
        return [extend, text] if decision.state == "open" else [extend]

    async def on_press(self, context: Context) -> None:
        """Open the form, or the list of those not reached."""
        decision = await current_decision(context, self.decision_id)
        if not decision.is_under_way:
            raise has_ended()
        if self.way == "extend":
            await ExtendForm(str(decision.id)).show(context)
            return
        said, view = await _missing(context, decision)
        await context.answer(said, view=view)


class SentSelect(PersistentSelect, custom_id="decision:sent:{decision_id}"):
    """To which delegations the secretariat has sent the text itself."""

    decision_id: int

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Write down that they were reached, and show who is left."""
        services, now = context.services, context.services.clock.now()
        decision = await current_decision(context, self.decision_id)
        if not decision.takes_objections(now):
            raise has_ended()
        async with context.write() as tx:
            ids = [number_of(value) for value in values]
            await services.decisions.reach(tx, decision, ids, "secretariat", now)
            await tx.audit(context.guild_id, "record", "decision", decision.id)
        said, view = await _missing(context, decision)
        await context.replace(said, view=view)


async def _missing(context: Context, decision: Decision) -> tuple[str, ui.View | None]:
    """Return whom the proposal has not reached, with the list to choose from."""
    services, reader = context.services, context.reader
    async with services.transaction() as tx:
        await note_reached(services, tx, decision)
    seats = await services.decisions.seats(context.guild_id, decision.id)
    delegations = await delegations_of(services, context.guild_id)
    missing = [delegations[seat.delegation_id] for seat in unreached(seats, decision.expires_at)]
    if not missing or decision.state != "open":
        return reader.say(t("The proposal has reached every delegation that decides.")), None
    in_order = sorted(missing, key=lambda delegation: order_of(delegation, reader.language))
    said = nt(
        "{count} delegation was not reached: {names}. Choose those to which you sent the text yourself.",
        "{count} delegations were not reached: {names}. Choose those to which you sent the text yourself.",
        len(in_order),
        names=Listing(with_code(delegation, reader.language) for delegation in in_order),
    )
    return reader.say(said)[:2000], stored_view([_select(decision, in_order[:_OPTIONS], reader)])


def _select(decision: Decision, missing: Sequence[Delegation], reader: Reader) -> SentSelect:
    options = [
        discord.SelectOption(label=with_code(delegation, reader.language)[:100], value=str(delegation.id))
        for delegation in missing
    ]
    select = SentSelect(decision.id)
    return select.offering(options, reader.label(t("Sent by the secretariat to …")), most=len(options))
