"""Which nominations wait, and whom they are about."""

from bot.delegations import delegation_typed
from bot.errors import NotFoundError, UserError
from bot.search.folding import person_key
from bot.texts import t
from bot.ui import Context
from cogs.members.directory.queries import has_left
from cogs.members.posts.post import (
    seat_of,
)
from storage.members.models import Delegation, Nomination, Person


async def own_delegation(context: Context, typed: str) -> Delegation:
    """Return the asker's delegation. Raises UserError for another's, and where nobody would see a nomination."""
    delegation = await delegation_typed(context.services, context.asker, typed)
    if delegation.id not in context.asker.delegation_ids:
        raise UserError(
            t(
                "{delegation} is not your delegation: only its own appointees nominate for it, or the secretariat"
                " appoints.",
                delegation=seat_of(delegation, context),
            )
        )
    if context.network.secretariat_channel_id is None:
        raise UserError(
            t("The secretariat has named no channel to receive nominations yet: please write to it instead.")
        )
    return delegation


async def waiting(context: Context, nomination_id: int) -> Nomination:
    """Return a nomination that is not decided yet. Raises UserError."""
    nomination = await context.services.nominations.nomination(context.guild_id, nomination_id)
    if nomination is None:
        raise NotFoundError(t("That nomination no longer exists."))
    if nomination.state != "waiting":
        raise decided_before()
    return nomination


def decided_before() -> UserError:
    """Say that a nomination was decided before."""
    return UserError(t("The secretariat has decided on this nomination already; nothing was changed."))


async def delegation_of(context: Context, nomination: Nomination) -> Delegation:
    """Return the delegation that nominates. Raises NotFoundError when it has left."""
    delegations = await context.services.members.delegations(context.guild_id)
    found = next((d for d in delegations if d.id == nomination.delegation_id), None)
    if found is None:
        raise has_left()
    return found


async def nominee_of(context: Context, nomination: Nomination) -> Person:
    """Return the nominee, or whom the delegation has had under that name since.

    Raises UserError where the account that was named has become somebody else's meanwhile.
    """
    holders = await context.services.members.holders(context.guild_id, nomination.delegation_id)
    wanted = person_key(nomination.person.name)
    same = {
        h.person.id: h.person
        for h in holders
        if person_key(h.person.name) == wanted and may_be_one_person(h.person.account_id, nomination.account_id)
    }
    nominee = next(iter(same.values())) if len(same) == 1 else nomination.person
    if nomination.account_id is not None:
        owner = await context.services.members.person_of_account(context.guild_id, nomination.account_id)
        if owner is not None and owner.id != nominee.id:
            raise UserError(
                t(
                    "The account named in this nomination belongs to somebody else by now: decline it, and ask the"
                    " delegation to nominate again."
                )
            )
    return nominee


def may_be_one_person(account_id: int | None, other_id: int | None) -> bool:
    """Tell whether two accounts, None for none known, may be one person's."""
    return None in {account_id, other_id} or account_id == other_id
