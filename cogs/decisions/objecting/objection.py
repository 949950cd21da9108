"""An objection, from the first press to the end of the procedure. No role of its own: what the buttons do."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Final, cast
from zoneinfo import ZoneInfo

import discord

from bot.audience import colleagues as colleagues_of
from bot.errors import NotAllowedError, NotFoundError, UserError
from bot.identify import network_reader
from bot.names.delegation_names import with_code
from bot.outbox import SECRETARIAT
from bot.previews.destination import destination
from bot.previews.preview import quoted
from bot.reach_sentences import who_is_informed
from bot.texts import Text, t
from bot.ui import Choice, Confirmation, Context, Correction, Values
from cogs.decisions import rules, sentences
from cogs.decisions.cards import decision_card
from cogs.decisions.ending import has_ended, is_in_time, plan_again, say_the_end
from cogs.decisions.queries import delegations_of, own_seats
from cogs.decisions.rules import CONFIRMED_WITHIN, IN_HAND, SUBJECT, Kind
from storage.database import Transaction
from storage.decisions.models import Decision, Objection
from storage.members.models import Delegation, Person
from storage.models import Draft

REASON: Final = "reason"
AMENDMENT: Final = "amendment"
NAMED: Final = "named"
REFERENCE: Final = "reference"
YES: Final = "yes"
NO: Final = "no"
"""What a form of an objection holds, and its answers."""
_TOLD_WITHIN: Final = timedelta(days=7)
"""For so long a colleague is told of an objection."""


async def press(context: Context, decision_id: int) -> None:
    """Keep the hour of the asker's first press of *Object*, and let the result wait until it is confirmed.

    Nothing is kept of somebody who may not object, nor of a press after the end.
    """
    services = context.services
    seats = rules.counted(await services.decisions.seats(context.guild_id, decision_id))
    acting = rules.acting_for(context.asker.appointments)
    if not context.asker.is_secretariat and not any(seat.delegation_id in acting for seat in seats):
        return
    # Nobody is named as having pressed, whatever becomes of it.
    async with services.transaction() as tx:
        at = context.asked_at
        current = await services.decisions.decision(context.guild_id, decision_id, tx)
        if current is not None and await is_in_time(services, current, at, tx):
            # One that was confirmed in time may still wait to be dealt with.
            since = services.clock.now() - CONFIRMED_WITHIN - IN_HAND
            await services.decisions.press(tx, current, context.account_id, at, since)
            await plan_again(services, tx, current)


async def delegation_of(context: Context, decision: Decision, delegation_id: int) -> Delegation:
    """Return a delegation for which the asker may object. Raises NotAllowedError, NotFoundError."""
    found = (await delegations_of(context.services, context.guild_id)).get(delegation_id)
    if found is None:
        raise NotFoundError(t("That delegation no longer exists: nothing was changed."))
    await is_own(context, decision, found)
    return found


async def propose_objection(
    context: Context, decision: Decision, delegation: Delegation, values: Values, correction: Correction
) -> None:
    """Show the very message that will be published, and ask for *Confirm*."""
    await require_counts(context, decision)
    services, public = context.services, network_reader(context.services, context.network)
    is_named = values.get(NAMED) == YES
    objection = _objection(values, delegation.id)
    broken = replace(decision, state="broken", ended_at=services.clock.now(), objection=objection)
    seats = await services.decisions.seats(context.guild_id, decision.id)
    objector = delegation if is_named else None
    lines = [
        context.say(_whose(context, delegation, is_named=is_named)),
        context.say(sentences.warning(len(rules.counted(seats)))),
        context.say(t("This will be published at once:")),
        quoted(public.say(sentences.ended(broken, public, objector))),
    ]
    card = decision_card(broken, seats, public, objector=objector, with_text=False)
    payload = {"decision": decision.id, "delegation": delegation.id}
    choice = Choice(ConfirmObjection.kind, style=discord.ButtonStyle.danger)
    await context.ask([choice], payload, "\n".join(lines), embeds=[card], corrections=[correction], typed=values)


def _whose(context: Context, delegation: Delegation, *, is_named: bool) -> Text:
    name = with_code(delegation, context.reader.language)
    if is_named:
        return t("You object for {delegation}; its name is published.", delegation=name)
    return t("You object for {delegation}; its name is not published.", delegation=name)


async def require_counts(context: Context, decision: Decision) -> None:
    """Raise UserError unless an objection of the asker, confirmed now, would count."""
    async with context.services.transaction() as tx:
        if not await _counts(context, decision, tx):
            raise _too_late(decision)


async def _counts(context: Context, decision: Decision, tx: Transaction) -> bool:
    """Tell whether an objection counts that the asker confirms with what they have just sent."""
    pressed = await context.services.decisions.first_press(context.guild_id, decision.id, context.account_id, tx)
    if rules.objection_counts(decision, pressed, context.asked_at):
        return True
    moves = await is_in_time(context.services, decision, context.asked_at, tx)
    return rules.objection_counts(decision, pressed, context.asked_at, moves=moves)


def require_reference(values: Values, *, by_secretariat: bool) -> None:
    """Raise UserError where the secretariat does not say with what the delegation has objected."""
    if by_secretariat and not values.get(REFERENCE, "").strip():
        raise UserError(
            t(
                "Say how the delegation objected: the number of its note verbale, for example, or the date of its"
                " e-mail."
            )
        )


def _too_late(decision: Decision) -> UserError:
    if decision.is_under_way:
        return UserError(
            t(
                "The time for objections has passed. Nothing is adopted yet; if the secretariat extends the procedure,"
                " you can object again."
            )
        )
    return has_ended()


class ConfirmObjection(Confirmation):
    """The end of a procedure by an objection."""

    kind = "decision_object"
    is_urgent = True

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """End it, say so publicly at once, and tell the objector's colleagues."""
        services = context.services
        decision_id, delegation_id = (cast(int, draft.payload[key]) for key in ("decision", "delegation"))
        values = cast(Values, draft.payload.get("values", {}))
        decision = await services.decisions.decision(context.guild_id, decision_id)
        delegation = (await delegations_of(services, context.guild_id)).get(delegation_id)
        if decision is None or delegation is None:
            raise has_ended()
        by_secretariat = not await is_own(context, decision, delegation)
        require_reference(values, by_secretariat=by_secretariat)
        told = await colleagues_of(services, context.guild_id, delegation, context.asker.person)
        # A delegation's objection is written by nobody who could be looked up.
        account_id = context.account_id if by_secretariat else None
        async with services.transaction(account_id) as tx:
            await context.take(tx, draft)
            current = await services.decisions.decision(context.guild_id, decision_id, tx)
            if current is None or not await _counts(context, current, tx):
                raise _too_late(current or decision)
            await services.decisions.break_silence(tx, current, _objection(values, delegation_id))
            await say_the_end(services, tx, current, Kind.BROKEN)
            payload = {"by_secretariat": by_secretariat, "reference": values.get(REFERENCE, "")}
            await _tell(context, tx, current, told, payload)
        ids = [person.id for person in told]
        who = await who_is_informed(services, context.guild_id, ids, context.reader, by_email=False)
        await context.replace(f"{context.say(sentences.SILENCE_BROKEN)} {who}".strip())


