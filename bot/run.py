"""``focalbot run``: starts the bot, keeps trying while Discord is away, and ends in order."""

import asyncio
import gc
import logging
import re
import signal
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Final

import aiohttp
import discord
from discord.backoff import ExponentialBackoff

from bot import heap
from bot.app import DatabaseInUseError, Focalbot, create_bot
from bot.service_manager import ServiceManager
from bot.settings import Settings
from bot.takeover import ConsentNeededError, SupersededError
from bot.texts import read_catalogues
from storage.errors import (
    DatabaseDamagedError,
    DatabaseTooNewError,
    DatabaseUnusableError,
    DiskFullError,
    MigrationError,
    cause_in_the_file,
)

_log: Final = logging.getLogger("bot.run")

TOKEN_FORM: Final = re.compile(r"[\w-]{18,}\.[\w-]{4,}\.[\w-]{20,}")
LONGEST_WAIT: Final = 60.0
"""Seconds between two attempts to reach Discord, at most."""
TOO_MANY_REQUESTS: Final = 429
AUTHENTICATION_FAILED: Final = 4004

WHERE_TOKENS_ARE: Final = "Discord's developer portal, your application, Bot, Reset Token"


SUPERSEDED: Final = 3
"""The exit code of a bot that has given way to another: systemd is told not to start it again (docs/copies.md)."""


class CannotStartError(Exception):
    """The bot cannot run as it is set up; the message is one line that says what to do. ``code`` is the exit code."""

    def __init__(self, line: str, code: int = 1) -> None:
        super().__init__(line)
        self.code = code


def check_token(settings: Settings) -> str:
    """Return the token, or raise CannotStartError where it is missing or cannot be one."""
    token = settings.discord_token.get_secret_value().strip() if settings.discord_token is not None else ""
    if not token:
        raise CannotStartError(f"DISCORD_TOKEN is not set: put it in .env (from {WHERE_TOKENS_ARE})")
    if not TOKEN_FORM.fullmatch(token):
        raise CannotStartError(
            "DISCORD_TOKEN is not a bot token, which has three parts joined by dots:"
            f" copy it again from {WHERE_TOKENS_ARE}"
        )
    return token


async def run(settings: Settings, *, take_over: bool = False) -> None:
    """Run the bot until SIGTERM or SIGINT asks it to end; a second signal ends it at once.

    ``take_over``: it takes the place of whatever runs on another copy of its database.
    Raises CannotStartError when trying again would not help.
    """
    token = check_token(settings)
    loop = asyncio.get_running_loop()
    asked_to_end = asyncio.Event()
    signals = (signal.SIGTERM, signal.SIGINT)

    manager = ServiceManager.of_environment()

    def ask_to_end() -> None:
        asked_to_end.set()
        manager.ending()
        for number in signals:
            loop.remove_signal_handler(number)

    for number in signals:
        loop.add_signal_handler(number, ask_to_end)
    async with _watched(settings) as watch:
        await _keep_serving(settings, asked_to_end, token, manager, watch, take_over=take_over)


@asynccontextmanager
async def _watched(settings: Settings) -> AsyncGenerator[Callable[[Focalbot], None]]:
    """Serve whatever watches the bot, where there is a port for it; yield what is told of each bot that is made."""
    if settings.health_port is None:
        yield lambda _: None
        return
    from bot.monitoring.endpoint import Endpoint, PortInUseError  # noqa: PLC0415 - only where somebody watches

    try:
        async with Endpoint(settings.health_port) as endpoint:

            def watch(bot: Focalbot) -> None:
                endpoint.bot = bot
                bot.work.observe = endpoint.metrics.observe

            yield watch
    except PortInUseError as error:
        raise CannotStartError(
            f"HEALTH_PORT {settings.health_port} is used by another program: stop that one, or name another port"
        ) from error


async def _keep_serving(
    settings: Settings,
    asked_to_end: asyncio.Event,
    token: str,
    manager: ServiceManager,
    watch: Callable[[Focalbot], None],
    *,
    take_over: bool,
) -> None:
    """Serve with one bot after the other, each until Discord cannot be reached any more, until asked to end."""
    backoff = ExponentialBackoff[bool]()
    while not asked_to_end.is_set():
        bot = create_bot(settings, take_over=take_over)
        bot.outbox.alive = manager.alive if manager.listens else None
        watch(bot)
        manager.trying()
        try:
            await _serve_until(asked_to_end, bot, token)
        except Exception as error:
            if not _may_heal(error):
                code = SUPERSEDED if isinstance(error, SupersededError | ConsentNeededError) else 1
                raise CannotStartError(explain(error, settings), code) from error
            take_over = bot.takes_over
            delay = min(backoff.delay(), LONGEST_WAIT)
            _log.warning("Discord cannot be reached (%s): trying again in %.1f s", _in_a_line(error), delay)
            await _wait(asked_to_end, delay)


