"""What ``/member claim`` does: a person gets in with a one-time code. No role of its own: the command's work."""

from typing import cast

from bot import retention
from bot.access import CLAIM_WAITS, CONFIRMATIONS
from bot.audience import colleagues
from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.outbox import SECRETARIAT
from bot.texts import Markdown, Text, t
from bot.ui import (
    Confirmation,
    Context,
    authorise,
    bot_of,
)
from cogs.members.claims import rules
from cogs.members.joining.rules import hashed, wait_after
from cogs.members.posts.post import seat_of
from cogs.members.rules import Member, people_of
from storage.database import Transaction
from storage.members.models import Invitation
from storage.models import Draft


async def claim(context: Context, code: str) -> None:
    """Ask the person who typed a good code whether they are the person it is for."""
    await _check_pace(context)
    invitation = await context.services.invitations.by_hash(context.guild_id, hashed(code))
    if invitation is None:
        async with context.write() as tx:
            await context.services.invitations.count_failure(tx, context.guild_id, context.account_id)
        raise NotFoundError(
            t("No invitation has that code: compare it with your e-mail, or {new_code}.", new_code=_new_code(context))
        )
    member = await _invited(context, invitation)
    question = t(
        "Do you represent {delegation}? The code is for {person}, {roles}.",
        delegation=seat_of(member.delegation, context),
        person=member.name(context.reader),
        roles=member.roles(context.reader),
    )
    payload = {"invitation": invitation.id}
    await context.preview(ConfirmClaim.kind, payload, question)


async def _check_pace(context: Context) -> None:
    failures, last = await context.services.invitations.failures(context.guild_id, context.account_id)
    if last is None or (again := last + wait_after(failures)) <= context.services.clock.now():
        return
    raise UserError(
        t(
            "The code was wrong several times: you can try again at {time}, or {new_code}.",
            time=Markdown(context.reader.stamp(again, style="T")),
            new_code=_new_code(context),
        )
    )


async def _invited(context: Context, invitation: Invitation) -> Member:
    """Return whom the invitation is for. Raises UserError where it no longer opens the door to the asker."""
    now = context.services.clock.now()
    if invitation.state == "used":
        raise UserError(t("That code was used already: {new_code}.", new_code=_new_code(context)))
    if invitation.state == "replaced":
        raise UserError(t("A newer code has replaced that one: use the one in the latest e-mail."))
    if invitation.expires_at <= now:
        raise UserError(
            t(
                "This code expired after {period}: {new_code}.",
                period=retention.named(retention.INVITATIONS),
                new_code=_new_code(context),
            )
        )
    if context.asker.person is not None:
        raise UserError(
            t(
                "Your account is already linked: {command} shows to whom. If that is wrong, {change_link}.",
                command=Command("member me"),
                change_link=_change_link(context),
            )
        )
    if context.asker.claimed is not None:
        raise UserError(CLAIM_WAITS)
    today = context.services.today(context.network)
    delegations = await context.services.members.delegations(context.guild_id)
    delegation = next(d for d in delegations if d.id == invitation.delegation_id)
    holders = await context.services.members.holders(context.guild_id, delegation.id)
    for member in people_of(delegation, holders, today):
        if member.person.id == invitation.person_id:
            if member.person.account_id is not None:
                raise UserError(
                    t(
                        "The person whom this code is for has a linked account already. If that is wrong,"
                        " {change_link}.",
                        change_link=_change_link(context),
                    )
                )
            return member
    if context.asker.is_secretariat:
        command = Command("member appoint")
        raise UserError(t("The term that this code is for has ended: {command} begins another.", command=command))
    raise UserError(t("The term that this code is for has ended: the secretariat can appoint you again."))


def _new_code(context: Context) -> Text:
    """Say how to come by another code: the secretariat is not sent to itself."""
    if context.asker.is_secretariat:
        return t("make a new one with {command}", command=Command("member invite"))
    return t("ask the secretariat for a new one")


def _change_link(context: Context) -> Text:
    if context.asker.is_secretariat:
        return t("change it with {command}", command=Command("member link"))
    return t("tell the secretariat")


class ConfirmClaim(Confirmation):
    """An account is linked to the person that its code was made for, after *Confirm*."""

    kind = "claim"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Use the code up, put the claim on the secretariat's list, and tell the seat."""
        invitation = await context.services.invitations.invitation(
            context.guild_id, cast(int, draft.payload["invitation"])
        )
        if invitation is None:
            raise NotFoundError(t("That invitation no longer exists: {new_code}.", new_code=_new_code(context)))
        member = await _invited(context, invitation)
        async with context.write() as tx:
            await context.take(tx, draft)
            if not await context.services.invitations.use(tx, context.guild_id, invitation.id):
                raise UserError(t("That code was used already: {new_code}.", new_code=_new_code(context)))
            await _write(context, tx, member)
            await context.services.invitations.forget_failures(tx, context.guild_id, context.account_id)
        # Who asks has just claimed to be somebody: the question about direct messages is for them.
        context = await authorise(context.interaction, CONFIRMATIONS[self.kind])
        said = t(
            "Thank you. The secretariat has been asked to confirm that you represent {delegation}, and informs you once"
            " it has. Until then you can read what is public, and your delegation's registration with {command}.",
            delegation=seat_of(member.delegation, context),
            command=Command("meeting show"),
        )
        await context.replace(said)
        await bot_of(context.interaction).notices.ask_consent(context.interaction, context.asker)


async def _write(context: Context, tx: Transaction, member: Member) -> None:
    """Write the claim down for the secretariat's list, and tell the seat's other people. Raises UserError."""
    services, guild_id, delegation = context.services, context.guild_id, member.delegation
    claim = await services.claims.add(
        tx,
        guild_id,
        member.person.id,
        delegation.id,
        context.account_id,
        gathered=rules.GATHERED,
        at_most=rules.AT_MOST,
    )
    if claim is None:
        raise UserError(
            t("Another account has been linked or has claimed the seat in the meantime: tell the secretariat.")
        )
    if not await services.outbox.of(guild_id, rules.ABOUT_LIST, claim.list_id):
        await services.outbox.plan_now(
            tx, guild_id, rules.ABOUT_LIST, claim.list_id, "list", SECRETARIAT, delay=rules.GATHERED
        )
    for colleague in await colleagues(services, guild_id, delegation, member.person):
        await services.outbox.notify(tx, guild_id, colleague.id, rules.ABOUT_CLAIM, claim.id, "claimed")
