"""What the log says: where and what kind of fault, never what somebody typed."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Final, TypeAlias, cast

import aiohttp
import discord
from discord import app_commands

from bot.errors import REFERENCE, unanswerable
from bot.settings import Settings
from storage.errors import DriverError

_Raised: TypeAlias = "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]"
_QUOTING: Final = (app_commands.TransformerError, app_commands.CommandInvokeError)
"""Errors of discord.py whose message repeats what was typed, or the message of another error."""
_DISCREET: Final = (DriverError, discord.DiscordException, aiohttp.ClientError, OSError)
"""Errors whose message names tables, files, hosts and codes, not values."""
_QUOTATION: Final = re.compile(r"""['"\[]""")


class DiscreetFormatter(logging.Formatter):
    """Writes a traceback without the messages that may quote what people typed ("invalid literal: 'Jane'")."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record, never with the traceback that another formatter has left in it."""
        record.exc_text = None
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's own name
        """Return the record as one line: a line break in a value could pass for a record of its own."""
        return _in_one_line(super().formatMessage(record))

    def formatException(self, ei: _Raised) -> str:  # noqa: N802 - logging's own name
        """Return the frames of each error in the chain with its type, and its message where that is safe."""
        error = ei[1]
        return "" if error is None else "\n".join(_lines(error))


class JsonFormatter(DiscreetFormatter):
    """Writes one JSON object a line: what :class:`DiscreetFormatter` says, in fields.

    ``reference`` is what the person was told whose action met the fault, ``traceback`` the frames, each only where
    there is one.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as a JSON object."""
        said: dict[str, str] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _in_one_line(record.getMessage()),
        }
        if (reference := getattr(record, REFERENCE, None)) is not None:
            said["reference"] = str(reference)
        if record.exc_info:
            said["traceback"] = self.formatException(record.exc_info)
        return json.dumps(said, ensure_ascii=False)


def _in_one_line(text: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def _lines(error: BaseException) -> list[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    before = [*_lines(cause), "", "and then:", ""] if cause is not None else []
    frames = [line.rstrip("\n") for line in traceback.format_tb(error.__traceback__)]
    said = f"{type(error).__module__}.{type(error).__qualname__}"
    if isinstance(error, _DISCREET) and not isinstance(error, _QUOTING):
        said = f"{said}: {_in_one_line(_unquoted(error))}"
    return [*before, *frames, said, *(line for inner in _inner(error) for line in _lines(inner))]


def _unquoted(error: BaseException) -> str:
    """Return the message of an error, of SQLite's only up to a quotation, which may be of a value."""
    return _QUOTATION.split(str(error), maxsplit=1)[0] if isinstance(error, DriverError) else str(error)


def _inner(error: BaseException) -> tuple[BaseException, ...]:
    if not isinstance(error, BaseExceptionGroup):
        return ()
    return cast("BaseExceptionGroup[BaseException]", error).exceptions


class _OneLineForReconnects(logging.Filter):
    """discord.py logs each lost connection with its whole traceback: the last line says it all."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and str(record.msg).startswith("Attempting a reconnect"):
            error = record.exc_info[1]
            record.msg = f"{record.getMessage()}: {' '.join(str(error).split()) if error else ''}"
            record.args = None
            record.exc_info = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


class _OneLineForTheUnanswerable(logging.Filter):
    """discord.py logs with its whole traceback that it could not offer choices to somebody who types faster."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if error is not None and (reason := unanswerable(error)) is not None:
            record.msg = f"an interaction stays without an answer: {reason}"
            record.args = None
            record.exc_info = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


def set_up_logging(settings: Settings) -> None:
    """Log to standard error: our own loggers at ``log_level``, all others at WARNING, or INFO when debugging.

    discord.py's loggers print what people typed at DEBUG: they never go below INFO.
    """
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # it has no voice to support
    handler = logging.StreamHandler()
    as_lines = DiscreetFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    handler.setFormatter(JsonFormatter() if settings.log_format == "json" else as_lines)
    logging.basicConfig(handlers=[handler], level=logging.WARNING)
    for name in ("bot", "cogs", "storage"):
        logging.getLogger(name).setLevel(settings.log_level)
    others = {"DEBUG": "INFO", "ERROR": "ERROR"}.get(settings.log_level, "WARNING")
    logging.getLogger("discord").setLevel(others)
    logging.getLogger("discord.client").addFilter(_OneLineForReconnects())
    logging.getLogger("discord.app_commands.tree").addFilter(_OneLineForTheUnanswerable())
