"""``/member appoint``: somebody gets a post at once; a state that has no seat yet gets one after *Confirm*."""

from collections.abc import Mapping
from datetime import date
from typing import cast

import discord

from bot import names
from bot.access import Asker, Level
from bot.delegations import delegation_typed, seating_of
from bot.errors import NotFoundError
from bot.naming import with_code
from bot.services import Services
from bot.texts import Text, t
from bot.ui import Confirmation, answer, ask_confirmation, asker_of, host_of, replace, take
from cogs.members.directory import found_by, has_left
from cogs.members.posts import (
    Post,
    Typed,
    announce_change,
    check_free,
    enter,
    near_name,
    post_typed,
    seat_of,
    with_person,
)
from cogs.members.words import ROLES
from storage.database import Transaction
from storage.models import Delegation, Draft, Role


async def appoint(
    interaction: discord.Interaction, services: Services, delegation: Delegation, role: Role, typed: Typed
) -> None:
    """Write an appointment down; for a state without a seat (its id 0), ask first whether it gets one."""
    asker = asker_of(interaction)
    post = await post_typed(services, asker, delegation, role, typed)
    if not post.delegation.id:
        await _ask_for_seat(interaction, services, asker, post)
        return
    await check_free(services, asker, post)
    doubt = await near_name(services, asker, post)
    if doubt is not None:
        question = t("{doubt} Appoint {person} as somebody new?", doubt=doubt, person=post.name)
        await ask_confirmation(interaction, asker, ConfirmNewPerson, packed(post), asker.reader.say(question))
        return
    async with services.transaction(asker.account_id) as tx:
        await written(services, tx, asker, post)
    announce_change(interaction, asker.guild_id)
    await answer(interaction, asker.reader.say(appointed(asker, post)))


async def seat_typed(services: Services, asker: Asker, typed: str) -> Delegation:
    """Return the delegation, or one without a row (id 0) for a known state or organisation without a seat."""
    try:
        return await delegation_typed(services, asker, typed)
    except NotFoundError:
        code = found_by(await seating_of(services, asker), typed, asker.reader.language).without_seat
        kind = names.kind_of(code) if code is not None else None
        if code is None or kind is None or await services.members.delegation(asker.guild_id, code) is not None:
            raise
        return Delegation(0, asker.guild_id, code, kind)


async def _ask_for_seat(interaction: discord.Interaction, services: Services, asker: Asker, post: Post) -> None:
    await check_free(services, asker, post)
    question = t(
        "{delegation} has no seat in this network. Give it one, and appoint {person} as {role} from {day}?",
        delegation=seat_of(post.delegation, asker),
        person=post.name,
        role=ROLES[post.role],
        day=post.starts_on,
    )
    await ask_confirmation(interaction, asker, SeatIsGiven, packed(post), asker.reader.say(question))


class SeatIsGiven(Confirmation):
    """A seat for a state or organisation that had none, with its first appointee, after *Confirm*."""

    kind = "seat_is_given"
    level = Level.SECRETARIAT

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Add the seat and appoint."""
        services = host_of(interaction).services
        code = cast(str, draft.payload["code"])
        today = services.today(asker.network)
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            kind = names.kind_of(code) or "state"
            seat = await services.members.add_delegation(tx, asker.guild_id, code, kind, today)
            post = unpacked(Delegation(seat, asker.guild_id, code, kind, today), draft.payload)
            post = await with_person(services, asker, post)
            # Somebody may have given the same post meanwhile.
            await check_free(services, asker, post)
            await written(services, tx, asker, post)
        announce_change(interaction, asker.guild_id)
        await replace(interaction, asker.reader.say(appointed(asker, post)))


class ConfirmNewPerson(Confirmation):
    """An appointment of somebody whose name is much like that of a person the delegation has, after *Confirm*."""

    kind = "new_person"
    level = Level.SECRETARIAT

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Appoint."""
        services = host_of(interaction).services
        delegation = await delegation_kept(services, asker, cast(str, draft.payload["code"]))
        post = await with_person(services, asker, unpacked(delegation, draft.payload))
        await check_free(services, asker, post)
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            await written(services, tx, asker, post)
        announce_change(interaction, asker.guild_id)
        await replace(interaction, asker.reader.say(appointed(asker, post)))


async def written(services: Services, tx: Transaction, asker: Asker, post: Post) -> int:
    """Write the post and tell who holds it; return the appointment's id."""
    appointment_id, person_id = await enter(services, tx, asker, post)
    await services.outbox.tell(tx, asker.guild_id, person_id, "appointment", appointment_id, "appointed")
    return appointment_id


def appointed(asker: Asker, post: Post) -> Text:
    """Say what was written, with the full name and code."""
    said = t(
        "{person} is {role} of {delegation} from {day}.",
        person=post.name,
        role=ROLES[post.role],
        delegation=with_code(post.delegation, asker.reader.language),
        day=post.starts_on,
    )
    if post.ends_on is not None:
        said = t(
            "{person} is {role} of {delegation} from {day} to {last}, the last day included.",
            person=post.name,
            role=ROLES[post.role],
            delegation=with_code(post.delegation, asker.reader.language),
            day=post.starts_on,
            last=post.ends_on,
        )
    if post.account_id is None and (post.person is None or post.person.account_id is None):
        return t(
            "{said} Not linked to an account yet: {link}, or {invite} for a code to send by e-mail.",
            said=said,
            link="/member link",
            invite="/member invite",
        )
    return said


def packed(post: Post) -> dict[str, object]:
    """Return what a draft keeps of a post."""
    return {
        "code": post.delegation.code,
        "role": post.role,
        "name": post.name,
        "starts_on": post.starts_on.isoformat(),
        "ends_on": post.ends_on.isoformat() if post.ends_on is not None else None,
        "title": post.title,
        "ministry": post.ministry,
        "account_id": post.account_id,
    }


def unpacked(delegation: Delegation, payload: Mapping[str, object]) -> Post:
    """Return the post that a draft kept."""
    ends_on = cast(str | None, payload["ends_on"])
    return Post(
        delegation,
        cast(Role, payload["role"]),
        cast(str, payload["name"]),
        date.fromisoformat(cast(str, payload["starts_on"])),
        date.fromisoformat(ends_on) if ends_on is not None else None,
        cast(str, payload["title"]),
        cast(str, payload["ministry"]),
        cast(int | None, payload["account_id"]),
    )


async def delegation_kept(services: Services, asker: Asker, code: str) -> Delegation:
    """Return the delegation that a draft names. Raises NotFoundError when it has left."""
    delegation = await services.members.delegation(asker.guild_id, code)
    if delegation is None:
        raise has_left()
    return delegation
