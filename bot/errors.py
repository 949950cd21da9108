"""The errors that people see, and the only mapping from an exception to a reply."""

import logging
import secrets
from typing import Final

import aiohttp
import discord
from discord import app_commands

from bot.observation import Outcome
from bot.texts import Reader, Text, clipped, t

_log: Final = logging.getLogger("bot.errors")
REFERENCE: Final = "reference"
"""The attribute of a log record with the reference that people are told."""
RECALLED: Final = 400
"""Characters of what was typed that an answer repeats, at most."""
LONGEST_MESSAGE: Final = 2000
_GONE: Final = {
    10062: "it was not answered within Discord's three seconds",
    10015: "it can no longer be answered, a quarter of an hour after it was asked",
    50027: "it can no longer be answered, a quarter of an hour after it was asked",
    40060: "it has been answered already",
}
"""Discord's codes for an interaction that nothing can answer any more, each with what has become of it."""


_DISCORD_FAILED: Final = (
    discord.DiscordServerError,
    discord.RateLimited,
    aiohttp.ClientError,
    # A connection that breaks beneath aiohttp is not one of its own errors.
    ConnectionError,
    TimeoutError,
)


class UserError(Exception):
    """Bad input: one plain sentence that says what to do next. Nothing typed is lost, nothing was changed."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.singular)
        self.text = text.recalling(RECALLED)


class NotAllowedError(UserError):
    """Refused to the person who asked; the text says how to get in."""


class NotFoundError(UserError):
    """What was named is not there (any more); the text says how to find it."""


def explain(error: BaseException) -> Text:
    """Return what to tell the person whose action raised ``error``.

    A fault of ours goes to the log under a reference, which the text names too; a failure of Discord's as one line.
    """
    error = _original(error)
    match error:
        case UserError():
            return error.text
        case app_commands.TransformerError():
            value = clipped(str(error.value))
            return t("{value} cannot be used here: choose one from the list.", value=value)
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return t("This command has changed: restart Discord (or reload it), then try again.")
        case _ if isinstance(error, _DISCORD_FAILED):
            _log.warning("Discord could not be asked for an answer: %s", _in_a_line(error))
            return t("Discord did not respond to the bot. Check whether this was done; if not, try again.")
        case _:
            reference = secrets.token_hex(4).upper()
            _log.error("fault %s", reference, exc_info=error, extra={REFERENCE: reference})
            return t(
                "Something went wrong on our side; please try again. If it happens again, please send this reference to"
                " the secretariat or to the operator of the bot: {reference}",
                reference=reference,
            )


def unanswerable(error: BaseException) -> str | None:
    """Return why nothing can answer the interaction any more that raised ``error``; None: it can be answered."""
    error = _original(error)
    return _GONE.get(error.code) if isinstance(error, discord.HTTPException) else None


def outcome_of(error: BaseException) -> Outcome:
    """Return what an action came to that raised ``error``, for those who watch the bot."""
    error = _original(error)
    match error:
        case NotAllowedError():
            return Outcome.NOT_ALLOWED
        case UserError() | app_commands.TransformerError():
            return Outcome.REFUSED
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            return Outcome.REFUSED
        case _ if isinstance(error, _DISCORD_FAILED):
            return Outcome.DISCORD_FAILED
        case _:
            return Outcome.UNANSWERABLE if unanswerable(error) is not None else Outcome.FAULT


async def reply_with_error(interaction: discord.Interaction, reader: Reader, error: BaseException) -> Outcome:
    """Answer the interaction, privately, with what its ``error`` means for the person; return what it came to.

    Where nothing can answer it any more (it came late, after a lost connection was resumed; the connection is lost,
    or closed because the bot ends), one line of the log says so.
    """
    gone = unanswerable(error)
    if gone is None and interaction.client.is_closed():
        gone = f"the bot has ended ({_in_a_line(_original(error))})"
    if gone is not None:
        _log.warning("an interaction stays without an answer: %s", gone)
        return Outcome.UNANSWERABLE
    content = reader.say(explain(error))[:LONGEST_MESSAGE]
    try:
        if interaction.response.is_done():
            await interaction.followup.send(content, ephemeral=True)
        else:
            await interaction.response.send_message(content, ephemeral=True)
    except discord.HTTPException as refused:
        said = unanswerable(refused) or f"HTTP {refused.status}, code {refused.code}"
        _log.warning("an answer was refused: %s", said)
    except (aiohttp.ClientError, OSError) as lost:
        _log.warning("an answer was lost: %s", type(lost).__name__)
    return outcome_of(error)


def _original(error: BaseException) -> BaseException:
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    return error


def _in_a_line(error: BaseException) -> str:
    """Name an error without its message, which may quote what people typed."""
    name = type(error).__name__
    return f"{name}, HTTP {error.status}" if isinstance(error, discord.HTTPException) else name
