"""What goes to more than one person is shown first, with *Confirm*, *Send test to me* and *Cancel*."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final, cast

import discord

from bot.access import CONFIRMATIONS
from bot.delivery.actions import Action, ActionButton
from bot.errors import NotFoundError, UserError
from bot.identify import network_reader
from bot.outbox.outbox import GRACE
from bot.outbox.types import ANNOUNCEMENTS, PEOPLE, LoadedRow, Message, RecordGoneError, Request, Subject, account
from bot.previews.destination import destination
from bot.previews.recipients import (
    Recipients,
    emails_leave_at,
    emails_leave_last,
    example,
    names_of,
    recipients_of,
)
from bot.reach import Reach
from bot.services import Services
from bot.texts import Listing, Reader, Text, clipped, escaped, nt, t
from bot.ui import (
    Choice,
    Confirmation,
    Context,
    Correction,
    PersistentButton,
    Values,
    add_lines,
    stored_view,
)
from storage.models import Draft
from storage.outbox.models import OutboxRow

_QUOTED: Final = 1400
"""Characters of the message's sentence that a preview shows: room is left for where it goes."""


async def ask_to_send(
    context: Context,
    request: Request,
    *,
    corrections: Sequence[Correction] = (),
    typed: Values | None = None,
    remarks: Sequence[Text] = (),
) -> None:
    """Show the real message of ``request``, where it goes, whom it calls and how many get it; ask to confirm.

    ``corrections`` go on from what was ``typed``; ``remarks`` are said first. Raises UserError when it would reach
    nobody, has lapsed, or has no channel to go to.
    """
    services, reader = context.services, context.reader
    subject, row, recipients = await _concerned(services, example(services, context.guild_id, request))
    message = await subject.message(
        row, reader if request.target == PEOPLE else network_reader(services, context.network)
    )
    where = _where(context, request, message) if request.target != PEOPLE else _to_people(recipients, reader)
    embeds = [message.card] if message.card is not None else []
    missed = await _unreachable(context, recipients)
    await ask(
        context,
        [Choice(Sending.kind)],
        _payload(request),
        "\n".join([*map(context.say, remarks), where, f">>> {clipped(message.sentence, _QUOTED)}"]),
        [*embeds, *missed],
        corrections,
        typed,
    )


async def ask(
    context: Context,
    choices: Sequence[Choice],
    payload: Mapping[str, object],
    content: str,
    embeds: Sequence[discord.Embed],
    corrections: Sequence[Correction] = (),
    typed: Values | None = None,
) -> None:
    """Ask as :meth:`Context.ask` does, with *Send test to me*: the test is that of the last choice."""

    def test(draft_id: int) -> Sequence[SendTestButton]:
        return [SendTestButton(draft_id).labelled(context.label(t("Send test to me")))]

    await context.ask(choices, payload, content, embeds=embeds, corrections=corrections, typed=typed, between=test)


async def _concerned(services: Services, row: OutboxRow) -> tuple[Subject[Any], LoadedRow[Any], Recipients]:
    """Return who answers for a message, its record and whom it would reach now.

    Raises UserError when it is owed to nobody.
    """
    lapsed = UserError(t("This message is not owed any more: what it is about has been cancelled or is over."))
    subject = services.outbox.subject(row.subject)
    if subject is None:
        raise lapsed
    try:
        row = await subject.loaded(row)
    except RecordGoneError:
        raise lapsed from None
    if await subject.standing(row) is None:
        raise lapsed
    recipients = await recipients_of(services, subject, row)
    if row.target == PEOPLE and not recipients.reach.total:
        raise UserError(t("This would reach nobody: there is nobody whom it still concerns."))
    if row.target == PEOPLE and not recipients.reach.reached:
        raise UserError(t("This would reach nobody: no account is linked to those whom it concerns."))
    return subject, row, recipients


def _where(context: Context, request: Request, message: Message) -> str:
    found = destination(context.interaction.guild, context.network, request.target, message.role_id)
    if found.channel_id is None:
        raise UserError(found.said())
    return context.say(found.goes_to())


def _to_people(recipients: Recipients, reader: Reader) -> str:
    text = nt(
        "This goes to {count} person ({parts}) and calls nobody:",
        "This goes to {count} people ({parts}) and calls nobody:",
        recipients.reach.reached,
        parts=Listing(recipients.reach.ways()),
    )
    others = Listing(recipients.others())
    lines = [
        *([t("It does not go to others: {parts}.", parts=others)] if others else []),
        *emails_leave_last(recipients.reach),
        text,
    ]
    return "\n".join(map(reader.say, lines))


async def goes_to_people(context: Context, request: Request) -> tuple[str, list[discord.Embed]]:
    """Say to how many people the message of ``request`` would go now, with a card of those whom nothing reaches."""
    subject = context.services.outbox.subject(request.subject)
    assert subject is not None, "a room shows its own messages"  # noqa: S101 - narrows the type
    row = await subject.loaded(example(context.services, context.guild_id, request))
    recipients = await recipients_of(context.services, subject, row)
    missed = await _unreachable(context, recipients)
    if not recipients.reach.reached:
        return context.say(t("This reaches nobody yet. It would say:")), missed
    return _to_people(recipients, context.reader), missed


