"""A delegation joins a statement or withdraws. No role of its own: what the buttons and the command do."""

from collections.abc import Sequence
from typing import Final, cast

from bot.audience import colleagues, seats_today
from bot.commands import Command
from bot.delegations import own_delegations
from bot.documents import described, files_of
from bot.errors import NotAllowedError, UserError
from bot.names.delegation_names import called
from bot.reach_sentences import who_is_informed
from bot.texts import Text, t
from bot.ui import Confirmation, Context, stored_view
from cogs.statements import queries, rules, sentences
from cogs.statements.joining.withdraw import not_yours, show_anew, withdraw_button
from cogs.statements.rules import SUBJECT, Kind
from storage.documents.models import Document
from storage.members.models import Delegation
from storage.models import Draft
from storage.statements.models import Statement

LONGEST_REFERENCE: Final = 200


def require_taking_joinings(statement: Statement) -> None:
    """Raise UserError where the statement cannot be joined (yet, or any more)."""
    if statement.takes_joinings:
        return
    queries.require_not_over(statement)
    raise UserError(
        t("“{title}” cannot be joined yet: the secretariat opens it once its text is final.", title=statement.title)
    )


async def own_to_join(context: Context, statement: Statement) -> list[Delegation]:
    """Return the delegations for which the asker joins, those that have joined included.

    Raises UserError where there is none, or where the statement cannot be joined.
    """
    require_taking_joinings(statement)
    services, asker = context.services, context.asker
    may = rules.joinable(asker.appointments)
    if not may:
        raise not_yours()
    seats = rules.invited(statement, await seats_today(services, asker.guild_id))
    ids = may & {seat.delegation.id for seat in seats}
    found = [one for one in await own_delegations(services, asker) if one.id in ids]
    if not found:
        raise NotAllowedError(
            t(
                "“{title}” invites other delegations: write to the secretariat if yours wants to join.",
                title=statement.title,
            )
        )
    return found


async def ask_to_join(
    context: Context, statement: Statement, delegation: Delegation, reference: str = "", remarks: Sequence[str] = ()
) -> None:
    """Show which text is joined, in the server with its files, and the sentence that is confirmed; ask for *Confirm*.

    ``reference`` is how the secretariat heard of it, where it records it. ``remarks`` (markdown) are said first. Where
    the delegation has joined already, *Withdraw* is shown in its place.
    """
    services, reader = context.services, context.reader
    require_taking_joinings(statement)
    if delegation.id in await _joined(context, statement):
        view = stored_view([withdraw_button(statement, delegation.id, context.reader)])
        await context.answer(_joined_already(context, statement, delegation), view=view)
        return
    if not context.is_direct:
        await context.acknowledge()
    documents = await services.documents.latest(context.guild_id, SUBJECT, statement.id)
    name = called(delegation, reader.language)
    heading = t("“{title}”, version {version}", title=statement.title, version=statement.version)
    lines = [f"**{context.say(heading)}**", *[f"- {context.say(described(one, reader))}" for one in documents]]
    if reference:
        said = t(
            "You record for the secretariat that {delegation} joins, by “{reference}”. Its people are informed.",
            delegation=name,
            reference=reference,
        )
    else:
        said = sentences.confirmation(name)
    if statement.state == "closed":
        lines.append(context.say(sentences.JOINS_LATE))
    payload = {
        "statement": statement.id,
        "version": statement.version,
        "delegation": delegation.id,
        "reference": reference,
    }
    if context.is_direct:
        lines.append(context.say(sentences.IN_THE_SERVER))
    files = [] if context.is_direct else await files_of(services, documents)
    asked = "\n".join([*remarks, *lines, "", context.say(said)])[:2000]
    await context.preview(ConfirmJoining.kind, payload, asked, files=files)


def _joined_already(context: Context, statement: Statement, delegation: Delegation) -> Text:
    return t(
        "{delegation} has joined “{title}” already. It can withdraw until the statement is delivered.",
        delegation=called(delegation, context.reader.language),
        title=statement.title,
    )


async def _joined(context: Context, statement: Statement) -> set[int]:
    joinings = await context.services.statements.joinings(context.guild_id, statement.id)
    return {one.delegation_id for one in joinings}


class ConfirmJoining(Confirmation):
    """A delegation joins the text that was shown."""

    kind = "statement_join"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Write the joining down, inform the delegation's other people, and give the receipt."""
        services, kept = context.services, draft.payload
        statement = await queries.statement_of(context, cast(int, kept["statement"]))
        reference = str(kept["reference"])
        delegation = await _delegation(context, statement, cast(int, kept["delegation"]), recorded=bool(reference))
        documents = await services.documents.latest(context.guild_id, SUBJECT, statement.id)
        if statement.version != kept["version"]:
            await context.acknowledge(in_place=True)
            context.replaces(draft)
            remark = context.say(sentences.new_text(statement))
            await ask_to_join(context, statement, delegation, reference, [remark])
            return
        others = await colleagues(services, context.guild_id, delegation, None if reference else context.asker.person)
        async with context.write() as tx:
            await context.take(tx, draft)
            # Read with the writer held: it may have been delivered, or its text replaced, meanwhile.
            now = await services.statements.get(context.guild_id, statement.id, tx)
            if now is None or not now.takes_joinings or now.version != statement.version:
                raise UserError(
                    t(
                        "“{title}” has changed meanwhile: look at it with {command}.",
                        title=statement.title,
                        command=_SHOW,
                    )
                )
            joined = await services.statements.join(
                tx, context.guild_id, now, delegation.id, by_secretariat=bool(reference), reference=reference
            )
            if joined:
                payload = {"delegation": delegation.id, "by_secretariat": bool(reference), "reference": reference}
                for person in others:
                    await services.outbox.notify(
                        tx, context.guild_id, person.id, SUBJECT, statement.id, Kind.COLLEAGUE_JOINED, payload=payload
                    )
                await show_anew(context, tx, now)
        view = stored_view([withdraw_button(now, delegation.id, context.reader)])
        if not joined:
            await context.replace(_joined_already(context, now, delegation), view=view)
            return
        who = await who_is_informed(services, context.guild_id, [one.id for one in others], context.reader)
        late = context.say(sentences.JOINS_LATE) if now.state == "closed" else ""
        said = [_receipt(context, now, delegation, documents), late, who]
        await context.replace(" ".join(part for part in said if part)[:2000], view=view)


_SHOW: Final = Command("statement show")


def _receipt(context: Context, statement: Statement, delegation: Delegation, documents: list[Document]) -> str:
    reader = context.reader
    file_name = documents[0].file_name if documents else "—"
    moment = reader.moment(context.services.clock.now())
    return context.say(sentences.receipt(called(delegation, reader.language), statement, file_name, moment))


async def _delegation(context: Context, statement: Statement, delegation_id: int, *, recorded: bool) -> Delegation:
    """Return the delegation that joins. Raises NotAllowedError where the asker may not join for it (any more)."""
    if recorded and context.asker.is_secretariat:
        require_taking_joinings(statement)
        found = await context.services.members.delegations(context.guild_id)
    else:
        found = await own_to_join(context, statement)
    delegation = next((one for one in found if one.id == delegation_id), None)
    if delegation is None:
        raise not_yours()
    return delegation
