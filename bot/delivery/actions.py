import re
from collections.abc import Sequence
from typing import Final, Literal, Self, cast

import discord

from bot.commands import Command
from bot.errors import NotFoundError, UserError
from bot.outbox import ANNOUNCEMENTS, GRACE, MEMBERS, PEOPLE
from bot.outbox.reasons import in_trouble
from bot.services import Services
from bot.texts import Reader, Text, nt, t
from bot.ui import Context, PersistentButton, stored_view
from storage.database import Transaction
from storage.outbox.models import OutboxRow
from storage.outbox.states import OutboxState, Reason, SentBy
from storage.unlisted_messages import hides_recipients, is_unlisted

Action = Literal["stop", "back", "again", "arrived"]
_LABELS: Final[dict[Action, Text]] = {
    "stop": t("Stop"),
    "back": t("Take back"),
    "again": t("Send again"),
    "arrived": t("It arrived"),
}
_STYLES: Final[dict[Action, discord.ButtonStyle]] = {
    "stop": discord.ButtonStyle.danger,
    "again": discord.ButtonStyle.primary,
}


def actions_for(row: OutboxRow) -> list[Action]:
    """Return what the secretariat may do with a row as it is."""
    match row.state:
        case OutboxState.PENDING:
            return ["stop"]
        case OutboxState.SENT | OutboxState.EXPANDED:
            is_on_discord = row.message_id is not None and row.sent_by is not SentBy.EMAIL
            return ["back"] if is_on_discord or row.state is OutboxState.EXPANDED else []
        case OutboxState.FAILED:
            return ["again"]
        case OutboxState.NOT_REACHED:
            return ["again"] if in_trouble(row) else []
        case OutboxState.UNKNOWN:
            # Nobody takes an e-mail back.
            return ["arrived", "again", *(["back"] if row.email_step is None else [])]
        case _:
            return []


