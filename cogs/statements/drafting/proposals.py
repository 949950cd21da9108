"""What is shown before a draft is kept, or a final text changes; what happens on *Confirm*."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final, cast

import discord

from bot.documents import Upload, ids_written, named, received
from bot.errors import UserError
from bot.identify import network_reader
from bot.occasions.proposal import Proposal, Proposed, owe_to_people, propose, proposed_of
from bot.occasions.record import merged, packed, unpacked
from bot.outbox import MEMBERS
from bot.previews.country_named import country_named
from bot.previews.preview import quoted
from bot.texts import Listing, Text, nt, t
from bot.ui import Choice, Confirmation, Context, Correction, Values
from cogs.statements import cards, queries, rules, sentences
from cogs.statements.drafting import fields
from cogs.statements.rules import COUNTING, SUBJECT, VERSION, Kind
from cogs.statements.stages.buttons import stage_buttons
from storage.database import Transaction
from storage.documents.models import Document
from storage.models import Draft
from storage.outbox.models import CONCERNED
from storage.statements.models import Statement, StatementValue

_GONE: Final = t(
    "The statement has changed meanwhile, so your change was not made: look at it again, then start again."
)


async def propose_draft(
    context: Context,
    base: Statement | None,
    values: Mapping[str, StatementValue],
    documents: Sequence[Document],
    correction: Correction,
    typed: Values,
) -> None:
    """Show a draft as it will be kept (``base`` None: a new one), and ask for *Confirm*. Nobody is informed of it."""
    services, reader = context.services, context.reader
    if base is not None and not values and not documents:
        raise UserError(t("Nothing differs from what is on record: change a line, or attach a file."))
    before = base or rules.unsaved(context.guild_id, {})
    kept = await services.documents.latest(context.guild_id, SUBJECT, before.id) if before.id else []
    whole = _all_files(kept, documents)
    asked = str(values.get("authoritative", ""))
    language = fields.authoritative_among(
        [one.language for one in whole], asked if whole else "", before.authoritative, network_language(context)
    )
    values = {**values, "authoritative": language or asked}
    shown = await queries.details_of(services, merged(before, values), reader.language, with_names=False)
    marked = [replace(one, authoritative=one.language == language, version=before.version + 1) for one in whole]
    card = cards.statement_card(replace(shown, documents=tuple(marked)), reader, with_link=not context.is_direct)
    payload = {
        "statement": before.id,
        "sequence": before.sequence,
        "fields": packed(Statement, values),
        "documents": " ".join(str(one.id) for one in documents),
    }
    said = t(
        "This is kept as a draft: the secretariat and the penholders see it, and nobody is informed. Delegations can"
        " join only once its text is final."
    )
    lines = [reader.say(said), *(country_named(str(values["title"]), reader) if "title" in values else ())]
    choices = [Choice(KeepDraft.kind)]
    await context.ask(choices, payload, "\n".join(lines), embeds=[card], corrections=[correction], typed=typed)


def network_language(context: Context) -> str:
    """Return the network's language."""
    return network_reader(context.services, context.network).language


def _all_files(kept: Sequence[Document], new: Sequence[Document]) -> list[Document]:
    """Return the files of a version: the new ones, and those of the other languages as they were."""
    languages = {one.language for one in new}
    return [*new, *[one for one in kept if one.language not in languages]]


