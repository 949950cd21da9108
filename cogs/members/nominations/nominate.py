"""What ``/member nominate`` does: a delegation asks for a colleague. No role of its own: the command's work."""

from bot.commands import Command
from bot.errors import UserError
from bot.limits import NOMINATIONS_WAITING, require_below_limit
from bot.search.folding import person_key
from bot.texts import t
from bot.ui import Context
from cogs.members.nominations.queries import may_be_one_person
from cogs.members.posts.handover import followed_by
from cogs.members.posts.post import (
    Post,
    PostOptions,
    check_free,
    cleaned,
    read_post,
    seat_of,
)
from cogs.members.sentences import ROLES
from storage.database import Transaction
from storage.members.models import Delegation, Role


async def nominate(context: Context, delegation: Delegation, role: Role, typed: PostOptions) -> None:
    """Ask the secretariat to appoint a colleague of one's own delegation."""
    post = await read_post(context, delegation, role, typed)
    leaving = await followed_by(context, post)
    await check_free(context, post, leaving=leaving.appointment if leaving is not None else None)
    await _check_new(context, post)
    await _write(context, post, asks_for_day=bool(cleaned(typed.starts_on)))
    said = t(
        "The secretariat will decide on {person} as {role} of {delegation}, and you will be informed. {command} shows"
        " what your delegation has asked for.",
        person=post.name,
        role=ROLES[role],
        delegation=seat_of(post.delegation, context),
        command=Command("member me"),
    )
    await context.answer(said)


async def _check_new(context: Context, post: Post) -> None:
    for other in await context.services.nominations.of_delegations(context.guild_id, [post.delegation.id]):
        if other.state != "waiting" or other.role != post.role:
            continue
        if post.role == "focal_point" and person_key(other.person.name) != person_key(post.name):
            raise UserError(
                t(
                    "Your delegation has nominated {person} as its next focal point already, and the secretariat has"
                    " not decided yet: ask it to decline that nomination first.",
                    person=other.person.name,
                )
            )
        if person_key(other.person.name) == person_key(post.name):
            raise UserError(
                t(
                    "Your delegation has asked for {person} as {role} already, and the secretariat has not decided"
                    " yet.",
                    person=post.name,
                    role=ROLES[post.role],
                )
            )


async def _write(context: Context, post: Post, *, asks_for_day: bool) -> None:
    nominator = context.asker.person
    assert nominator is not None, "only delegates nominate"  # noqa: S101 - narrows the type
    async with context.write() as tx:
        ever = await context.services.nominations.of_delegations(context.guild_id, [post.delegation.id])
        require_below_limit(sum(one.state == "waiting" for one in ever), NOMINATIONS_WAITING)
        person_id = post.person.id if post.person is not None else await _nominee_id(context, tx, post)
        nomination_id = await context.services.nominations.add(
            tx,
            context.guild_id,
            post.delegation.id,
            person_id,
            nominator.id,
            post.role,
            title=post.title,
            ministry=post.ministry,
            starts_on=post.starts_on if asks_for_day else None,
            place=post.place,
            account_id=post.account_id,
        )
        await context.services.outbox.plan_now(
            tx, context.guild_id, "nomination", nomination_id, "asked", "secretariat"
        )


async def _nominee_id(context: Context, tx: Transaction, post: Post) -> int:
    """Return who waits for another post of the delegation under the same name, else add somebody new."""
    for other in await context.services.nominations.of_delegations(context.guild_id, [post.delegation.id]):
        has_name = person_key(other.person.name) == person_key(post.name)
        if other.state == "waiting" and has_name and may_be_one_person(other.account_id, post.account_id):
            return other.person.id
    return await context.services.members.add_person(tx, context.guild_id, post.name)
