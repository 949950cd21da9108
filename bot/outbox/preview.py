"""What goes to more than one person is shown first, with *Confirm*, *Send test to me* and *Cancel* (rule 8)."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final, Self, cast

import discord
from discord import ui

from bot.access import Asker, Level, network_reader
from bot.errors import NotFoundError, UserError
from bot.outbox.actions import ActionButton
from bot.outbox.assess import channel_of
from bot.outbox.outbox import GRACE
from bot.outbox.recipients import Recipients, example, names_of, recipients_of
from bot.outbox.types import PEOPLE, Message, Request, Subject, account
from bot.services import Services
from bot.texts import Markdown, Reader, Text, escaped, nt, t
from bot.ui import Confirmation, DraftButton, StoredButton, add_lines, answer, host_of, replace, stored_view, take
from storage.models import Draft, Network, OutboxRow

_QUOTED: Final = 1400
"""Characters of the message's sentence that a preview shows: room is left for where it goes."""


async def ask_to_send(interaction: discord.Interaction, asker: Asker, request: Request) -> None:
    """Show the real message of ``request``, where it goes, whom it calls and how many get it; ask to confirm.

    Raises UserError when it would reach nobody, has lapsed, or has no channel to go to.
    """
    services = host_of(interaction).services
    row = example(services, asker.guild_id, request)
    subject, recipients = await _concerned(services, row)
    message = await subject.message(
        row, asker.reader if request.target == PEOPLE else network_reader(services, asker.network)
    )
    where = _where(asker, request, message) if request.target != PEOPLE else _to_people(recipients, asker.reader)
    embeds = [message.card] if message.card is not None else []
    missed = await _unreachable(services, asker, recipients)
    async with services.transaction(asker.account_id) as tx:
        draft_id = await services.settings.keep_draft(
            tx, asker.guild_id, asker.account_id, Sending.kind, _payload(request)
        )
    await answer(
        interaction,
        f"{where}\n>>> {message.sentence[:_QUOTED]}",
        embeds=[*embeds, *missed],
        view=_buttons(draft_id, asker),
    )


async def _concerned(services: Services, row: OutboxRow) -> tuple[Subject, Recipients]:
    """Return who answers for a message and whom it would reach now. Raises UserError when it is owed to nobody."""
    subject = services.outbox.subject(row.subject)
    if subject is None or await subject.standing(row) is None:
        raise UserError(t("This message is not owed any more: what it is about has been cancelled or is over."))
    recipients = await recipients_of(services, subject, row)
    if row.target == PEOPLE and not recipients.total:
        raise UserError(t("This would reach nobody: there is nobody whom it still concerns."))
    return subject, recipients


def _buttons(draft_id: int, asker: Asker) -> ui.View:
    reader = asker.reader
    return stored_view(
        [
            DraftButton("confirm", str(draft_id), label=reader.label(t("Confirm")), style=discord.ButtonStyle.success),
            SendTestButton.of(draft_id, asker),
            DraftButton("cancel", str(draft_id), label=reader.label(t("Cancel"))),
        ]
    )


def _where(asker: Asker, request: Request, message: Message) -> str:
    channel_id = channel_of(asker.network, request.target)
    if channel_id is None:
        raise UserError(
            t(
                "There is no channel for this yet: whoever manages the server names it with {command}.",
                command=Markdown("`/setup channels`"),
            )
        )
    channel = Markdown(f"<#{channel_id}>")
    if message.role_id is None:
        return asker.reader.say(t("This goes to {channel} and calls nobody:", channel=channel))
    role = Markdown(f"<@&{message.role_id}>")
    return asker.reader.say(t("This goes to {channel} and calls {role}:", channel=channel, role=role))


def _to_people(recipients: Recipients, reader: Reader) -> str:
    parts = [
        nt("{count} by direct message", "{count} by direct message", len(recipients.direct)),
        nt("{count} above their next answer here", "{count} above their next answer here", len(recipients.noticed)),
        nt("{count} cannot be reached", "{count} cannot be reached", len(recipients.unreachable)),
    ]
    said = [reader.say(part) for part in parts if part.count] + [reader.say(part) for part in recipients.left_out]
    text = nt(
        "This goes to {count} person ({parts}) and calls nobody:",
        "This goes to {count} people ({parts}) and calls nobody:",
        recipients.total - len(recipients.unreachable),
        parts=Markdown(", ".join(said)),
    )
    return reader.say(text)