def _objection(values: Values, delegation_id: int) -> Objection:
    is_named = values.get(NAMED) == YES
    return Objection(
        values.get(REASON, "").strip(), values.get(AMENDMENT, "").strip(), delegation_id if is_named else None
    )


async def is_own(context: Context, decision: Decision, delegation: Delegation) -> bool:
    """Tell whether the asker acts for the delegation; the secretariat records what any has sent.

    Raises NotAllowedError for others, and for a delegation that does not decide.
    """
    if context.asker.is_secretariat and delegation.id not in rules.acting_for(context.asker.appointments):
        seats = rules.counted(await context.services.decisions.seats(context.guild_id, decision.id))
        if any(seat.delegation_id == delegation.id for seat in seats):
            return False
        raise NotAllowedError(t("That delegation is not among those that decide here."))
    if any(one.id == delegation.id for one in await own_seats(context, decision)):
        return True
    raise NotAllowedError(t("You object for your own delegation only."))


async def _tell(
    context: Context, tx: Transaction, decision: Decision, people: Sequence[Person], payload: Mapping[str, object]
) -> None:
    services = context.services
    now = services.clock.now().astimezone(ZoneInfo(services.zone(context.network)))
    today = datetime.combine(now.date(), time(), now.tzinfo)
    for person in people:
        await services.outbox.notify_without_hour(
            tx, decision.guild_id, person.id, SUBJECT, decision.id, today, deadline=now + _TOLD_WITHIN, payload=payload
        )


async def say_seen(context: Context, decision: Decision, own: Sequence[Delegation]) -> None:
    """Write down that the delegations of the presser have seen the proposal. Raises UserError where it has ended."""
    services, at = context.services, context.asked_at
    async with services.transaction() as tx:
        if not await is_in_time(services, decision, at, tx):
            raise has_ended()
        await services.decisions.reach(tx, decision, [delegation.id for delegation in own], "seen", at)
    said = t(
        "Thank you: the secretariat sees that the proposal has reached your delegation. This does not mean that you"
        " agree."
    )
    await context.answer(said)


async def wish_for_time(context: Context, decision: Decision, delegation: Delegation) -> None:
    """Tell the secretariat alone that a delegation asks for more time.

    Raises UserError where it is too late, or where nothing that the bot writes would get to the secretariat.
    """
    services = context.services
    guild = context.interaction.client.get_guild(context.guild_id)
    if destination(guild, context.network, SECRETARIAT, None).channel_id is None:
        raise UserError(
            t(
                "The bot cannot pass this on: it has no channel in which it can write to the secretariat. Please write"
                " to the secretariat yourself; until it extends the procedure, the end stays the same."
            )
        )
    async with services.transaction() as tx:
        if not await is_in_time(services, decision, context.asked_at, tx):
            raise has_ended()
        if await services.decisions.wish_for_time(tx, decision, delegation.id):
            payload = {"delegation": delegation.id}
            await services.outbox.plan_now(
                tx, context.guild_id, SUBJECT, decision.id, Kind.MORE_TIME, SECRETARIAT, payload=payload
            )
    await context.answer(
        t(
            "The secretariat has been asked for more time; nobody else is informed. The end stays the same unless the"
            " secretariat extends the procedure."
        )
    )
