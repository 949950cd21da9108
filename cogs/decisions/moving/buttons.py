"""What the secretariat can press: *Extend*, *I sent the text*."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import discord
from discord import ui

from bot.errors import UserError
from bot.names.delegation_names import order_of, with_code
from bot.texts import Listing, Reader, Text, nt, t
from bot.ui import Context, PersistentButton, PersistentSelect, number_of, stored_view
from cogs.decisions.ending import current_decision, has_ended, is_in_time, note_reached, require_open
from cogs.decisions.moving.forms import ExtendForm
from cogs.decisions.queries import delegations_of
from cogs.decisions.rules import unreached
from storage.decisions.models import Decision, DecisionSeat
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
        if decision.state == "unreached":
            raise UserError(
                t("The time for objections has passed. Press *Extend* first: what you send before the new end counts.")
            )
        said, view = await _missing(context, decision)
        await context.answer(said, view=view)


class SentSelect(PersistentSelect, custom_id="decision:sent:{decision_id}"):
    """To which delegations the secretariat has sent the text itself."""

    decision_id: int

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Write down that they were reached, and show who is left."""
        decision = await current_decision(context, self.decision_id)
        ids = [number_of(value) for value in values]
        async with context.write() as tx:
            if not await is_in_time(context.services, decision, context.asked_at, tx):
                raise has_ended()
            await context.services.decisions.reach(tx, decision, ids, "secretariat", context.asked_at)
            await tx.audit(context.guild_id, "record", "decision", decision.id)
        said, view = await _missing(context, decision)
        await context.replace(said, view=view)


class NotSentSelect(PersistentSelect, custom_id="decision:unsent:{decision_id}"):
    """To which delegations the secretariat has not sent the text after all, though it said so."""

    decision_id: int

    async def on_select(self, context: Context, values: Sequence[str]) -> None:
        """Take back that they were reached so, and show who is left."""
        decision = await current_decision(context, self.decision_id)
        ids = [number_of(value) for value in values]
        async with context.write() as tx:
            await require_open(context.services, decision, context.asked_at, tx)
            await context.services.decisions.unreach(tx, decision, ids, ["secretariat"])
            await tx.audit(context.guild_id, "unsent", "decision", decision.id)
        said, view = await _missing(context, decision)
        await context.replace(said, view=view)


async def _missing(context: Context, decision: Decision) -> tuple[str, ui.View | None]:
    """Return whom the proposal has not reached, with the list to choose from, and that of what was sent by hand."""
    services, reader = context.services, context.reader
    async with services.transaction() as tx:
        await note_reached(services, tx, decision)
    seats = await services.decisions.seats(context.guild_id, decision.id)
    delegations = await delegations_of(services, context.guild_id)

    def listed(found: Iterable[DecisionSeat]) -> list[Delegation]:
        known = [delegations[seat.delegation_id] for seat in found if seat.delegation_id in delegations]
        return sorted(known, key=lambda delegation: order_of(delegation, reader.language))

    by_hand = listed(seat for seat in seats if seat.reached_by == "secretariat")
    not_sent = NotSentSelect(decision.id), by_hand, t("Not sent to … after all")
    in_order = listed(unreached(seats, decision.expires_at))
    if not in_order or decision.state != "open":
        return reader.say(t("The proposal has reached every delegation that decides.")), _lists([not_sent], reader)
    said = nt(
        "{count} delegation was not reached: {names}. Choose those to which you sent the text yourself.",
        "{count} delegations were not reached: {names}. Choose those to which you sent the text yourself.",
        len(in_order),
        names=Listing(with_code(delegation, reader.language) for delegation in in_order),
    )
    sent = SentSelect(decision.id), in_order, t("Sent by the secretariat to …")
    return reader.say(said)[:2000], _lists([sent, not_sent], reader)


def _lists(lists: Iterable[tuple[PersistentSelect, Sequence[Delegation], Text]], reader: Reader) -> ui.View | None:
    """Return the lists of delegations that are not empty, each with what it asks, as a view; None where all are."""
    found: list[ui.Item[Any]] = []
    for select, delegations, asks in lists:
        options = [
            discord.SelectOption(label=with_code(delegation, reader.language)[:100], value=str(delegation.id))
            for delegation in delegations[:_OPTIONS]
        ]
        if options:
            found.append(select.offering(options, reader.label(asks), most=len(options)))
    return stored_view(found) if found else None
