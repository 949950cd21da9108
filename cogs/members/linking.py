"""``/member link``: a person of the directory and an account on the server."""

from typing import cast

import discord

from bot.access import Asker, Level
from bot.delegations import delegation_typed
from bot.errors import UserError
from bot.services import Services
from bot.texts import Markdown, Text, t
from bot.ui import Confirmation, answer, ask_confirmation, asker_of, host_of, replace, take
from cogs.members.appointing import delegation_kept
from cogs.members.people import Member, member_typed
from cogs.members.posts import account_named, account_taken, announce_change, seat_of
from storage.database import Transaction
from storage.members import AccountTakenError
from storage.models import Draft


async def link(
    interaction: discord.Interaction, services: Services, typed: str, person: str, user: discord.Member
) -> None:
    """Link a person to an account; where another account loses it, ask first."""
    asker = asker_of(interaction)
    delegation = await delegation_typed(services, asker, typed)
    member = await member_typed(services, asker, delegation, person)
    account_id = cast(int, account_named(user))
    owner = await services.members.person_of_account(asker.guild_id, account_id)
    if owner is not None and owner.id != member.person.id:
        raise account_taken(owner, asker)
    if member.person.account_id == account_id:
        raise UserError(t("{person} is linked to that account already.", person=member.name(asker.reader)))
    if member.person.account_id is not None:
        question = t(
            "{person} of {delegation} is linked to {old}. Link {new} instead? The other account loses its access.",
            person=member.name(asker.reader),
            delegation=seat_of(delegation, asker),
            old=Markdown(f"<@{member.person.account_id}>"),
            new=Markdown(f"<@{account_id}>"),
        )
        payload = {"code": delegation.code, "person": member.person.id, "account": account_id}
        await ask_confirmation(interaction, asker, LinkChanges, payload, asker.reader.say(question), destroys=True)
        return
    async with services.transaction(asker.account_id) as tx:
        await write_link(services, tx, asker, member, account_id)
    announce_change(interaction, asker.guild_id)
    await answer(interaction, asker.reader.say(_linked(asker, member, account_id)))


async def write_link(services: Services, tx: Transaction, asker: Asker, member: Member, account_id: int) -> None:
    """Link the account and tell its owner who they are here. Raises UserError."""
    try:
        await services.members.link_account(tx, asker.guild_id, member.person.id, account_id)
    except AccountTakenError as error:
        raise UserError(t("That account belongs to somebody else in the network: choose another account.")) from error
    await services.outbox.tell(tx, asker.guild_id, member.person.id, "appointment", member.posts[0].id, "appointed")


class LinkChanges(Confirmation):
    """A person changes account, after *Confirm*."""

    kind = "link_changes"
    level = Level.SECRETARIAT

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Link the new account."""
        services = host_of(interaction).services
        delegation = await delegation_kept(services, asker, cast(str, draft.payload["code"]))
        member = await member_typed(services, asker, delegation, str(draft.payload["person"]))
        account_id = cast(int, draft.payload["account"])
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            await write_link(services, tx, asker, member, account_id)
        announce_change(interaction, asker.guild_id)
        await replace(interaction, asker.reader.say(_linked(asker, member, account_id)))


def _linked(asker: Asker, member: Member, account_id: int) -> Text:
    return t(
        "{account} now speaks for {delegation}: {person}, {roles}.",
        account=Markdown(f"<@{account_id}>"),
        delegation=seat_of(member.delegation, asker),
        person=member.name(asker.reader),
        roles=member.roles(asker.reader),
    )