async def _serve_until(asked_to_end: asyncio.Event, bot: Focalbot, token: str) -> None:
    """Serve with ``bot`` until asked to end, and close it; raises what stopped it before that."""
    service = asyncio.create_task(_serve(bot, token))
    ending = asyncio.create_task(asked_to_end.wait())
    giving_way = asyncio.create_task(bot.gives_way.wait())
    await asyncio.wait({service, ending, giving_way}, return_when=asyncio.FIRST_COMPLETED)
    if asked_to_end.is_set():
        _log.info("asked to end: finishing what is being answered, then closing")
    ending.cancel()
    giving_way.cancel()
    if _connected_once(bot):
        # While close() finishes what was begun, people who ask anything new are still told to come back.
        await bot.close()
    service.cancel()
    (result,) = await asyncio.gather(service, return_exceptions=True)
    await bot.close()
    if bot.gives_way.is_set():
        raise SupersededError(bot.fence.superseded_by or 0)
    if isinstance(result, Exception) and not asked_to_end.is_set():
        raise result


async def _serve(bot: Focalbot, token: str) -> None:
    with heap.growing():
        await bot.login(token)
    settling = asyncio.create_task(_settle(bot))
    try:
        await _connect(bot)
    finally:
        settling.cancel()
        gc.unfreeze()


async def _settle(bot: Focalbot) -> None:
    """Do what a start need not wait for, and answers should not."""
    await bot.wait_until_ready()
    await asyncio.to_thread(read_catalogues)
    heap.tidy()


async def _connect(bot: Focalbot) -> None:
    """Stay connected to the gateway until the bot is closed.

    discord.py 2.7.1 retries every later failure itself; after the very first one it waits, then reads an
    attribute of the connection that never was.
    """
    backoff = ExponentialBackoff[bool]()
    while not bot.is_closed():
        try:
            await bot.connect()
        except AttributeError:
            if _connected_once(bot):
                raise
            await asyncio.sleep(min(backoff.delay(), LONGEST_WAIT))


def _connected_once(bot: Focalbot) -> bool:
    return getattr(bot, "ws", None) is not None


async def _wait(event: asyncio.Event, seconds: float) -> None:
    # Not wait_for: on Python 3.11 it swallows a cancellation that comes as the event is set.
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()


def _may_heal(error: Exception) -> bool:
    """Whether ``error`` is the network's or Discord's, so that the same attempt may work later."""
    if cause_in_the_file(error) is not None:
        return False
    if isinstance(error, discord.HTTPException):
        return error.status >= 500 or error.status == TOO_MANY_REQUESTS  # noqa: PLR2004 - HTTP's own boundary
    return isinstance(
        error, aiohttp.ClientError | OSError | TimeoutError | discord.GatewayNotFound | discord.RateLimited
    )


def explain(error: Exception, settings: Settings) -> str:
    """Return the one line that tells an operator why the bot does not run and what to do.

    Anything unforeseen is raised again: its traceback belongs in a report.
    """
    if (cause := cause_in_the_file(error)) is not None:
        return f"DATABASE_PATH {settings.database_path} cannot be used: {remedy(cause)}"
    refused = f"Discord refuses the token in DISCORD_TOKEN: copy it again from {WHERE_TOKENS_ARE}"
    match error:
        case discord.LoginFailure():
            return refused
        case discord.ConnectionClosed() if error.code == AUTHENTICATION_FAILED:
            return refused
        case discord.HTTPException():
            return f"Discord refuses to start the bot: {_in_a_line(error)}"
        case SupersededError() | ConsentNeededError():
            return _explain_copies(error, settings.database_path)
        case DatabaseInUseError() | DatabaseTooNewError() | MigrationError():
            return _explain_database(error, settings.database_path)
        case _:
            raise error


def _explain_copies(error: SupersededError | ConsentNeededError, path: Path) -> str:
    if isinstance(error, SupersededError):
        return (
            f"another bot has taken over with a copy of {path} (generation {error.number}): this one has stopped. To go"
            " back to this copy, and lose what the other one knows, stop the other one and start this one with focalbot"
            " run --take-over"
        )
    return (
        f"{path} is a copy, and no secretariat's channel can be written in to stop the bot that it was copied from:"
        " make sure that no other one runs, then start with focalbot run --take-over"
    )


def remedy(error: DatabaseUnusableError) -> str:
    """Return what is wrong with a database file and what an operator does about it."""
    match error:
        case DatabaseDamagedError():
            return f"it is damaged ({error}): restore the last good backup with focalbot restore FILE"
        case DiskFullError():
            return f"there is no room on the disk ({error}): make room, then try again"
        case _:
            return f"{error}: check the path and its permissions"


def _explain_database(error: DatabaseInUseError | DatabaseTooNewError | MigrationError, path: Path) -> str:
    match error:
        case DatabaseInUseError():
            return f"another focalbot runs on {path}: stop it first, or set another DATABASE_PATH"
        case DatabaseTooNewError():
            return (
                f"{path} was written by a newer focalbot (schema {error.found}, this one knows {error.known}):"
                " install that version again, or restore an older backup"
            )
        case MigrationError():
            return (
                f"{path} could not be upgraded ({_in_a_line(error)}): nothing was changed."
                " Install the version before again, and report this line"
            )


def _in_a_line(error: BaseException) -> str:
    return " ".join(str(error).split()) or type(error).__name__