class KeepDraft(Confirmation):
    """A draft is written down, or changed."""

    kind = "statement_draft"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Write the draft with its files, and show it with what can be done next."""
        services, guild_id, kept = context.services, context.guild_id, draft.payload
        values = unpacked(Statement, kept["fields"])
        ids = ids_written(str(kept["documents"]))
        await received(context, ids)
        statement_id = cast(int, kept["statement"])
        async with context.write() as tx:
            await context.take(tx, draft)
            if not statement_id:
                statement_id = await services.statements.add(tx, guild_id, values)
            elif not await self._change(context, tx, statement_id, cast(int, kept["sequence"]), values):
                raise UserError(_GONE)
            if ids:
                await services.documents.attach(tx, guild_id, SUBJECT, statement_id, ids, values["authoritative"])
        statement = await queries.statement_of(context, statement_id)
        details = await queries.details_of(services, statement, context.reader.language, with_names=False)
        said = t("“{title}” is kept as a draft.", title=statement.title)
        card = cards.statement_card(details, context.reader, with_link=not context.is_direct)
        await context.replace(said, embed=card, view=stage_buttons(statement, context.reader))

    @staticmethod
    async def _change(
        context: Context, tx: Transaction, statement_id: int, sequence: int, values: Mapping[str, StatementValue]
    ) -> bool:
        statements, guild_id = context.services.statements, context.guild_id
        now = await statements.get(guild_id, statement_id, tx)
        is_draft = now is not None and now.state == "draft"
        return is_draft and await statements.change(tx, guild_id, statement_id, sequence, values)


async def propose_change(context: Context, base: Statement, typed: Mapping[str, str], upload: Upload) -> None:
    """Show what changes of a statement whose text is final: a new text, its link, its closing time."""
    services, reader = context.services, context.reader
    new = await received(context, upload.files)
    kept = await services.documents.latest(context.guild_id, SUBJECT, base.id)
    changed = changed_files(kept, new)
    whole = {**fields.written(base), **typed}
    named_ids = {"penholders": base.penholders, "delegations": base.chosen}
    values = fields.read(whole, reader, services.clock.now(), named_ids, base)
    if not changed and not values:
        raise UserError(t("Nothing differs from what is on record, so nothing was changed and nobody is asked again."))
    kind = Kind.REVISED if changed else Kind.MOVED if "closes_at" in values else Kind.OPENED
    ids = [one.id for one in changed]
    proposed = proposed_of(Statement, base, kind, values, documents=ids)
    proposal = ReplaceText.kind if changed else ChangeFinal.kind
    after = merged(replace(base, version=base.version + 1) if changed else base, values)
    parts = [*await _what_changes(context, base, values, changed)]
    if kind is not Kind.OPENED:
        public = network_reader(services, context.network)
        parts += [queries.goes_to_members(context), quoted(public.say(sentences.said(kind, after, public, {})))]
    shown = await queries.details_of(services, after, reader.language, with_names=False)
    files = [replace(one, version=after.version) for one in _all_files(kept, changed)]
    card = cards.statement_card(replace(shown, documents=tuple(files)), reader, with_link=not context.is_direct)
    style = discord.ButtonStyle.danger if changed and base.joined else discord.ButtonStyle.success
    await propose(context, [Choice(proposal, style=style)], proposed, parts, card)


def changed_files(kept: Sequence[Document], new: Sequence[Document]) -> list[Document]:
    """Return the new files whose bytes are not those of the file in their language: the same file is no new text."""
    fingerprints = {one.language: one.fingerprint for one in kept}
    return [one for one in new if fingerprints.get(one.language) != one.fingerprint]


async def _what_changes(
    context: Context, base: Statement, values: Mapping[str, StatementValue], changed: Sequence[Document]
) -> list[str]:
    reader, lines = context.reader, list[Text]()
    if changed:
        names = Listing(named(one, reader) for one in changed)
        lines.append(t("The text of “{title}” is replaced: {files}.", title=base.title, files=names))
        lines.append(_voided(base.joined))
    if values:
        what = Listing(fields.NAMES[name] for name in values)
        lines.append(t("This changes: {fields}.", fields=what))
    if not changed:
        lines.append(
            nt(
                "The text stays the same: {count} joining stays, and nobody is asked again.",
                "The text stays the same: {count} joinings stay, and nobody is asked again.",
                base.joined,
            )
        )
    return [reader.say(line) for line in lines]


def _voided(joined: int) -> Text:
    if not joined:
        return t("No delegation has joined yet, so nothing is voided.")
    return nt(
        "This voids {count} joining and asks {count} delegation again.",
        "This voids {count} joinings and asks {count} delegations again.",
        joined,
    )


class ChangeFinal(Proposal[Statement]):
    """The link or the closing time of a statement changes; its text, and who has joined it, stay."""

    kind = "statement_change"
    subject = SUBJECT
    record = Statement
    channel = MEMBERS

    async def before(self, context: Context, proposed: Proposed) -> Statement:
        """Return the statement, which must not have closed."""
        base = await queries.statement_of(context, proposed.record)
        if base.state not in ("final", "open"):
            raise UserError(_GONE)
        closes_at = self.fields(proposed).get("closes_at")
        if closes_at is not None and closes_at <= context.services.clock.now():
            raise UserError(t("That time has passed meanwhile: type the command again with a later one."))
        return base

    async def write(self, context: Context, tx: Transaction, proposed: Proposed, before: Statement) -> Statement:
        """Change the record and what follows from it, unless somebody was quicker."""
        services, values = context.services, self.fields(proposed)
        about = (context.guild_id, SUBJECT, before.id)
        if not await services.statements.change(tx, context.guild_id, before.id, proposed.sequence, values):
            raise UserError(_GONE)
        after = await self.write_text(context, tx, proposed, merged(before, values))
        if after.state == "open":
            await services.outbox.plan(tx, *about, rules.owed(after))
        if "closes_at" in values and after.state == "open" and proposed.kind == Kind.MOVED:
            await services.outbox.plan_now(tx, *about, Kind.MOVED, MEMBERS)
        await services.outbox.edit(tx, *about, *COUNTING, Kind.MOVED)
        return after

    async def write_text(self, context: Context, tx: Transaction, proposed: Proposed, after: Statement) -> Statement:  # noqa: ARG002 - the text stays
        """Return the statement, whose text stays."""
        return after

    def done(self, done: Statement) -> Text:
        """Say that it is changed."""
        return t("“{title}” is changed.", title=done.title)


class ReplaceText(ChangeFinal):
    """A final text becomes another: all joinings are void, and those who had joined are asked again."""

    kind = "statement_replace"

    async def write_text(self, context: Context, tx: Transaction, proposed: Proposed, after: Statement) -> Statement:
        """Keep the files as the next version, void the joinings, and post the new text for the members."""
        services, guild_id = context.services, context.guild_id
        ids = cast(list[int], proposed.said["documents"])
        kept = await services.documents.latest(guild_id, SUBJECT, after.id, tx)
        new = [one.language for one in await received(context, ids)]
        languages = [*new, *[one.language for one in kept]]
        authoritative = fields.authoritative_among(languages, "", after.authoritative, network_language(context))
        voided = await services.statements.void_joinings(tx, guild_id, after.id)
        version = await services.documents.attach(tx, guild_id, SUBJECT, after.id, ids, authoritative)
        await tx.audit(guild_id, "change", "statement", after.id, ("text",))
        await services.outbox.plan_now(
            tx, guild_id, SUBJECT, after.id, Kind.REVISED, MEMBERS, payload={VERSION: version}
        )
        # What the proposal says of itself is what is asked again, worked out with the writer held.
        proposed.said["voided"] = voided
        return replace(after, version=version, joined=0)

    async def announce(self, context: Context, tx: Transaction, proposed: Proposed, done: Statement) -> int | None:
        """Ask the delegations again whose joinings are void."""
        voided: Any = proposed.said["voided"]
        if not voided or done.state != "open":
            return None
        return await owe_to_people(context, tx, SUBJECT, done, Kind.ASKED_AGAIN, {CONCERNED: voided})

    def done(self, done: Statement) -> Text:
        """Say which version is the text now."""
        return t("Version {version} is now the text of “{title}”.", title=done.title, version=done.version)
