"""What is shown before a statement goes on to its next state, and what happens on *Confirm*."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final, cast

import discord

from bot.commands import Command
from bot.documents import described
from bot.errors import UserError
from bot.identify import network_reader
from bot.occasions.leads import lead_named
from bot.occasions.proposal import Proposal, Proposed, owe_to_people, propose, proposed_of
from bot.outbox import ANNOUNCEMENTS, MEMBERS
from bot.previews.destination import destination
from bot.previews.preview import quoted
from bot.previews.recipients import emails_leave_last
from bot.reach import reach_of
from bot.texts import Listing, Markdown, Text, nt, t
from bot.ui import Choice, Confirmation, Context
from cogs.statements import cards, queries, rules, sentences
from cogs.statements.ending import close_now
from cogs.statements.rules import COUNTING, SUBJECT, VERSION, Kind
from storage.database import Transaction
from storage.members.models import Person
from storage.models import Draft
from storage.statements.models import Statement
from storage.statements.states import StatementState

_MEANWHILE: Final = t("The statement has changed meanwhile, so nothing was done: look at it again, then start again.")
LONGEST_REASON: Final = 300


def _require(statement: Statement, state: StatementState) -> None:
    queries.require_not_over(statement)
    if statement.state != state:
        raise UserError(_MEANWHILE)


async def _require_ready(context: Context, statement: Statement, state: StatementState) -> None:
    _require(statement, state)
    if statement.closes_at <= context.services.clock.now():
        raise UserError(
            t(
                "“{title}” would close at once, because its closing time has passed: change that first.",
                title=statement.title,
            )
        )
    if not statement.version:
        raise UserError(
            t(
                "A final text needs a file: attach it with {command}, in the option *document_en*, *document_fr* or"
                " *document_es*.",
                command=Command("statement edit"),
            )
        )


async def propose_final(context: Context, statement: Statement) -> None:
    """Show the text that becomes final and whom its opening asks; open it at once, or only make it final."""
    await _require_ready(context, statement, "draft")
    said = t(
        "This text becomes final. A new file would void every joining of it and ask those delegations again, so look at"
        " it once more. *Confirm* also opens it for joining."
    )
    choices = [
        Choice(MakeFinal.kind, t("Final, open later"), discord.ButtonStyle.secondary),
        Choice(MakeFinalAndOpen.kind),
    ]
    await _propose_opening(context, statement, said, choices)


async def propose_opening(context: Context, statement: Statement) -> None:
    """Show whom the opening of a final text asks."""
    await _require_ready(context, statement, "final")
    await _propose_opening(
        context, statement, t("Delegations can join the final text from now on."), [Choice(Open.kind)]
    )


async def _propose_opening(context: Context, statement: Statement, said: Text, choices: Sequence[Choice]) -> None:
    services, reader, public = context.services, context.reader, network_reader(context.services, context.network)
    opened = replace(statement, state="open")
    details = await queries.details_of(services, opened, reader.language, with_names=False)
    files = [context.say(described(one, reader)) for one in details.documents]
    parts = [
        context.say(said),
        *[f"- {line}" for line in files],
        *await _whom_it_asks(context, statement),
        queries.goes_to_members(context),
        quoted(public.say(sentences.said(Kind.OPENED, opened, public, {}))),
    ]
    proposed = proposed_of(Statement, statement, Kind.OPENED, {"state": "open"})
    card = cards.statement_card(details, public, with_link=not context.is_direct)
    await propose(context, choices, proposed, parts, card)


async def _whom_it_asks(context: Context, statement: Statement) -> list[str]:
    """Say how many are asked by what and when they are reminded: counts only, and no names."""
    services, guild_id = context.services, context.guild_id
    found = [await services.members.person(guild_id, one) for one in await queries.people_asked(services, statement)]
    people: list[Person] = [person for person in found if person is not None]
    reach = await reach_of(services, guild_id, people, has_email_text=True)
    asked = nt(
        "{count} person who can join for a delegation is asked, two minutes after *Confirm*: {parts}.",
        "{count} people who can join for their delegations are asked, two minutes after *Confirm*: {parts}.",
        reach.total,
        parts=Listing(reach.counted()),
    )
    ahead = [one for one in rules.reminders(statement) if one.at > services.clock.now()]
    lines = [asked] if reach.total else [t("Nobody holds a post for the delegations that are invited.")]
    lines += emails_leave_last(reach)
    if ahead:
        leads = Markdown(context.reader.listing([context.say(lead_named(one.lead)) for one in ahead]))
        lines.append(t("Reminders follow {leads} before closing. Nobody can see who receives them.", leads=leads))
    return [context.say(line) for line in lines]


async def _step_as_shown(context: Context, tx: Transaction, before: Statement, after: StatementState) -> Statement:
    """Take the statement on as it was shown, and return it. Raises UserError where somebody has changed it since."""
    # Compared with the writer held: somebody may have given it another text between the preview and now.
    now = await context.services.statements.get(before.guild_id, before.id, tx)
    if now is None or now.sequence != before.sequence or now.version != before.version:
        raise UserError(_MEANWHILE)
    if not await context.services.statements.step(tx, before.guild_id, before.id, before.state, after):
        raise UserError(_MEANWHILE)
    return replace(before, state=after, sequence=before.sequence + 1)


class Open(Proposal[Statement]):
    """A final text is open for joining: it is posted for the members, and those who can join are asked."""

    kind = "statement_open"
    subject = SUBJECT
    record = Statement
    channel = MEMBERS
    before_state = "final"

    async def before(self, context: Context, proposed: Proposed) -> Statement:
        """Return the statement, whose text must be there and whose closing time ahead."""
        statement = await queries.statement_of(context, proposed.record)
        await _require_ready(context, statement, cast(StatementState, self.before_state))
        if statement.sequence != proposed.sequence:
            raise UserError(_MEANWHILE)
        return statement

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Statement) -> Statement:  # noqa: ARG002 - the record says it all
        """Open it, and owe what follows."""
        services, about = context.services, (context.guild_id, SUBJECT, before.id)
        opened = await _step_as_shown(context, tx, before, "open")
        await services.outbox.plan_now(tx, *about, Kind.OPENED, MEMBERS, payload={VERSION: before.version})
        await services.outbox.plan(tx, *about, rules.owed(opened))
        await services.outbox.edit(tx, *about, Kind.FINAL)
        return opened

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: Statement) -> int | None:  # noqa: ARG002 - all are asked the same
        """Ask those who can join."""
        return await owe_to_people(context, tx, SUBJECT, done, Kind.ASKED)

    def done(self, done: Statement) -> Text:
        """Say that it is open."""
        return t("“{title}” is open for joining.", title=done.title)


class MakeFinalAndOpen(Open):
    """A draft's text becomes final, and is open for joining at once."""

    kind = "statement_final"
    before_state = "draft"

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Statement) -> Statement:
        """Make it final, then open it."""
        final = await _step_as_shown(context, tx, before, "final")
        return await super().write(context, tx, proposed, final)


