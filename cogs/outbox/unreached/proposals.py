"""What the secretariat says of its own sending, confirmed: it was sent, it came back, neither is so after all."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

import discord
from discord import ui

from bot.errors import UserError
from bot.previews.recipients import NAMELESS, names_by_id
from bot.services import Services
from bot.texts import Listing, Text, nt, t
from bot.ui import Choice, Confirmation, Context, plain_button, stored_view
from bot.ui.plain_buttons import DRAFT_CHOICE
from cogs.outbox.unreached import sentences
from storage.database import Transaction
from storage.models import Draft
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, SentBy

ROWS: Final = "rows"
_WAS: Final = "was"
_PEOPLE: Final = "people"
"""Those whose addresses were put out of use."""
_EMAILS: Final = "emails"
"""Those of the rows that were e-mails of the bot's own."""
_NAMED: Final = 5


async def ask_sent(context: Context, row_ids: Sequence[int]) -> None:
    """Ask whether the secretariat has sent these. Raises UserError where none of them is to be sent any more."""
    rows = [row for row in await _rows(context, row_ids) if _is_open(row)]
    names = await _named(context, rows)
    said = sentences.ask_sent(len(rows), _listed(names), len(names))
    await context.ask([Choice(ConfirmSent.kind)], {ROWS: [row.id for row in rows]}, said)


async def ask_returned(context: Context, row_ids: Sequence[int]) -> None:
    """Ask whether these came back. Raises UserError where none of them is booked as sent any more."""
    rows = [row for row in await _rows(context, row_ids) if row.sent_by in (SentBy.SECRETARIAT, SentBy.EMAIL)]
    names = await _named(context, rows)
    choices = [Choice(ConfirmReturned.kind, style=discord.ButtonStyle.danger)]
    said = [sentences.ask_returned(_listed(names), len(names))]
    if await _went_elsewhere(context, rows):
        said.append(sentences.CORRECTED_STAY)
    await context.ask(choices, {ROWS: [row.id for row in rows]}, " ".join(map(context.say, said)))


class ConfirmSent(Confirmation):
    """*I have sent these*."""

    kind = "unreached_sent"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Book them as sent by the secretariat, with *Undo*."""
        row_ids = rows_in(draft)
        unreached = context.services.unreached
        async with context.write() as tx:
            await context.take(tx, draft)
            tx.unaudited_by_design()  # Where nothing was left to be booked.
            booked = await unreached.book_sent(tx, context.guild_id, row_ids)
            for row_id in booked:
                await tx.audit(context.guild_id, "sent_outside", "outbox", row_id)
        await _show(context, self.kind, row_ids, booked, sentences.booked_sent(len(booked)))


class ConfirmReturned(Confirmation):
    """*It came back*."""

    kind = "unreached_returned"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Book them as not reached, and put the addresses out of use, with *Undo*."""
        row_ids = rows_in(draft)
        services = context.services
        emails = [row.id for row in await _rows(context, row_ids) if row.sent_by is SentBy.EMAIL]
        async with context.write() as tx:
            await context.take(tx, draft)
            tx.unaudited_by_design()  # Where nothing was left to be booked.
            booked, people = await services.unreached.book_returned(tx, context.guild_id, row_ids)
            for row_id in booked:
                await tx.audit(context.guild_id, "returned", "outbox", row_id)
            for person_id in people:
                await tx.audit(context.guild_id, "change", "person", person_id, ("email_returned_at",))
            services.outbox.wake(tx, services.clock.now())
        said = sentences.booked_returned(len(booked), addresses=len(people))
        await _show(context, self.kind, row_ids, booked, said, {_EMAILS: emails, _PEOPLE: people})


