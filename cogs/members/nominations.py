"""``/member nominate``: a delegation asks for a colleague, and the secretariat decides, once."""

from typing import Any, Self

import discord
from discord import ui

from bot.access import Asker, Level
from bot.delegations import delegation_typed
from bot.errors import NotFoundError, UserError
from bot.folding import person_key
from bot.limits import NOMINATIONS_WAITING, require_room
from bot.services import Services
from bot.texts import Reader, t
from bot.ui import Field, Form, StoredButton, Values, answer, asker_of, host_of
from cogs.members.directory import has_left
from cogs.members.posts import (
    Post,
    Typed,
    announce_change,
    check_free,
    cleaned,
    enter,
    post_typed,
    seat_of,
)
from cogs.members.words import ROLES
from storage.database import Transaction
from storage.models import Delegation, Person, Role
from storage.seats import Nomination


async def nominate(
    interaction: discord.Interaction, services: Services, delegation: Delegation, role: Role, typed: Typed
) -> None:
    """Ask the secretariat to appoint a colleague of one's own delegation."""
    asker = asker_of(interaction)
    post = await post_typed(services, asker, delegation, role, typed)
    await check_free(services, asker, post)
    await _check_new(services, asker, post)
    await _write(services, asker, post, asks_for_day=bool(cleaned(typed.starts_on)))
    said = t(
        "Asked: the secretariat decides on {person} as {role} of {delegation}, and you are told. What your delegation"
        " has asked for is always under {command}.",
        person=post.name,
        role=ROLES[role],
        delegation=seat_of(post.delegation, asker),
        command="/member me",
    )
    await answer(interaction, asker.reader.say(said))


async def own_delegation(services: Services, asker: Asker, typed: str) -> Delegation:
    """Return the asker's delegation. Raises UserError for another's, and where nobody would see a nomination."""
    delegation = await delegation_typed(services, asker, typed)
    if delegation.id not in {post.delegation_id for post in asker.appointments}:
        raise UserError(
            t(
                "{delegation} is not your delegation: only its own appointees nominate for it, or the secretariat"
                " appoints.",
                delegation=seat_of(delegation, asker),
            )
        )
    if asker.network.secretariat_channel_id is None:
        raise UserError(
            t("The secretariat has named no channel to receive nominations yet: please write to it instead.")
        )
    return delegation


async def _check_new(services: Services, asker: Asker, post: Post) -> None:
    for other in await services.nominations.of_delegations(asker.guild_id, [post.delegation.id]):
        if (
            other.state == "waiting"
            and other.role == post.role
            and person_key(other.person.name) == person_key(post.name)
        ):
            raise UserError(
                t(
                    "Your delegation has asked for {person} as {role} already, and the secretariat has not decided"
                    " yet.",
                    person=post.name,
                    role=ROLES[post.role],
                )
            )


async def _write(services: Services, asker: Asker, post: Post, *, asks_for_day: bool) -> None:
    nominator = asker.person
    assert nominator is not None, "only delegates nominate"  # noqa: S101 - narrows the type
    async with services.transaction(asker.account_id) as tx:
        ever = await services.nominations.of_delegations(asker.guild_id, [post.delegation.id])
        require_room(sum(one.state == "waiting" for one in ever), NOMINATIONS_WAITING)
        person_id = post.person.id if post.person is not None else await _nominee_id(services, tx, asker, post)
        nomination_id = await services.nominations.add(
            tx,
            asker.guild_id,
            post.delegation.id,
            person_id,
            nominator.id,
            post.role,
            title=post.title,
            ministry=post.ministry,
            starts_on=post.starts_on if asks_for_day else None,
            account_id=post.account_id,
        )
        await services.outbox.plan_now(tx, asker.guild_id, "nomination", nomination_id, "asked", "secretariat")


async def _nominee_id(services: Services, tx: Transaction, asker: Asker, post: Post) -> int:
    """Return who waits for another post of the delegation under the same name, else add somebody new."""
    for other in await services.nominations.of_delegations(asker.guild_id, [post.delegation.id]):
        has_name = person_key(other.person.name) == person_key(post.name)
        if other.state == "waiting" and has_name and _may_be(other.account_id, post.account_id):
            return other.person.id
    return await services.members.add_person(tx, asker.guild_id, post.name)


def _may_be(account_id: int | None, other_id: int | None) -> bool:
    """Tell whether two accounts, None for none known, may be one person's."""
    return None in {account_id, other_id} or account_id == other_id