async def _unreachable(services: Services, asker: Asker, recipients: Recipients) -> list[discord.Embed]:
    if not recipients.unreachable:
        return []
    reader = asker.reader
    card = discord.Embed(colour=discord.Colour.orange())
    names = await names_of(services, asker.guild_id, recipients.unreachable, reader.language)
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


class SendTestButton(StoredButton, template=r"outbox-test:(?P<draft_id>\d+)"):
    """*Send test to me*: the real message, directly to the person who is about to send it."""

    level = Level.SECRETARIAT

    def __init__(self, draft_id: int, label: str = "") -> None:
        super().__init__(ui.Button[Any](custom_id=f"outbox-test:{draft_id}", label=label))
        self.draft_id = draft_id

    @classmethod
    def of(cls, draft_id: int, asker: Asker) -> Self:
        """Make the button of the preview that the draft keeps."""
        return cls(draft_id, asker.reader.label(t("Send test to me")))

    @classmethod
    def restored(cls, **state: str) -> Self:
        """Make the button again from its custom_id."""
        return cls(int(state["draft_id"]))

    async def pressed(self, interaction: discord.Interaction, asker: Asker) -> None:
        """Owe the asker the message at once; the preview stays as it is."""
        services = host_of(interaction).services
        draft = await services.settings.draft(asker.guild_id, asker.account_id, self.draft_id, services.clock.now())
        shown = Confirmation.of(draft.kind) if draft is not None else None
        if draft is None or not isinstance(shown, PreviewedConfirmation):
            raise NotFoundError(
                t("This was done already, or it lay unconfirmed for more than a day: please start again.")
            )
        asker.require(shown.level)
        request = shown.message(draft)
        payload = {**(request.payload or {}), "public": request.target != PEOPLE}
        async with services.transaction(asker.account_id) as tx:
            row_id = await services.outbox.plan_now(
                tx,
                asker.guild_id,
                request.subject,
                request.subject_id,
                request.kind,
                account(asker.account_id),
                payload=payload,
            )
            await tx.audit(asker.guild_id, "test", "outbox", row_id)
        await answer(interaction, asker.reader.say(t("A test is on its way to your direct messages.")))


def announced_where(network: Network) -> Text:
    """Say where an announcement goes and whom it calls."""
    if network.announcements_channel_id is None:
        return t(
            "Nothing will be announced, because no channel is set for announcements: whoever manages the server names"
            " one with {command}. This is what it would say:",
            command=Markdown("`/setup channels`"),
        )
    channel = Markdown(f"<#{network.announcements_channel_id}>")
    if network.member_role_id is None:
        return t("One message goes to {channel} and calls nobody:", channel=channel)
    role = Markdown(f"<@&{network.member_role_id}>")
    return t("One message goes to {channel} and calls {role}:", channel=channel, role=role)


def quoted(sentence: str) -> str:
    """Quote a sentence as the beginning of the message that is shown before it is sent."""
    return "\n".join(f"> {line}" for line in sentence.splitlines())


class Sending(PreviewedConfirmation):
    """Sends what a preview showed: to a channel at once, to people after two minutes' grace."""

    kind = "send"
    level = Level.SECRETARIAT

    def message(self, draft: Draft) -> Request:
        """Return what was asked for."""
        return _request(draft.payload)

    async def confirmed(self, interaction: discord.Interaction, asker: Asker, draft: Draft) -> None:
        """Owe the message, if it still concerns anybody, and offer *Stop* and *Take back*."""
        services = host_of(interaction).services
        request = _request(draft.payload)
        to_people = request.target == PEOPLE
        await _concerned(services, example(services, asker.guild_id, request))
        async with services.transaction(asker.account_id) as tx:
            await take(interaction, tx, draft)
            row_id = await services.outbox.plan_now(
                tx,
                asker.guild_id,
                request.subject,
                request.subject_id,
                request.kind,
                request.target,
                delay=GRACE if to_people else timedelta(0),
                payload=request.payload,
            )
            await tx.audit(asker.guild_id, "send", "outbox", row_id)
        reader = asker.reader
        said = _in_two_minutes(services, reader) if to_people else t("It is on its way.")
        actions = (["stop"] if to_people else []) + ["back"]
        await replace(
            interaction,
            reader.say(said),
            view=stored_view([ActionButton.labelled(action, row_id, reader) for action in actions]),
        )


def _in_two_minutes(services: Services, reader: Reader) -> Text:
    at = services.clock.now() + GRACE
    return t(
        "It goes out in two minutes, at {when}: until then *Stop* holds it back; later, *Take back* deletes it.",
        when=reader.stamp(at, style="T"),
    )
