"""The errors that people see, and the only mapping from an exception to a reply."""

import logging
import secrets
from typing import Final

import aiohttp
import discord
from discord import app_commands

from bot.texts import Reader, Text, clipped, t

_log: Final = logging.getLogger("bot.errors")
RECALLED: Final = 400
"""Characters of what was typed that an answer repeats, at most."""
LONGEST_MESSAGE: Final = 2000


class UserError(Exception):
    """Bad input: one plain sentence that says what to do next. Nothing typed is lost, nothing was changed."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.singular)
        self.text = text.recalling(RECALLED)


class NotAllowedError(UserError):
    """Refused to whoever asked; the text says how to get in."""


class NotFoundError(UserError):
    """What was named is not there (any more); the text says how to find it."""


def explain(error: BaseException) -> Text:
    """Return what to tell the person whose action raised ``error``.

    A fault of ours goes to the log under a reference, which the text names too.
    """
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    match error:
        case UserError():
            return error.text
        case app_commands.TransformerError():
            value = clipped(str(error.value))
            return t("{value} cannot be used here: choose one from the list.", value=value)
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return t("This command has changed: restart Discord (or reload it), then try again.")
        case _:
            reference = secrets.token_hex(4).upper()
            _log.error("fault %s", reference, exc_info=error)
            return t(
                "Something went wrong on our side; please try again. If it happens again, tell the secretariat this"
                " reference: {reference}",
                reference=reference,
            )


async def tell(interaction: discord.Interaction, reader: Reader, error: BaseException) -> None:
    """Answer the interaction, privately, with what its ``error`` means for the person.

    An answer that Discord refuses (a token that has run out, a lost connection) goes to the log only.
    """
    content = reader.say(explain(error))[:LONGEST_MESSAGE]
    try:
        if interaction.response.is_done():
            await interaction.followup.send(content, ephemeral=True)
        else:
            await interaction.response.send_message(content, ephemeral=True)
    except discord.HTTPException as refused:
        _log.warning("an answer was refused: HTTP %s, code %s", refused.status, refused.code)
    except (aiohttp.ClientError, OSError) as lost:
        _log.warning("an answer was lost: %s", type(lost).__name__)
