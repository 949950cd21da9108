"""What ``/member link`` without a user does: an account speaks for nobody any more. No role of its own: the work."""

from collections.abc import Mapping
from typing import ClassVar, cast

import discord

from bot.commands import Command
from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.texts import Markdown, Text, t
from bot.ui import Choice, Confirmation, Context
from cogs.members.claims.decide import ask_to_refuse
from cogs.members.member import member_typed
from cogs.members.posts.appoint import delegation_kept
from cogs.members.posts.post import seat_of, seats_changed
from cogs.members.rules import Member
from cogs.members.sentences import UNDO_TOO, choices_stay, choices_undone
from storage.members.models import Choices
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
    choices = await context.services.choices.now_and_before(context.guild_id, member.person.id, account_id)
    await ask_with_choices(context, (ConfirmUnlink.kind, ConfirmUnlinkAndUndo.kind), payload, question, choices)


async def ask_with_choices(
    context: Context,
    kinds: tuple[str, str],
    payload: Mapping[str, object],
    question: Text,
    choices: tuple[Choices, Choices] | None,
) -> None:
    """Ask whether an account is to lose its access and, where something was chosen with it, whether that is to stay.

    ``kinds`` are the confirmations: what was chosen stays, and it is undone. ``choices``: what counts now, and before.
    """
    stays, undone = kinds
    confirm = Choice(stays, style=discord.ButtonStyle.danger)
    if choices is None:
        await context.ask([confirm], payload, question)
        return
    now, _ = choices
    said = f"{context.say(question)}\n{context.say(choices_stay(now, context.reader))}"
    await context.ask([Choice(undone, UNDO_TOO, discord.ButtonStyle.secondary), confirm], payload, said)


def require_unchanged(member: Member, account_id: int | None) -> None:
    """Raise UserError where the person has another account than the one that was asked about."""
    if member.person.account_id != account_id:
        raise UserError(t("The account has changed since you asked: type the command again."))


class ConfirmUnlink(Confirmation):
    """A person has no account any more, after *Confirm*."""

    kind = "unlink"
    undoes: ClassVar[bool] = False

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Take the account from the person; the role goes with it."""
        delegation = await delegation_kept(context, cast(str, draft.payload["code"]))
        member = await member_typed(context, delegation, str(draft.payload["person"]))
        account_id = cast(int, draft.payload["account"])
        require_unchanged(member, account_id)
        services, guild_id = context.services, context.guild_id
        choices = await services.choices.now_and_before(guild_id, member.person.id, account_id) if self.undoes else None
        async with context.write() as tx:
            await context.take(tx, draft)
            if choices is not None:
                await services.choices.undo(tx, guild_id, member.person.id, account_id)
            await services.members.link_account(tx, guild_id, member.person.id, None)
        seats_changed(context)
        lines = [
            t(
                "{account} no longer speaks for {delegation}. {invite} lets {person} in again with a code, and {link}"
                " with another account.",
                account=Markdown(f"<@{account_id}>"),
                delegation=seat_of(delegation, context),
                person=member.name(context.reader),
                invite=Command("member invite"),
                link=Command("member link"),
            ),
            *([choices_undone(choices[1], context.reader)] if choices is not None else []),
        ]
        await context.replace("\n".join(map(context.say, lines)))


class ConfirmUnlinkAndUndo(ConfirmUnlink):
    """The same, of an account that was somebody else's: what was chosen with it no longer counts."""

    kind = "unlink_and_undo"
    undoes = True
