"""What ``/member link`` without a user does: an account speaks for nobody any more. No role of its own: the work."""

from typing import cast

from bot.commands import Command
from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.texts import Markdown, t
from bot.ui import Confirmation, Context
from cogs.members.claims.decide import ask_to_refuse
from cogs.members.member import member_typed
from cogs.members.posts.appoint import delegation_kept
from cogs.members.posts.post import seat_of, seats_changed
from storage.models import Draft


async def unlink(context: Context, typed: str, person: str) -> None:
    """Ask whether a person's account is to lose its access: it is lost, or stolen. Raises UserError."""
    delegation = await delegation_typed(context.services, context.asker, typed)
    member = await member_typed(context, delegation, person)
    account_id = member.person.account_id
    claim = await context.services.claims.of_person(context.guild_id, member.person.id)
    if claim is not None:
        await ask_to_refuse(context, claim)
        return
    if account_id is None:
        raise UserError(
            t(
                "{person} is not linked to an account: name one in {option}.",
                person=member.name(context.reader),
                option=Markdown("`user`"),
            )
        )
    question = t(
        "{person} of {delegation} is linked to {account}. Unlink it? The account loses its access at once. The posts"
        " stay, and so does what was done with the account.",
        person=member.name(context.reader),
        delegation=seat_of(delegation, context),
        account=Markdown(f"<@{account_id}>"),
    )
    payload = {"code": delegation.code, "person": member.person.id, "account": account_id}
    await context.preview(ConfirmUnlink.kind, payload, question, destroys=True)


class ConfirmUnlink(Confirmation):
    """A person has no account any more, after *Confirm*."""

    kind = "unlink"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Take the account from the person; the role goes with it."""
        delegation = await delegation_kept(context, cast(str, draft.payload["code"]))
        member = await member_typed(context, delegation, str(draft.payload["person"]))
        account_id = cast(int, draft.payload["account"])
        if member.person.account_id != account_id:
            raise UserError(t("The account has changed since you asked: type the command again."))
        async with context.write() as tx:
            await context.take(tx, draft)
            await context.services.members.link_account(tx, context.guild_id, member.person.id, None)
        seats_changed(context)
        await context.replace(
            t(
                "{account} no longer speaks for {delegation}. {invite} lets {person} in again with a code, and {link}"
                " with another account.",
                account=Markdown(f"<@{account_id}>"),
                delegation=seat_of(delegation, context),
                person=member.name(context.reader),
                invite=Command("member invite"),
                link=Command("member link"),
            )
        )
