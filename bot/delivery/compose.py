"""A message as it is given to Discord: calling at most one role, with its *Details* button."""

from collections import Counter
from dataclasses import replace
from typing import Any, Final

import discord

from bot.delivery.details import DetailsButton
from bot.outbox.types import Message
from bot.texts import Reader, t
from bot.ui import stored_view
from bot.ui.embed_limits import fitted
from storage.outbox.models import OutboxRow

_LONGEST: Final = 2000
_IN_A_ROW: Final = 5
"""Buttons that Discord puts beside each other."""


def compose(row: OutboxRow, message: Message, reader: Reader, salt: bytes) -> dict[str, Any]:
    """Return the arguments that send or edit the row's message with."""
    calls = f"<@&{message.role_id}> " if message.role_id is not None and not row.is_direct else ""
    return {
        "content": f"{calls}{_test(row, reader)}{message.sentence}"[:_LONGEST],
        "embeds": fitted([message.card] if message.card is not None else []),
        "view": stored_view([*message.buttons, _details(row, message, reader, salt)]),
        "allowed_mentions": allowed(message.role_id if calls else None),
    }


def _details(row: OutboxRow, message: Message, reader: Reader, salt: bytes) -> DetailsButton:
    """Return *Details*, as the last button: in the last row that the message's own buttons name, if it has room."""
    details = DetailsButton.under(row, salt, reader)
    named = Counter(button.row for button in message.buttons if button.row is not None)
    if named and named[max(named)] < _IN_A_ROW:
        details.item.row = max(named)
    return details


def _test(row: OutboxRow, reader: Reader) -> str:
    # Rows to an account are made by *Send test to me* alone.
    return f"-# {reader.say(t('This is a test: nobody else has received it.'))}\n" if row.account_id is not None else ""


def allowed(role_id: int | None) -> discord.AllowedMentions:
    """Return what lets a message call one role, or nobody."""
    roles = [discord.Object(role_id)] if role_id is not None else False
    return discord.AllowedMentions(everyone=False, users=False, replied_user=False, roles=roles)


def calling_who_is_there(message: Message, guild: discord.Guild | None) -> Message:
    """Return the message without a role that is gone from the server, which would be called by its number."""
    is_gone = message.role_id is not None and guild is not None and guild.get_role(message.role_id) is None
    return replace(message, role_id=None) if is_gone else message
