"""How a message says which row it is: a nonce for Discord, and the same in its *Details* button."""

import base64
import hashlib
import logging
import secrets
from typing import Final

import discord

from bot.errors import REFERENCE
from storage.outbox.models import OutboxRow
from storage.unlisted_messages import COLLEAGUE_VOTED

PREFIX = "owed"
_log: Final = logging.getLogger("bot.outbox")


def nonce_of(row: OutboxRow, salt: bytes) -> str:
    """Return the row's nonce: 25 characters (Discord's longest), the same at every attempt and in every restart.

    It is made from the row's key and the database's salt, so that two messages never share one; ids are not
    part of it, so that a copy of the database finds what the lost one has sent. What a person asks for after a copy
    has taken over bears its generation: it is another message than the one of the same key that was lost.
    """
    parts = [row.guild_id, row.subject, row.subject_id, row.kind, row.occurrence, row.target]
    if row.generation:
        parts.append(row.generation)
    key = "\0".join(map(str, parts)).encode()
    digest = hashlib.blake2b(key, digest_size=16, salt=salt).digest()
    return base64.b32encode(digest).decode()[:25]


def in_log(row: OutboxRow) -> str:
    """Name the row for the log, which has the time: without its number where nobody is to know when it was sent."""
    return "a row without a number" if row.kind == COLLEAGUE_VOTED else f"row {row.id} ({row.subject}, {row.kind})"


def bears(message: discord.Message, nonce: str) -> bool:
    """Tell whether a message carries the *Details* button with that nonce."""
    ending = f":{nonce}"
    for component in message.components:
        children = component.children if isinstance(component, discord.ActionRow) else ()
        for child in children:
            custom_id = getattr(child, "custom_id", None) or ""
            if custom_id.startswith(f"{PREFIX}:") and custom_id.endswith(ending):
                return True
    return False


def fault_in_log(row: OutboxRow, error: Exception) -> str:
    """Put a fault of ours into the log and return its reference there."""
    reference = secrets.token_hex(4).upper()
    _log.error("fault %s in %s", reference, in_log(row), exc_info=error, extra={REFERENCE: reference})
    return reference
