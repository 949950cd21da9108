"""A delegation withdraws from a statement. No role of its own: below receipts, which the joining shows."""

from typing import cast

import discord

from bot.audience import colleagues
from bot.commands import Command
from bot.errors import NotAllowedError, UserError
from bot.names.delegation_names import called
from bot.outbox import SECRETARIAT
from bot.texts import Reader, t
from bot.ui import Confirmation, Context, PersistentButton
from cogs.statements import queries, rules, sentences
from cogs.statements.rules import COUNTING, SUBJECT, Kind
from storage.database import Transaction
from storage.members.models import Delegation
from storage.models import Draft
from storage.statements.models import Statement


class WithdrawButton(PersistentButton, custom_id="statement:withdraw:{guild_id}:{statement_id}:{delegation_id}"):
    """*Withdraw*, below a receipt and below what somebody sees of their own delegation's joining."""

    guild_id: int
    statement_id: int
    delegation_id: int

    async def on_press(self, context: Context) -> None:
        """Show what withdrawing means, and ask for *Confirm*."""
        statement = await queries.statement_of(context, self.statement_id)
        await ask_to_withdraw(context, statement, self.delegation_id)


def withdraw_button(statement: Statement, delegation_id: int, reader: Reader) -> WithdrawButton:
    """Return *Withdraw* for a delegation that has joined."""
    button = WithdrawButton(statement.guild_id, statement.id, delegation_id)
    return button.labelled(reader.label(sentences.WITHDRAW), discord.ButtonStyle.danger)


def not_yours() -> NotAllowedError:
    """Say that the asker does not act for that delegation."""
    return NotAllowedError(
        t(
            "Only a delegation's focal point, alternate or mission can join for it, and you hold no such post for"
            " this delegation. {command} shows your posts.",
            command=Command("member me"),
        )
    )


async def ask_to_withdraw(context: Context, statement: Statement, delegation_id: int) -> None:
    """Say who is informed of a withdrawal and who is not, and ask for *Confirm*."""
    delegation = await _delegation(context, statement, delegation_id)
    await _require_joined(context, statement, delegation)
    named: dict[str, object] = {
        "delegation": called(delegation, context.reader.language),
        "title": statement.title,
    }
    if statement.state == "open":
        question = t(
            "Withdraw {delegation} from the statement “{title}”? Only the secretariat, the penholders and your"
            " colleagues are informed. Your delegation can join again.",
            **named,
        )
    else:
        question = t(
            "Withdraw {delegation} from the statement “{title}”? Its name is taken off the list that the members have"
            " seen since the statement closed. The secretariat, the penholders and your colleagues are informed.",
            **named,
        )
    payload = {"statement": statement.id, "delegation": delegation.id}
    await context.preview(ConfirmWithdrawal.kind, payload, question, destroys=True)


class ConfirmWithdrawal(Confirmation):
    """A delegation no longer joins a statement."""

    kind = "statement_withdraw"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Delete the joining, and inform the secretariat, the penholders and the delegation's other people."""
        services, guild_id = context.services, context.guild_id
        statement = await queries.statement_of(context, cast(int, draft.payload["statement"]))
        delegation = await _delegation(context, statement, cast(int, draft.payload["delegation"]))
        penholders = [one for one in statement.penholders if one != delegation.id]
        told = {
            Kind.WITHDRAWAL: await queries.people_of_delegations(services, guild_id, penholders),
            Kind.COLLEAGUE_WITHDREW: [
                person.id for person in await colleagues(services, guild_id, delegation, context.asker.person)
            ],
        }
        payload = {"delegation": delegation.id}
        async with context.write() as tx:
            await context.take(tx, draft)
            if not await services.statements.withdraw(tx, guild_id, statement.id, delegation.id):
                raise _not_joined(statement)
            about = (guild_id, SUBJECT, statement.id)
            await services.outbox.plan_now(tx, *about, Kind.WITHDRAWN, SECRETARIAT, payload=payload)
            for kind, people in told.items():
                for person_id in people:
                    await services.outbox.notify(tx, guild_id, person_id, *about[1:], kind, payload=payload)
            await show_anew(context, tx, statement)
        await context.replace(
            t(
                "{delegation} no longer joins “{title}”.",
                delegation=called(delegation, context.reader.language),
                title=statement.title,
            )
        )


async def show_anew(context: Context, tx: Transaction, statement: Statement) -> None:
    """Have the cards rendered anew that say how many have joined, or who, where they do."""
    if statement.show_count or statement.state == "closed":
        await context.services.outbox.edit(tx, statement.guild_id, SUBJECT, statement.id, *COUNTING)


async def _require_joined(context: Context, statement: Statement, delegation: Delegation) -> None:
    queries.require_not_over(statement)
    joinings = await context.services.statements.joinings(context.guild_id, statement.id)
    if delegation.id not in {one.delegation_id for one in joinings}:
        raise _not_joined(statement)


def _not_joined(statement: Statement) -> UserError:
    return UserError(
        t("Your delegation is not among those that have joined “{title}”: nothing was done.", title=statement.title)
    )


async def _delegation(context: Context, statement: Statement, delegation_id: int) -> Delegation:
    """Return the delegation. Raises NotAllowedError where the asker neither acts for it nor is the secretariat."""
    queries.require_not_over(statement)
    may = delegation_id in rules.joinable(context.asker.appointments) or context.asker.is_secretariat
    found = await context.services.members.delegations(context.guild_id)
    delegation = next((one for one in found if one.id == delegation_id), None)
    if delegation is None or not may:
        raise not_yours()
    return delegation
