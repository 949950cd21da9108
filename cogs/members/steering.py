"""``/member steering``: a delegation's term in the steering group."""

from datetime import date
from typing import cast

import discord

from bot.access import Asker, Level
from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.naming import with_code
from bot.services import Services
from bot.texts import Text, t
from bot.timeparse import parse_day
from bot.ui import Confirmation, answer, ask_confirmation, asker_of, host_of, replace, take
from storage.models import Delegation, Draft, SteeringTerm


async def write_term(
    interaction: discord.Interaction, services: Services, typed: str, starts_on: str | None, ends_on: str | None
) -> None:
    """Begin a term, change it, or end the present one; ending asks *Confirm*."""
    asker = asker_of(interaction)
    delegation = await delegation_typed(services, asker, typed)
    today = services.today(asker.network)
    first = _day(services, asker, starts_on)
    last = _day(services, asker, ends_on)
    terms = await services.members.steering_terms(asker.guild_id, delegation.id)
    if first is None:
        present = next((term for term in terms if term.ends_on is None or term.ends_on >= today), None)
        if present is not None and last is None:
            raise UserError(_sits_already(asker, delegation, present))
        first = present.starts_on if present is not None else today
    if last is not None and last < first:
        raise UserError(t("A term cannot end before it starts: {first} to {last}.", first=first, last=last))
    _refuse_overlap(terms, first, last)
    if last is not None and any(term.starts_on == first for term in terms):
        await _ask(interaction, asker, delegation, first, last)
        return
    async with services.transaction(asker.account_id) as tx:
        await services.members.set_steering_term(tx, asker.guild_id, delegation.id, first, last)
    await answer(interaction, asker.reader.say(_written(asker, delegation, first, last)))


async def _ask(interaction: discord.Interaction, asker: Asker, delegation: Delegation, first: date, last: date) -> None:
    question = t(
        "End the term of {delegation} in the steering group on {last}?",
        delegation=with_code(delegation, asker.reader.language),
        last=last,
    )
    payload = {"code": delegation.code, "first": first.isoformat(), "last": last.isoformat()}
    await ask_confirmation(interaction, asker, SteeringEnds, payload, asker.reader.say(question), destroys=True)


class SteeringEnds(Confirmation):
    """The last day of a term in the steering group, after *Confirm*."""

    kind = "steering_ends"
    level = Level.SECRETARIAT

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Write the last day down."""
        services = host_of(interaction).services
        delegation = await services.members.delegation(asker.guild_id, cast(str, draft.payload["code"]))
        if delegation is None:
            raise UserError(t("That delegation has left the network: nothing was changed."))
        first = date.fromisoformat(cast(str, draft.payload["first"]))
        last = date.fromisoformat(cast(str, draft.payload["last"]))
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            await services.members.set_steering_term(tx, asker.guild_id, delegation.id, first, last)
        await replace(interaction, asker.reader.say(_written(asker, delegation, first, last)))


def _day(services: Services, asker: Asker, typed: str | None) -> date | None:
    if typed is None:
        return None
    zone = services.zone(asker.network)
    return parse_day(typed, now=services.clock.now(), zone=zone, language=asker.reader.language)


def _sits_already(asker: Asker, delegation: Delegation, term: SteeringTerm) -> Text:
    return t(
        "{delegation} has been in the steering group since {day}: add {option} to end that term.",
        delegation=with_code(delegation, asker.reader.language),
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
                    "It already has a term from {day} that these days run into: end that one first, with {option}"
                    " alone.",
                    day=term.starts_on,
                    option="ends_on",
                )
            )


def _written(asker: Asker, delegation: Delegation, first: date, last: date | None) -> Text:
    name = with_code(delegation, asker.reader.language)
    if last is None:
        return t("{delegation} is in the steering group from {first}.", delegation=name, first=first)
    return t(
        "{delegation} is in the steering group from {first} to {last}, the last day included.",
        delegation=name,
        first=first,
        last=last,
    )
