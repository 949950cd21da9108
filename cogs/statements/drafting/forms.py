"""What a statement needs that cannot be chosen from a list; it comes back filled in until all is right."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Self

import discord

from bot.delegations import delegations_typed
from bot.documents import Upload, expect, ids_written, received
from bot.errors import UserError
from bot.texts import Reader, t
from bot.ui import Context, Field, Form, Values
from cogs.statements import queries
from cogs.statements.drafting import fields, proposals
from cogs.statements.drafting.fields import MAIN
from storage.statements.models import Statement

NEEDED = tuple(field.option for field in MAIN if field.required)
_OF_DELEGATIONS = ("penholders", "delegations")


class StatementForm(Form):
    """A draft's title, closing time, penholders and link.

    Its argument is the statement with its sequence ("0.0": a new one).
    """

    kind = "statement"
    takes = (Annotated[str, r"\d{1,18}\.\d{1,18}"],)
    title = t("Statement")

    @classmethod
    def about(cls, statement: Statement | None) -> Self:
        """Make the form for a draft; None: a new one."""
        return cls(f"{statement.id}.{statement.sequence}" if statement is not None else "0.0")

    def fields(self, reader: Reader) -> Sequence[Field]:  # noqa: ARG002 - the labels are the same for all
        """Return the five lines."""
        return [field.line() for field in MAIN]

    async def on_submit(self, context: Context, values: Values) -> None:
        """Go on with all that was typed and attached so far."""
        statement_id, _, sequence = self.arguments[0].partition(".")
        base = await queries.statement_of(context, int(statement_id)) if int(statement_id) else None
        if base is not None:
            require_draft(base)
            if base.sequence != int(sequence):
                raise UserError(
                    t("Somebody changed “{title}” meanwhile: look at it again, then start again.", title=base.title)
                )
        documents = await received(context, ids_written(values.get("documents", "")))
        read = fields.read(values, context.reader, context.services.clock.now(), await _named(context, values), base)
        await proposals.propose_draft(context, base, read, documents, self.correction(), values)


def require_draft(statement: Statement) -> None:
    """Raise UserError for a statement whose text is final, of which only some things can still change."""
    queries.require_not_over(statement)
    if statement.state == "closed":
        raise UserError(t("“{title}” is closed: only a draft or an open statement can change.", title=statement.title))
    if statement.state != "draft":
        raise UserError(
            t(
                "The text of “{title}” is final: only its closing time, its link and, with a new file, its text can"
                " change. Leave the other options out.",
                title=statement.title,
            )
        )


async def typed_of(context: Context, statement: Statement) -> dict[str, str]:
    """Return a draft's fields as somebody would type them."""
    language, guild_id = context.reader.language, context.guild_id
    names: dict[str, str] = {}
    for option, ids in (("penholders", statement.penholders), ("delegations", statement.chosen)):
        found = await queries.delegation_names(context.services, guild_id, ids, language)
        names[option] = "; ".join(found)
    return {**fields.written(statement), **names}


async def _named(context: Context, typed: Mapping[str, str]) -> dict[str, list[int]]:
    return {
        option: [one.id for one in await delegations_typed(context.services, context.asker, typed.get(option, ""))]
        for option in _OF_DELEGATIONS
    }


async def edit(
    context: Context,
    statement: Statement,
    typed: Mapping[str, str],
    files: Mapping[str, discord.Attachment | None],
) -> None:
    """Show what changes of a draft or, where its text is final, of what can still change."""
    is_draft = statement.state == "draft"
    if not is_draft and (typed.keys() - {"closes", "url"} or not (typed or any(files.values()))):
        require_draft(statement)
    queries.require_not_over(statement)
    if statement.state == "closed":
        raise UserError(t("“{title}” is closed: only a draft or an open statement can change.", title=statement.title))
    upload = await expect(context, files)
    if is_draft:
        before = await typed_of(context, statement)
        asks = not typed and not upload.files
        typed = {**before, **typed, "documents": upload.written()}
        await enter(context, StatementForm.about(statement), typed, upload, asks=asks)
        return
    await context.acknowledge()
    await upload.receive(context)
    await proposals.propose_change(context, statement, typed, upload)


async def enter(
    context: Context, form: StatementForm, typed: Mapping[str, str], upload: Upload, *, asks: bool = False
) -> None:
    """Submit the form where all that it needs is there; else open it. The files arrive meanwhile."""
    if not asks and all(typed.get(option, "").strip() for option in NEEDED):
        await context.acknowledge()
        await upload.receive(context)
        await form.submit(context, typed)
    else:
        await form.show_kept(context, typed)
        await upload.receive(context)