class ActionButton(PersistentButton, custom_id="outbox:{action}:{row_id}"):
    """*Stop*, *Take back*, *Send again* and *It arrived*: what the secretariat does with a row of the outbox."""

    action: Action
    row_id: int

    @classmethod
    def of(cls, action: Action, row_id: int, reader: Reader) -> Self:
        """Return the button with its label in the reader's language."""
        return cls(action, row_id).labelled(
            reader.label(_LABELS[action]), _STYLES.get(action, discord.ButtonStyle.secondary)
        )

    async def on_press(self, context: Context) -> None:
        """Do it, and say what came of it."""
        services = context.services
        async with context.write() as tx:
            # Read while the writer is held: nothing can happen to it meanwhile.
            row = await services.outbox.rows.row(context.guild_id, self.row_id)
            if row is None or is_unlisted(row.subject, row.kind, row.target):
                raise NotFoundError(t("There is no record of this message any more."))
            said = await self._do(services, tx, row)
            await tx.audit(context.guild_id, self.action, "outbox", row.id)
        row = await services.outbox.rows.row(context.guild_id, self.row_id)
        await self._show(context, " ".join(map(context.say, said)), actions_for(row) if row is not None else [])

    async def _show(self, context: Context, said: str, left: Sequence[Action]) -> None:
        """Say what came of it in the place of the message, with the buttons that still act."""
        message = context.interaction.message
        if message is None or not message.flags.ephemeral:
            await context.answer(said)
            return
        others = [button for button in _buttons_of(message) if button.row_id != self.row_id]
        own = [] if others else [ActionButton.of(action, self.row_id, context.reader) for action in left]
        await context.replace(said, embeds=message.embeds, view=stored_view([*others, *own]))

    async def _do(self, services: Services, tx: Transaction, row: OutboxRow) -> Sequence[Text]:
        outbox = services.outbox
        match self.action:
            case "stop":
                return await self._stop(services, tx, row)
            case "back":
                return await self._take_back(services, tx, row)
            case "again":
                if not await outbox.again(tx, row.guild_id, row.id):
                    raise UserError(t("It has been dealt with already; nothing was done a second time."))
                return [t("It is owed again and goes out now, unless it is found to be there already.")]
            case "arrived":
                if not await outbox.arrived(tx, row.guild_id, row.id):
                    raise UserError(t("It has been dealt with already; nothing was done a second time."))
                return [t("It is recorded as sent.")]

    @staticmethod
    async def _take_back(services: Services, tx: Transaction, row: OutboxRow) -> Sequence[Text]:
        children = await services.outbox.rows.children_counts(row.guild_id, row.id)
        waited = row.state is OutboxState.PENDING or bool(children.keys() & {OutboxState.PENDING, OutboxState.NOTICE})
        taken = await services.outbox.take_back(tx, row.guild_id, row.id)
        if hides_recipients(row.subject, row.kind):
            return [t("What was already sent is being taken back; the record stays.")]
        emails = await _emails_gone(services, row)
        if taken:
            said = nt(
                "{count} message is being taken back; the record stays.",
                "{count} messages are being taken back; the record stays.",
                taken,
            )
            return [said, *_gone(emails)]
        if emails:
            return _gone(emails)
        if not waited:
            raise UserError(t("It has been dealt with already; nothing was done a second time."))
        return await _nothing_sent(services, row)

    @staticmethod
    async def _stop(services: Services, tx: Transaction, row: OutboxRow) -> Sequence[Text]:
        if row.state is OutboxState.PENDING:
            await services.outbox.rows.cancel(tx, row.guild_id, [row.id], Reason.STOPPED)
            return await _nothing_sent(services, row)
        if row.state is not OutboxState.EXPANDED:
            raise UserError(t("It is too late to stop it: *Take back* deletes what was sent."))
        await services.outbox.rows.cancel_children(tx, row.guild_id, [row.id])
        if hides_recipients(row.subject, row.kind):
            return [t("Stopped: what had gone out already stays; *Take back* deletes it.")]
        emails = await _emails_gone(services, row)
        sent = (await services.outbox.rows.children_counts(row.guild_id, row.id)).get(OutboxState.SENT, 0) - emails
        said = nt(
            "Stopped: {count} message had gone out already; *Take back* deletes it.",
            "Stopped: {count} messages had gone out already; *Take back* deletes them.",
            sent,
        )
        return [said, *_gone(emails)]


async def _nothing_sent(services: Services, row: OutboxRow) -> list[Text]:
    """Say that a row was stopped in time, and that what was posted together with it is in its channel all the same."""
    if row.target != PEOPLE:
        return [t("Stopped: nothing was sent.")]
    posted_since = row.due_at - GRACE
    is_posted = any(
        one.target in (ANNOUNCEMENTS, MEMBERS) and one.state is OutboxState.SENT and one.due_at >= posted_since
        for one in await services.outbox.of(row.guild_id, row.subject, row.subject_id)
    )
    stays = t(
        "The message in the channel stays, and what you confirmed holds; {command} has *Take back* for the message.",
        command=Command("outbox list"),
    )
    return [t("Stopped: nobody was written to."), *([stays] if is_posted else [])]


async def _emails_gone(services: Services, row: OutboxRow) -> int:
    """Return how many e-mails of a fan-out have left."""
    return (await services.unreached.senders(row.guild_id, row.id)).get(SentBy.EMAIL, 0)


def _gone(emails: int) -> list[Text]:
    said = nt(
        "{count} e-mail has left and cannot be taken back.",
        "{count} e-mails have left and cannot be taken back.",
        emails,
    )
    return [said] if emails else []


def _buttons_of(message: discord.Message) -> list[ActionButton]:
    found: list[ActionButton] = []
    for row in message.components:
        for child in row.children if isinstance(row, discord.ActionRow) else ():
            match = re.fullmatch(ActionButton.declared().pattern, getattr(child, "custom_id", None) or "")
            if match is not None and isinstance(child, discord.Button):
                button = ActionButton(cast(Action, match["action"]), int(match["row_id"]))
                found.append(button.labelled(child.label or "", child.style))
    return found