class MakeFinal(Open):
    """A draft's text becomes final and is posted for the members; delegations can join it later."""

    kind = "statement_final_only"
    before_state = "draft"

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Statement) -> Statement:  # noqa: ARG002 - as above
        """Make it final, and post it."""
        final = await _step_as_shown(context, tx, before, "final")
        payload = {VERSION: final.version}
        await context.services.outbox.plan_now(
            tx, context.guild_id, SUBJECT, before.id, Kind.FINAL, MEMBERS, payload=payload
        )
        return final

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: Statement) -> int | None:  # noqa: ARG002 - nobody is asked yet
        """Ask nobody."""
        return None

    def done(self, done: Statement) -> Text:
        """Say that it is final, and how it is opened."""
        return t("The text of “{title}” is final. Open it for joining with its button in the list.", title=done.title)


async def propose_closing(context: Context, statement: Statement) -> None:
    """Say what closing early means, and ask for *Confirm*."""
    _require(statement, "open")
    said = nt(
        "Close “{title}” now? {count} delegation has joined; the members then see which. Until it is delivered others"
        " can still join, and are listed as having joined later.",
        "Close “{title}” now? {count} delegations have joined; the members then see which. Until it is delivered others"
        " can still join, and are listed as having joined later.",
        statement.joined,
        title=statement.title,
    )
    await context.preview(Close.kind, {"statement": statement.id}, said, destroys=True)


class Close(Confirmation):
    """The end of joining before its time."""

    kind = "statement_close"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Close it; the members' channel says who has joined."""
        statement = await queries.statement_of(context, cast(int, draft.payload["statement"]))
        _require(statement, "open")
        async with context.write() as tx:
            await context.take(tx, draft)
            if not await close_now(context.services, tx, statement):
                raise UserError(_MEANWHILE)
        await context.replace(
            t("“{title}” is closed; the members' channel says who has joined.", title=statement.title)
        )