class UndoBooking(Confirmation):
    """*Undo* below either: what was booked is not so after all."""

    kind = "unreached_undo"

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Put the messages and the addresses back to what they were."""
        was_sent = draft.payload[_WAS] == ConfirmSent.kind
        services, guild_id = context.services, context.guild_id
        async with context.write() as tx:
            await context.take(tx, draft)
            tx.unaudited_by_design()  # Where nothing was left to be booked.
            booked = await _undone(services, tx, guild_id, draft)
            for row_id in booked:
                await tx.audit(guild_id, "unsent" if was_sent else "sent_outside", "outbox", row_id)
            if not was_sent:
                kept = cast(list[int] | None, draft.payload.get(_PEOPLE))
                people = kept if kept is not None else await _person_ids(context, booked)
                await services.unreached.use_addresses_again(tx, guild_id, people)
                for person_id in people:
                    await tx.audit(guild_id, "change", "person", person_id, ("email_returned_at",))
            services.outbox.wake(tx, services.clock.now())
        await context.replace(sentences.UNDONE if booked else sentences.NOTHING_LEFT)


async def _undone(services: Services, tx: Transaction, guild_id: int, draft: Draft) -> list[int]:
    """Book the rows of a draft as what they were before, and return those that still could be."""
    row_ids = rows_in(draft)
    if draft.payload[_WAS] == ConfirmSent.kind:
        return await services.unreached.book_unsent(tx, guild_id, row_ids)
    emails = set(cast(list[int], draft.payload.get(_EMAILS, [])))
    by_hand = [row_id for row_id in row_ids if row_id not in emails]
    return [
        *await services.unreached.book_sent(tx, guild_id, by_hand, again=True),
        *await services.unreached.book_unreturned(tx, guild_id, sorted(emails)),
    ]


async def _show(
    context: Context,
    kind: str,
    asked: Sequence[int],
    booked: Sequence[int],
    said: Text,
    kept: Mapping[str, Sequence[int]] | None = None,
) -> None:
    """Say what was booked and what was not, with *Undo*, which needs to know what is ``kept``."""
    there = {row.id for row in await _rows(context, asked)}
    erased = sum(row_id not in there for row_id in asked)
    others = sentences.left_out(erased, len(asked) - len(booked) - erased)
    texts = [*([said] if booked else []), *others] or [sentences.NOTHING_LEFT]
    view = None
    if booked:
        draft_id = await context.keep_draft(UndoBooking.kind, {ROWS: list(booked), _WAS: kind, **(kept or {})})
        custom_id = DRAFT_CHOICE.format(action="confirm", draft_id=draft_id, which=UndoBooking.kind)
        undo: ui.Item[Any] = plain_button(custom_id, context.label(t("Undo this")))
        view = stored_view([undo])
    await context.replace(" ".join(context.say(text) for text in texts), view=view)


async def _rows(context: Context, row_ids: Sequence[int]) -> list[OutboxRow]:
    """Return those of the rows that are still there: the others were of somebody whose data were erased."""
    found = [await context.services.outbox.rows.row(context.guild_id, row_id) for row_id in row_ids]
    return [row for row in found if row is not None]


async def _person_ids(context: Context, row_ids: Sequence[int]) -> list[int]:
    rows = await _rows(context, row_ids)
    return list(dict.fromkeys(row.person_id for row in rows if row.person_id is not None))


async def _went_elsewhere(context: Context, rows: Sequence[OutboxRow]) -> bool:
    """Tell whether any of them went to an address that its person no longer has."""
    members, guild_id = context.services.members, context.guild_id
    people = [await members.person(guild_id, row.person_id or 0) for row in rows]
    return any(p is not None and row.address not in ("", p.email) for row, p in zip(rows, people, strict=True))


async def _named(context: Context, rows: Sequence[OutboxRow]) -> list[str]:
    if not rows:
        raise UserError(sentences.NOTHING_LEFT)
    services, guild_id = context.services, context.guild_id
    ids = dict.fromkeys(row.person_id for row in rows if row.person_id is not None)
    people = [person for one in ids if (person := await services.members.person(guild_id, one)) is not None]
    names = await names_by_id(services, guild_id, people, context.reader.language)
    return [names.get(one, NAMELESS) for one in ids]


def _listed(names: Sequence[str]) -> Listing:
    more = len(names) - _NAMED
    parts: list[str | Text] = list(names[:_NAMED] if more > 1 else names)
    return Listing([*parts, nt("{count} more", "{count} more", more)] if more > 1 else parts)


def _is_open(row: OutboxRow) -> bool:
    return row.state in (OutboxState.NOT_REACHED, OutboxState.NOTICE) and row.person_id is not None


def rows_in(draft: Draft) -> list[int]:
    """Return the rows that a draft is about; none where it is about something else."""
    return cast(list[int], draft.payload.get(ROWS, []))