async def _unreachable(context: Context, recipients: Recipients) -> list[discord.Embed]:
    if not recipients.reach.unreachable:
        return []
    reader = context.reader
    card = discord.Embed(colour=discord.Colour.orange())
    names = await names_of(context.services, context.guild_id, recipients.reach.unreachable, reader.language)
    add_lines(card, reader.label(t("Cannot be reached: no account here")), [escaped(n) for n in names], reader)
    return [card]


def _payload(request: Request) -> dict[str, object]:
    return {
        "subject": request.subject,
        "subject_id": request.subject_id,
        "kind": request.kind,
        "target": request.target,
        "payload": dict(request.payload or {}),
    }


def _request(payload: Mapping[str, object]) -> Request:
    return Request(
        subject=str(payload["subject"]),
        subject_id=cast(int, payload["subject_id"]),
        kind=str(payload["kind"]),
        target=str(payload["target"]),
        payload=cast(Mapping[str, object], payload["payload"]),
    )


class PreviewedConfirmation(Confirmation):
    """A confirmation after which a message goes out: the person about to confirm can receive it as a test first."""

    def message(self, draft: Draft) -> Request:
        """Return the message that goes out; its test reads as the public one will, unless it goes to people."""
        raise NotImplementedError(type(self).__name__)


class SendTestButton(PersistentButton, custom_id="outbox-test:{draft_id}"):
    """*Send test to me*: the real message, directly to the person who is about to send it."""

    draft_id: int

    async def on_press(self, context: Context) -> None:
        """Owe the asker the message at once; the preview stays as it is."""
        services = context.services
        draft = await context.kept_draft(self.draft_id)
        shown = Confirmation.of(draft.kind)
        if not isinstance(shown, PreviewedConfirmation):
            raise NotFoundError(t("The bot has changed since you typed this: please start again."))
        context.asker.require(CONFIRMATIONS[draft.kind])
        request = shown.message(draft)
        payload = {**(request.payload or {}), "public": request.target != PEOPLE}
        async with context.write() as tx:
            row_id = await services.outbox.plan_now(
                tx,
                context.guild_id,
                request.subject,
                request.subject_id,
                request.kind,
                account(context.account_id),
                payload=payload,
            )
            await tx.audit(context.guild_id, "test", "outbox", row_id)
        await context.answer(t("A test is on its way to your direct messages."))


def announced_where(context: Context) -> str:
    """Say where an announcement goes and whom it calls, as far as both are there and allowed."""
    network = context.network
    found = destination(context.interaction.guild, network, ANNOUNCEMENTS, network.member_role_id)
    return context.say(found.said())


def quoted(sentence: str) -> str:
    """Quote a sentence as the beginning of the message that is shown before it is sent."""
    return "\n".join(f"> {line}" for line in sentence.splitlines())


async def sending_soon(context: Context, row_id: int) -> tuple[str, discord.ui.View | None]:
    """Say whom a message to people reaches in two minutes, with *Stop* and *Take back*; nothing to stop, no buttons."""
    services, outbox = context.services, context.services.outbox
    row = await outbox.rows.row(context.guild_id, row_id)
    subject = outbox.subject(row.subject) if row is not None else None
    if row is None or subject is None:
        return "", None
    reach = (await recipients_of(services, subject, await subject.loaded(row))).reach
    if not reach.total:
        return context.say(t("Nobody gets a message of their own, because it concerns nobody yet.")), None
    said = t("In two minutes those concerned are informed: {parts}. Until then you can stop that.")
    lines = [replace(said, values={"parts": Listing(reach.counted())}), *_emails_last(context, reach)]
    view = stored_view([ActionButton.of(action, row_id, context.reader) for action in ("stop", "back")])
    return " ".join(map(context.say, lines)), view


class Sending(PreviewedConfirmation):
    """Sends what a preview showed: to a channel at once, to people after two minutes' grace."""

    kind = "send"

    def message(self, draft: Draft) -> Request:
        """Return what was asked for."""
        return _request(draft.payload)

    async def on_confirm(self, context: Context, draft: Draft) -> None:
        """Owe the message, if it still concerns anybody, and offer *Stop* and *Take back*."""
        services, reader = context.services, context.reader
        request = _request(draft.payload)
        to_people = request.target == PEOPLE
        _, _, recipients = await _concerned(services, example(services, context.guild_id, request))
        async with context.write() as tx:
            await context.take(tx, draft)
            row_id = await services.outbox.plan_now(
                tx,
                context.guild_id,
                request.subject,
                request.subject_id,
                request.kind,
                request.target,
                delay=GRACE if to_people else timedelta(0),
                payload=request.payload,
            )
            await tx.audit(context.guild_id, "send", "outbox", row_id)
        said = [t("It is on its way.")]
        if to_people:
            said = [_in_two_minutes(services, reader), *_emails_last(context, recipients.reach)]
        actions: tuple[Action, ...] = ("stop", "back") if to_people else ("back",)
        view = stored_view([ActionButton.of(action, row_id, reader) for action in actions])
        await context.replace(" ".join(map(context.say, said)), view=view)


def _emails_last(context: Context, reach: Reach) -> list[Text]:
    """Say when the e-mails of a message leave that has just been confirmed."""
    return emails_leave_at(reach, context.services.clock.now(), context.reader)


def _in_two_minutes(services: Services, reader: Reader) -> Text:
    at = services.clock.now() + GRACE
    return t(
        "It goes out in two minutes, at {when}: until then *Stop* holds it back; later, *Take back* deletes it.",
        when=reader.stamp(at, style="T"),
    )
