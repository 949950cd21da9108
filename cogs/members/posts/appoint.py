"""What ``/member appoint`` does: somebody gets a post at once. No role of its own: the command's work.

A state that has no seat yet gets one after *Confirm*.
"""

from collections.abc import Mapping
from datetime import date
from typing import cast

from bot import names
from bot.commands import Command
from bot.delegations import delegation_typed, seating_of
from bot.errors import NotFoundError
from bot.names.delegation_names import with_code
from bot.texts import Text, t
from bot.ui import Confirmation, Context
from cogs.members.directory.queries import has_left, search_seats
from cogs.members.posts.post import (
    Post,
    PostOptions,
    check_free,
    near_name,
    read_post,
    seat_of,
    seats_changed,
    with_person,
    write_post,
)
from cogs.members.sentences import ROLES
from cogs.members.welcome.owing import owe_welcome
from storage.database import Transaction
from storage.members.models import Delegation, Place, Role
from storage.models import Draft


async def appoint(context: Context, delegation: Delegation, role: Role, typed: PostOptions) -> None:
    """Write an appointment down; for a state without a seat (its id 0), ask first whether it gets one."""
    post = await read_post(context, delegation, role, typed)
    if not post.delegation.id:
        await _ask_for_seat(context, post)
        return
    await check_free(context, post)
    doubt = await near_name(context, post)
    if doubt is not None:
        question = t("{doubt} Appoint {person} as a new person?", doubt=doubt, person=post.name)
        await context.preview(ConfirmNewPerson.kind, packed(post), context.say(question))
        return
    async with context.write() as tx:
        await write_appointment(context, tx, post)
    seats_changed(context)
    await context.answer(context.say(appointed(context, post)))


async def seat_typed(context: Context, typed: str) -> Delegation:
    """Return the delegation, or one without a row (id 0) for a known state or organisation without a seat."""
    try:
        return await delegation_typed(context.services, context.asker, typed)
    except NotFoundError:
        code = search_seats(
            await seating_of(context.services, context.asker), typed, context.reader.language
        ).without_seat
        kind = names.kind_of(code) if code is not None else None
        if (
            code is None
            or kind is None
            or await context.services.members.delegation(context.guild_id, code) is not None
        ):
            raise
        return Delegation(0, context.guild_id, code, kind)


async def _ask_for_seat(context: Context, post: Post) -> None:
    await check_free(context, post)
    question = t(
        "{delegation} has no seat in this network. Give it one, and appoint {person} as {role} from {day}?",
        delegation=seat_of(post.delegation, context),
        person=post.name,
        role=ROLES[post.role],
        day=post.starts_on,
    )
    await context.preview(ConfirmAppointment.kind, packed(post), context.say(question))


class ConfirmAppointment(Confirmation):
    """A seat for a state or organisation that had none, with its first appointee, after *Confirm*."""

    kind = "seat_is_given"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Add the seat and appoint."""
        code = cast(str, draft.payload["code"])
        today = context.services.today(context.network)
        async with context.write() as tx:
            await context.take(tx, draft)
            kind = names.kind_of(code) or "state"
            seat = await context.services.members.add_delegation(tx, context.guild_id, code, kind, today)
            post = unpacked(Delegation(seat, context.guild_id, code, kind, today), draft.payload)
            post = await with_person(context, post)
            # Somebody may have given the same post meanwhile.
            await check_free(context, post)
            await write_appointment(context, tx, post)
        seats_changed(context)
        await context.replace(context.say(appointed(context, post)))


class ConfirmNewPerson(Confirmation):
    """An appointment of somebody whose name is much like that of a person the delegation has, after *Confirm*."""

    kind = "new_person"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Appoint."""
        delegation = await delegation_kept(context, cast(str, draft.payload["code"]))
        post = await with_person(context, unpacked(delegation, draft.payload))
        await check_free(context, post)
        async with context.write() as tx:
            await context.take(tx, draft)
            await write_appointment(context, tx, post)
        seats_changed(context)
        await context.replace(context.say(appointed(context, post)))


async def write_appointment(context: Context, tx: Transaction, post: Post) -> int:
    """Write the post and tell who holds it; return the appointment's id."""
    appointment_id, person_id = await write_post(context, tx, post)
    await owe_welcome(context.services, tx, context.guild_id, person_id, appointment_id, post.starts_on)
    return appointment_id


def appointed(context: Context, post: Post) -> Text:
    """Say what was written, with the full name and code."""
    said = t(
        "{person} is {role} of {delegation} from {day}.",
        person=post.name,
        role=ROLES[post.role],
        delegation=with_code(post.delegation, context.reader.language),
        day=post.starts_on,
    )
    if post.ends_on is not None:
        said = t(
            "{person} is {role} of {delegation} from {day} to {last}, the last day included.",
            person=post.name,
            role=ROLES[post.role],
            delegation=with_code(post.delegation, context.reader.language),
            day=post.starts_on,
            last=post.ends_on,
        )
    if post.account_id is None and (post.person is None or post.person.account_id is None):
        return t(
            "{said} Not linked to an account yet: {link}, or {invite} for a code to send by e-mail.",
            said=said,
            link=Command("member link"),
            invite=Command("member invite"),
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
        "place": post.place,
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
        # Drafts of earlier versions have none.
        place=cast(Place | None, payload.get("place")),
    )


async def delegation_kept(context: Context, code: str) -> Delegation:
    """Return the delegation that a draft names. Raises NotFoundError when it has left."""
    delegation = await context.services.members.delegation(context.guild_id, code)
    if delegation is None:
        raise has_left()
    return delegation