async def propose_delivery(context: Context, statement: Statement) -> None:
    """Show the public message with the text and the names of those that have joined, and ask for *Confirm*."""
    _require(statement, "closed")
    services, public = context.services, network_reader(context.services, context.network)
    found = destination(context.interaction.guild, context.network, ANNOUNCEMENTS, None)
    if found.channel_id is None:
        raise UserError(found.said())
    delivered = replace(statement, state="delivered")
    details = await queries.details_of(services, delivered, public.language, with_names=True)
    parts = [
        context.say(t("The text and the names become public, and nobody can join or withdraw any more.")),
        context.say(found.goes_to()),
        quoted(public.say(sentences.delivered(delivered))),
    ]
    proposed = proposed_of(Statement, statement, Kind.DELIVERED, {"state": "delivered"})
    await propose(
        context, [Choice(Deliver.kind)], proposed, parts, cards.statement_card(details, public, with_link=True)
    )


class Deliver(Proposal[Statement]):
    """The statement was delivered: its text and the names of those that have joined are public."""

    kind = "statement_deliver"
    subject = SUBJECT
    record = Statement

    async def before(self, context: Context, proposed: Proposed) -> Statement:
        """Return the statement, which must be closed."""
        statement = await queries.statement_of(context, proposed.record)
        _require(statement, "closed")
        return statement

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Statement) -> Statement:  # noqa: ARG002 - the record says it all
        """Deliver it, publish it, and forget what is no joining."""
        services, about = context.services, (context.guild_id, SUBJECT, before.id)
        if not await services.statements.step(tx, context.guild_id, before.id, "closed", "delivered"):
            raise UserError(_MEANWHILE)
        await services.outbox.plan(tx, *about, [])
        await services.outbox.plan_now(tx, *about, Kind.DELIVERED, ANNOUNCEMENTS)
        await services.outbox.edit(tx, *about, *COUNTING, Kind.MOVED)
        await services.statements.forget_all_but_joinings(tx, context.guild_id, before.id)
        return replace(before, state="delivered")

    def done(self, done: Statement) -> Text:
        """Say that it is delivered."""
        return t("“{title}” is delivered; its text and the names go out now.", title=done.title)


async def propose_cancel(context: Context, statement: Statement, reason: str) -> None:
    """Show what is said, and ask for *Confirm*."""
    queries.require_not_over(statement)
    reason = " ".join(reason.split())[:LONGEST_REASON]
    public = network_reader(context.services, context.network)
    cancelled = replace(statement, state="cancelled", cancel_reason=reason)
    joined = nt(
        "{count} joining is deleted, and no name is published.",
        "{count} joinings are deleted, and no name is published.",
        statement.joined,
    )
    parts = [context.say(t("The draft is cancelled; nobody is informed."))]
    if statement.state != "draft":
        parts = [context.say(joined)] if statement.joined else []
        parts += [queries.goes_to_members(context), quoted(public.say(sentences.cancelled(cancelled)))]
    details = await queries.details_of(context.services, cancelled, public.language, with_names=False)
    proposed = proposed_of(Statement, statement, Kind.CANCELLED, {"state": "cancelled", "cancel_reason": reason})
    choice = Choice(Cancel.kind, style=discord.ButtonStyle.danger)
    await propose(context, [choice], proposed, parts, cards.statement_card(details, public))


class Cancel(Proposal[Statement]):
    """The statement is not made: its files' bytes and all joinings are deleted."""

    kind = "statement_cancel"
    subject = SUBJECT
    record = Statement
    channel = MEMBERS

    async def before(self, context: Context, proposed: Proposed) -> Statement:
        """Return the statement, which must not be over."""
        statement = await queries.statement_of(context, proposed.record)
        queries.require_not_over(statement)
        if statement.sequence != proposed.sequence:
            raise UserError(_MEANWHILE)
        return statement

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Statement) -> Statement:
        """Cancel it with all that it owes; the members hear of it where they had heard of the statement."""
        services, about = context.services, (context.guild_id, SUBJECT, before.id)
        reason = str(self.fields(proposed)["cancel_reason"])
        if not await services.statements.step(
            tx, context.guild_id, before.id, before.state, "cancelled", reason=reason
        ):
            raise UserError(_MEANWHILE)
        await services.outbox.plan(tx, *about, [])
        await services.outbox.cancel(tx, *about)
        await services.statements.void_joinings(tx, context.guild_id, before.id)
        await services.statements.forget_all_but_joinings(tx, context.guild_id, before.id)
        await services.documents.forget_bytes(tx, *about)
        if before.state != "draft":
            await services.outbox.plan_now(tx, *about, Kind.CANCELLED, MEMBERS)
            await services.outbox.edit(tx, *about, *COUNTING, Kind.MOVED)
        return replace(before, state="cancelled")

    def done(self, done: Statement) -> Text:
        """Say that it is cancelled."""
        return t("“{title}” is cancelled.", title=done.title)
