"""What ``/member steering`` does: a term in the steering group. No role of its own: the command's work."""

from datetime import date
from typing import cast

from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.names.delegation_names import with_code
from bot.texts import Text, t
from bot.timeparse import parse_day
from bot.ui import Confirmation, Context
from storage.members.models import Delegation, SteeringTerm
from storage.models import Draft


async def write_term(context: Context, typed: str, starts_on: str | None, ends_on: str | None) -> None:
    """Begin a term, change it, or end the present one; ending asks *Confirm*."""
    delegation = await delegation_typed(context.services, context.asker, typed)
    today = context.services.today(context.network)
    first = _day(context, starts_on)
    last = _day(context, ends_on)
    terms = await context.services.members.steering_terms(context.guild_id, delegation.id)
    if first is None:
        present = next((term for term in terms if term.ends_on is None or term.ends_on >= today), None)
        if present is not None and last is None:
            raise UserError(_has_term(context, delegation, present))
        first = present.starts_on if present is not None else today
    if last is not None and last < first:
        raise UserError(t("A term cannot end before it starts: {first} to {last}.", first=first, last=last))
    _refuse_overlap(terms, first, last)
    if last is not None and any(term.starts_on == first for term in terms):
        await _ask(context, delegation, first, last)
        return
    async with context.write() as tx:
        await context.services.members.set_steering_term(tx, context.guild_id, delegation.id, first, last)
    await context.answer(context.say(_written(context, delegation, first, last)))


async def _ask(context: Context, delegation: Delegation, first: date, last: date) -> None:
    question = t(
        "End the term of {delegation} in the steering group on {last}?",
        delegation=with_code(delegation, context.reader.language),
        last=last,
    )
    payload = {"code": delegation.code, "first": first.isoformat(), "last": last.isoformat()}
    await context.preview(ConfirmEndOfSteering.kind, payload, question, destroys=True)


class ConfirmEndOfSteering(Confirmation):
    """The last day of a term in the steering group, after *Confirm*."""

    kind = "steering_ends"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Write the last day down."""
        delegation = await context.services.members.delegation(context.guild_id, cast(str, draft.payload["code"]))
        if delegation is None:
            raise UserError(t("That delegation has left the network: nothing was changed."))
        first = date.fromisoformat(cast(str, draft.payload["first"]))
        last = date.fromisoformat(cast(str, draft.payload["last"]))
        async with context.write() as tx:
            await context.take(tx, draft)
            await context.services.members.set_steering_term(tx, context.guild_id, delegation.id, first, last)
        await context.replace(context.say(_written(context, delegation, first, last)))


def _day(context: Context, typed: str | None) -> date | None:
    if typed is None:
        return None
    zone = context.services.zone(context.network)
    return parse_day(typed, now=context.services.clock.now(), zone=zone, language=context.reader.language)


def _has_term(context: Context, delegation: Delegation, term: SteeringTerm) -> Text:
    return t(
        "{delegation} has been in the steering group since {day}: add {option} to end that term.",
        delegation=with_code(delegation, context.reader.language),
        day=term.starts_on,
        option="ends_on",
    )


def _refuse_overlap(terms: list[SteeringTerm], first: date, last: date | None) -> None:
    for term in terms:
        if term.starts_on == first:
            continue
        if term.starts_on <= (last or date.max) and (term.ends_on or date.max) >= first:
            raise UserError(
                t(
                    "It already has a term from {day} that overlaps with these days: end that term first, with"
                    " {option} alone.",
                    day=term.starts_on,
                    option="ends_on",
                )
            )


def _written(context: Context, delegation: Delegation, first: date, last: date | None) -> Text:
    name = with_code(delegation, context.reader.language)
    if last is None:
        return t("{delegation} is in the steering group from {first}.", delegation=name, first=first)
    return t(
        "{delegation} is in the steering group from {first} to {last}, the last day included.",
        delegation=name,
        first=first,
        last=last,
    )
