"""One's own entry, and the posts that one holds."""

from bot.access import Asker
from bot.commands import Command
from bot.errors import NotFoundError
from bot.texts import t
from bot.ui import Context
from cogs.members.own_entry.rules import OwnEntry
from storage.members.models import Appointment, Person


async def own_entry(context: Context) -> OwnEntry:
    """Return the entry of the person who asks. Raises NotFoundError for an account without a person."""
    asker = context.asker
    if asker.person is None:
        raise NotFoundError(
            t(
                "Your account is not linked to a person in the directory: type {command} with a code.",
                command=Command("member claim"),
            )
        )
    held_in = {post.delegation_id for post in asker.appointments}
    delegations = {d.id: d for d in await context.services.members.delegations_among(context.guild_id, held_in)}
    mine = sorted(asker.delegation_ids)
    return OwnEntry(
        asker.person,
        [(post, delegations[post.delegation_id]) for post in asker.appointments],
        await context.services.nominations.of_delegations(context.guild_id, mine),
        asker.settings.channel,
    )


def own_person(asker: Asker) -> Person:
    """Return the person who asks. Raises NotFoundError for an account that is linked to nobody any more."""
    if asker.person is None:
        if asker.is_secretariat:
            command = Command("member link")
            raise NotFoundError(
                t("Your account is no longer linked to a person in the directory: {command} links it.", command=command)
            )
        raise NotFoundError(t("Your account is no longer linked to a person in the directory: tell the secretariat."))
    return asker.person


def own_post(asker: Asker, appointment_id: int) -> Appointment:
    """Return one of the posts of the person who asks. Raises NotFoundError for one that they do not hold any more."""
    post = next((post for post in asker.appointments if post.id == appointment_id), None)
    if post is None:
        raise NotFoundError(
            t("You do not hold that post any more: {command} shows those that you hold.", command=Command("member me"))
        )
    return post
