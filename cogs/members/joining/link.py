"""What ``/member link`` does: a person gets an account on the server. No role of its own: the command's work."""

from typing import ClassVar, cast

import discord

from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.texts import Markdown, Text, t
from bot.ui import Confirmation, Context
from cogs.members.joining.unlink import ask_with_choices, require_unchanged
from cogs.members.member import member_typed
from cogs.members.posts.appoint import delegation_kept
from cogs.members.posts.post import account_named, account_taken, seat_of, seats_changed
from cogs.members.rules import Member
from cogs.members.sentences import choices_undone
from cogs.members.welcome.owing import owe_welcome
from storage.database import Transaction
from storage.members.members import AccountTakenError
from storage.models import Draft


async def link(context: Context, typed: str, person: str, user: discord.Member) -> None:
    """Link a person to an account; where another account loses it, ask first."""
    delegation = await delegation_typed(context.services, context.asker, typed)
    member = await member_typed(context, delegation, person)
    account_id = cast(int, account_named(user))
    owner = await context.services.members.person_of_account(context.guild_id, account_id)
    if owner is not None and owner.id != member.person.id:
        raise account_taken(owner, context)
    if member.person.account_id == account_id:
        raise UserError(t("{person} is linked to that account already.", person=member.name(context.reader)))
    if member.person.account_id is not None:
        question = t(
            "{person} of {delegation} is linked to {old}. Link {new} instead? The other account loses its access.",
            person=member.name(context.reader),
            delegation=seat_of(delegation, context),
            old=Markdown(f"<@{member.person.account_id}>"),
            new=Markdown(f"<@{account_id}>"),
        )
        old = member.person.account_id
        payload = {"code": delegation.code, "person": member.person.id, "account": account_id, "old": old}
        choices = await context.services.choices.now_and_before(context.guild_id, member.person.id, old)
        await ask_with_choices(context, (ConfirmLink.kind, ConfirmLinkAndUndo.kind), payload, question, choices)
        return
    async with context.write() as tx:
        await write_link(context, tx, member, account_id)
    seats_changed(context)
    await context.answer(context.say(_linked(context, member, account_id)))


async def write_link(context: Context, tx: Transaction, member: Member, account_id: int) -> None:
    """Link the account and tell its owner who they are here. Raises UserError."""
    try:
        await context.services.members.link_account(tx, context.guild_id, member.person.id, account_id)
    except AccountTakenError as error:
        raise UserError(t("That account belongs to somebody else in the network: choose another account.")) from error
    post = member.posts[0]
    await owe_welcome(context.services, tx, context.guild_id, member.person.id, post.id, post.starts_on)


class ConfirmLink(Confirmation):
    """A person changes account, after *Confirm*."""

    kind = "link_changes"
    undoes: ClassVar[bool] = False

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Link the new account."""
        delegation = await delegation_kept(context, cast(str, draft.payload["code"]))
        member = await member_typed(context, delegation, str(draft.payload["person"]))
        account_id, old = cast(int, draft.payload["account"]), member.person.account_id
        # Kept before the draft said it: nothing is known of what was asked about.
        require_unchanged(member, cast(int | None, draft.payload.get("old", old)))
        services, guild_id, person_id = context.services, context.guild_id, member.person.id
        choices = None
        if self.undoes and old is not None:
            choices = await services.choices.now_and_before(guild_id, person_id, old)
        async with context.write() as tx:
            await context.take(tx, draft)
            if choices is not None and old is not None:
                await services.choices.undo(tx, guild_id, person_id, old)
            await write_link(context, tx, member, account_id)
        seats_changed(context)
        lines = [_linked(context, member, account_id)]
        if choices is not None:
            lines.append(choices_undone(choices[1], context.reader))
        await context.replace("\n".join(map(context.say, lines)))


class ConfirmLinkAndUndo(ConfirmLink):
    """The same, where the account of before was somebody else's: what was chosen with it no longer counts."""

    kind = "link_changes_and_undoes"
    undoes = True


def _linked(context: Context, member: Member, account_id: int) -> Text:
    return t(
        "{account} now speaks for {delegation}: {person}, {roles}.",
        account=Markdown(f"<@{account_id}>"),
        delegation=seat_of(member.delegation, context),
        person=member.name(context.reader),
        roles=member.roles(context.reader),
    )
