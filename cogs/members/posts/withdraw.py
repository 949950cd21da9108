"""What ``/member end`` does with a post that has not begun. No role of its own: a part of the command's work."""

from collections.abc import Sequence
from datetime import date

from bot.commands import Command
from bot.errors import UserError
from bot.texts import Reader, Text, t
from bot.ui import Context
from cogs.members.directory.cards import person_name
from cogs.members.posts.post import seat_of
from cogs.members.rules import Member
from cogs.members.sentences import ROLES
from storage.database import Transaction
from storage.members.models import Appointment

_NOT_SENT_YET = frozenset({"pending", "notice", "cancelled", "not_owed", "not_reached", "missed", "failed"})


def coming(member: Member, today: date) -> tuple[Appointment, ...]:
    """Return the member's posts that begin after ``today``."""
    return tuple(post for post in member.posts if post.starts_on > today)


def question(context: Context, member: Member, posts: Sequence[Appointment], *, beside: bool) -> Text:
    """Ask whether the ``posts`` are withdrawn; ``beside`` follows the question whether others end."""
    values = {"roles": _roles(posts, context.reader), "first": posts[0].starts_on}
    if posts[0].starts_on <= context.services.today(context.network):
        return t(
            "{person} has been {roles} of {delegation} since {first} only. Shall the appointment be withdrawn? It"
            " will not appear in the history.",
            person=member.name(context.reader),
            delegation=seat_of(member.delegation, context),
            **values,
        )
    if beside:
        return t("The appointment as {roles} from {first}, which has not begun, is withdrawn.", **values)
    return t(
        "{person} was to be {roles} of {delegation} from {first}. Shall the appointment be withdrawn before it"
        " begins? It will not appear in the history.",
        person=member.name(context.reader),
        delegation=seat_of(member.delegation, context),
        **values,
    )


def withdrawn(context: Context, member: Member, posts: Sequence[Appointment]) -> Text:
    """Say that the ``posts`` are withdrawn."""
    return t(
        "The appointment of {person} as {roles} of {delegation} from {first} is withdrawn.",
        person=member.name(context.reader),
        roles=_roles(posts, context.reader),
        delegation=seat_of(member.delegation, context),
        first=posts[0].starts_on,
    )


async def still_ending(context: Context, member: Member, posts: Sequence[Appointment]) -> Text | None:
    """Say that a focal point's term ends although the one who was to follow is among the withdrawn ``posts``."""
    if all(post.role != "focal_point" for post in posts):
        return None
    today = context.services.today(context.network)
    for holder in await context.services.members.holders(context.guild_id, member.delegation.id):
        post = holder.appointment
        if post.role == "focal_point" and post.is_current(today) and post.ends_on is not None:
            return t(
                "The term of {person} as focal point still ends on {last}: {command} says who follows.",
                person=person_name(holder, member.delegation, context.reader),
                last=post.ends_on,
                command=Command("member handover"),
            )
    return None


def _roles(posts: Sequence[Appointment], reader: Reader) -> str:
    return reader.listing(dict.fromkeys(reader.label(ROLES[post.role]) for post in posts))


async def withdraw(context: Context, tx: Transaction, post: Appointment, today: date) -> None:
    """Take an appointment back before it begins, and tell all who were told of it. Raises UserError once it began."""
    rows = await context.services.outbox.of(post.guild_id, "appointment", post.id)
    if not await context.services.members.withdraw(tx, post, today):
        raise UserError(t("The appointment has begun meanwhile: type the command again to end it on a day."))
    await context.services.outbox.cancel(tx, post.guild_id, "appointment", post.id)
    if any(row.state not in _NOT_SENT_YET for row in rows):
        payload = {"delegation": post.delegation_id, "role": post.role, "starts_on": post.starts_on.isoformat()}
        await context.services.outbox.notify(
            tx, post.guild_id, post.person_id, "appointment", post.id, "withdrawn", payload=payload
        )