class NominationButton(StoredButton, template=r"nomination:(?P<action>approve|decline):(?P<nomination_id>\d+)"):
    """*Approve* and *Decline* below a nomination."""

    level = Level.SECRETARIAT

    def __init__(self, action: str, nomination_id: int, label: str = "") -> None:
        style = discord.ButtonStyle.success if action == "approve" else discord.ButtonStyle.danger
        custom_id = f"nomination:{action}:{nomination_id}"
        super().__init__(ui.Button[Any](custom_id=custom_id, label=label, style=style))
        self.action = action
        self.nomination_id = nomination_id

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(state["action"], int(state["nomination_id"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Approve at once, or ask for the reason of declining."""
        services = host_of(interaction).services
        nomination = await _waiting(services, asker, self.nomination_id)
        if self.action == "decline":
            await DeclineForm(str(nomination.id)).open(interaction, asker.reader)
        else:
            await _approve(interaction, services, asker, nomination)


async def _waiting(services: Services, asker: Asker, nomination_id: int) -> Nomination:
    nomination = await services.nominations.nomination(asker.guild_id, nomination_id)
    if nomination is None:
        raise NotFoundError(t("That nomination is not there any more."))
    if nomination.state != "waiting":
        raise _decided_before()
    return nomination


def _decided_before() -> UserError:
    return UserError(t("The secretariat has decided on this nomination already; nothing was changed."))


async def _approve(interaction: discord.Interaction, services: Services, asker: Asker, nomination: Nomination) -> None:
    delegation = await _delegation(services, asker, nomination)
    post = Post(
        delegation,
        nomination.role,
        nomination.person.name,
        nomination.starts_on or services.today(asker.network),
        title=nomination.title,
        ministry=nomination.ministry,
        account_id=nomination.account_id,
        person=await _nominee(services, asker, nomination),
    )
    await check_free(services, asker, post)
    async with services.transaction(asker.account_id) as tx:
        if not await services.nominations.decide(tx, asker.guild_id, nomination.id, approved=True):
            raise _decided_before()
        appointment_id, person_id = await enter(services, tx, asker, post)
        outbox = services.outbox
        by = {"nominated_by": nomination.nominated_by}
        await outbox.tell(tx, asker.guild_id, person_id, "appointment", appointment_id, "appointed", payload=by)
        await outbox.tell(tx, asker.guild_id, nomination.nominated_by, "nomination", nomination.id, "decided")
        await outbox.edit(tx, asker.guild_id, "nomination", nomination.id, "asked")
    announce_change(interaction, asker.guild_id)
    said = t(
        "Approved: {person} is {role} of {delegation} from {day}. Both are told.",
        person=post.name,
        role=ROLES[post.role],
        delegation=seat_of(delegation, asker),
        day=post.starts_on,
    )
    await answer(interaction, asker.reader.say(said))


async def _nominee(services: Services, asker: Asker, nomination: Nomination) -> Person:
    """Return the nominee, or whom the delegation has had under that name since.

    Raises UserError where the account that was named has become somebody else's meanwhile.
    """
    holders = await services.members.holders(asker.guild_id, nomination.delegation_id)
    wanted = person_key(nomination.person.name)
    same = {
        h.person.id: h.person
        for h in holders
        if person_key(h.person.name) == wanted and _may_be(h.person.account_id, nomination.account_id)
    }
    nominee = next(iter(same.values())) if len(same) == 1 else nomination.person
    if nomination.account_id is not None:
        owner = await services.members.person_of_account(asker.guild_id, nomination.account_id)
        if owner is not None and owner.id != nominee.id:
            raise UserError(
                t(
                    "The account named in this nomination belongs to somebody else by now: decline it, and ask the"
                    " delegation to nominate again."
                )
            )
    return nominee


async def _delegation(services: Services, asker: Asker, nomination: Nomination) -> Delegation:
    delegations = await services.members.delegations(asker.guild_id)
    found = next((d for d in delegations if d.id == nomination.delegation_id), None)
    if found is None:
        raise has_left()
    return found


class DeclineForm(Form):
    """Why a nomination is declined; the nominator is told."""

    kind = "nomination_declined"
    level = Level.SECRETARIAT
    title = t("Decline the nomination")

    def fields(self, reader: Reader) -> list[Field]:  # noqa: ARG002 - the form is the same for all
        """Ask for the reason."""
        return [Field("reason", t("Reason, as the delegation will read it"), long=True, max_length=500)]

    async def submitted(self, interaction: discord.Interaction, asker: Asker, values: Values) -> None:
        """Write the decision down and tell the nominator."""
        services = host_of(interaction).services
        reason = cleaned(values.get("reason"))
        if not reason:
            raise UserError(t("The delegation is told why: type a reason."))
        nomination = await _waiting(services, asker, int(self.arguments[0]))
        delegation = await _delegation(services, asker, nomination)
        async with services.transaction(asker.account_id) as tx:
            if not await services.nominations.decide(tx, asker.guild_id, nomination.id, approved=False, reason=reason):
                raise _decided_before()
            await services.outbox.tell(
                tx, asker.guild_id, nomination.nominated_by, "nomination", nomination.id, "decided"
            )
            await services.outbox.edit(tx, asker.guild_id, "nomination", nomination.id, "asked")
        said = t(
            "Declined: {person} for {delegation}. Who nominated is told, with the reason.",
            person=nomination.person.name,
            delegation=seat_of(delegation, asker),
        )
        await answer(interaction, asker.reader.say(said))
