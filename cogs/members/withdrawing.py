"""An appointment that has not begun is withdrawn: it goes as if it had never been."""

from collections.abc import Sequence
from datetime import date

from bot.access import Asker
from bot.errors import UserError
from bot.services import Services
from bot.texts import Markdown, Reader, Text, t
from cogs.members.cards import person_name
from cogs.members.people import Member
from cogs.members.posts import seat_of
from cogs.members.words import ROLES
from storage.database import Transaction
from storage.models import Appointment

_UNTOLD = frozenset({"pending", "notice", "cancelled", "not_owed", "missed", "failed"})


def coming(member: Member, today: date) -> tuple[Appointment, ...]:
    """Return the member's posts that begin after ``today``."""
    return tuple(post for post in member.posts if post.starts_on > today)


def question(asker: Asker, member: Member, posts: Sequence[Appointment], *, beside: bool) -> Text:
    """Ask whether the ``posts`` are withdrawn; ``beside`` follows the question whether others end."""
    values = {"roles": _roles(posts, asker.reader), "first": posts[0].starts_on}
    if beside:
        return t("The appointment as {roles} from {first}, which has not begun, is withdrawn.", **values)
    return t(
        "{person} was to be {roles} of {delegation} from {first}. Shall the appointment be withdrawn before it begins?"
        " The history will not have it.",
        person=member.name(asker.reader),
        delegation=seat_of(member.delegation, asker),
        **values,
    )


def withdrawn(asker: Asker, member: Member, posts: Sequence[Appointment]) -> Text:
    """Say that the ``posts`` are withdrawn."""
    return t(
        "The appointment of {person} as {roles} of {delegation} from {first} is withdrawn.",
        person=member.name(asker.reader),
        roles=_roles(posts, asker.reader),
        delegation=seat_of(member.delegation, asker),
        first=posts[0].starts_on,
    )


async def still_ending(services: Services, asker: Asker, member: Member, posts: Sequence[Appointment]) -> Text | None:
    """Say that a focal point's term ends although the one who was to follow is among the withdrawn ``posts``."""
    if all(post.role != "focal_point" for post in posts):
        return None
    today = services.today(asker.network)
    for holder in await services.members.holders(asker.guild_id, member.delegation.id):
        post = holder.appointment
        if post.role == "focal_point" and post.is_current(today) and post.ends_on is not None:
            return t(
                "The term of {person} as focal point still ends on {last}: {command} says who follows.",
                person=person_name(holder, member.delegation, asker.reader),
                last=post.ends_on,
                command=Markdown("`/member handover`"),
            )
    return None


def _roles(posts: Sequence[Appointment], reader: Reader) -> str:
    return reader.listing(dict.fromkeys(reader.label(ROLES[post.role]) for post in posts))


async def withdraw(services: Services, tx: Transaction, post: Appointment, today: date) -> None:
    """Take an appointment back before it begins, and tell whoever was told of it. Raises UserError once it began."""
    rows = await services.outbox.of(post.guild_id, "appointment", post.id)
    if not await services.members.withdraw(tx, post, today):
        raise UserError(t("The appointment has begun meanwhile: type the command again to end it on a day."))
    await services.outbox.cancel(tx, post.guild_id, "appointment", post.id)
    if any(row.state not in _UNTOLD for row in rows):
        payload = {"delegation": post.delegation_id, "role": post.role, "starts_on": post.starts_on.isoformat()}
        await services.outbox.tell(
            tx, post.guild_id, post.person_id, "appointment", post.id, "withdrawn", payload=payload
        )
