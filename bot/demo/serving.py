"""Starts the demo, serves its page until it is ended, and ends within two seconds."""

import asyncio
import signal
import socket
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from aiohttp import web
from discord.ext import commands
from simcord.env import Env

from bot.charts.figures import demonstration
from bot.demo.apscheduler_clock import apscheduler_follows_discord, machine_now
from bot.demo.mailbox import Mailbox
from bot.demo.running import Mails, RunningDemo
from bot.demo.saved import Saved, load
from bot.demo.tour import StepsOf, no_steps
from bot.demo.web import application
from bot.demo.world import Account, World, build_server

_PATIENCE: Final = 1.0


class CannotStartDemoError(Exception):
    """The demo cannot start; the message is one line that says why."""


async def no_address(_bot: commands.Bot, _guild_id: int, _account: Account) -> str:
    """Say that the bot writes to nobody by e-mail."""
    return ""


@dataclass(frozen=True, slots=True)
class Demo:
    """What the demo runs, and where it is kept.

    ``make_bot`` makes the bot, given the demo's own mail server as SMTP_URL has it. ``furnish`` makes the database anew
    for a world, before the bot starts, when either half of what is kept is absent: ``database``, or ``saved``, the
    in-memory Discord. ``next_reminder`` tells when the bot owes its next message; ``explain`` says in one line why it
    could not start, or raises again what nobody foresaw. ``steps_of`` tells which steps of the tour somebody has taken,
    and ``address_of`` at which address the bot writes to somebody in that network ("": at none). ``started`` is called
    once the bot is ready, and ``prepare`` is done on a thread then, so that nobody waits for it later.
    """

    make_bot: Callable[[str], commands.Bot]
    furnish: Callable[[World], Awaitable[None]]
    database: Path
    saved: Path
    next_reminder: Callable[[commands.Bot], datetime | None]
    explain: Callable[[Exception], str]
    steps_of: StepsOf = no_steps
    address_of: Callable[[commands.Bot, int, Account], Awaitable[str]] = no_address
    started: Callable[[commands.Bot], None] = lambda _: None
    prepare: Callable[[], None] | None = None


def listen(port: int) -> socket.socket:
    """Take the loopback ``port`` (0: any that is free). Raises OSError where it is taken."""
    return socket.create_server(("127.0.0.1", port))


async def serve(demo: Demo, listener: socket.socket, ready: Callable[[str], None], stop: asyncio.Event) -> None:
    """Show the demo on ``listener`` until ``stop`` is set; ``ready`` is told its address.

    Raises CannotStartDemoError, or UnreadableWorldError where the saved world is another version's.
    """
    with apscheduler_follows_discord(), demonstration():
        async with AsyncExitStack() as stack:
            running = await _start(demo, listener, stack)
            ready(f"http://127.0.0.1:{listener.getsockname()[1]}")
            clock = asyncio.create_task(running.run())
            if demo.prepare is not None:
                stack.push_async_callback(asyncio.wait, {asyncio.create_task(asyncio.to_thread(demo.prepare))})
            ended = asyncio.create_task(stop.wait())
            await asyncio.wait({clock, ended}, return_when=asyncio.FIRST_COMPLETED)
            for task in (clock, ended):
                task.cancel()
            failures = await asyncio.gather(clock, ended, return_exceptions=True)
        for failure in failures:
            if isinstance(failure, Exception):
                raise failure


async def _start(demo: Demo, listener: socket.socket, stack: AsyncExitStack) -> RunningDemo:
    port = listener.getsockname()[1]
    mailbox = Mailbox()
    url = await mailbox.open()
    stack.callback(mailbox.close)
    bot = demo.make_bot(url)
    env = Env(bot, check_errors=False)
    kept = load(demo.saved)
    saved = kept or Saved(build_server(env), {})
    vars(env.backend).update(saved.state)
    mailbox.keep_in(saved.mails, env.now)
    try:
        if kept is None or not demo.database.exists():
            await demo.furnish(saved.world)
        env.backend.advance_clock((machine_now() + saved.ahead - env.now()).total_seconds())
        await env.start()
        demo.started(bot)
    except Exception as error:
        await bot.close()
        raise CannotStartDemoError(demo.explain(error)) from error
    stack.push_async_callback(env.shutdown)
    stack.enter_context(env.time_context())
    mails = Mails(mailbox, partial(demo.address_of, bot, saved.world.guild_id))
    running = RunningDemo(env, saved, demo.saved, port, lambda: demo.next_reminder(bot), demo.steps_of, mails)
    stack.callback(running.save)
    stack.push_async_callback(bot.close)
    await running.open()
    running.save()
    stack.push_async_callback(running.previews.close)
    runner = web.AppRunner(application(running, port), access_log=None, shutdown_timeout=0.2)
    await runner.setup()
    stack.push_async_callback(runner.cleanup)
    stack.push_async_callback(_finish, running)
    await web.SockSite(runner, listener).start()
    return running


async def _finish(running: RunningDemo) -> None:
    # What is being done is finished; a journey of weeks is not waited for.
    with suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            await running.lock.acquire()


def serve_until_signal(demo: Demo, listener: socket.socket, ready: Callable[[str], None]) -> None:
    """Show the demo until Ctrl-C or SIGTERM."""

    async def main() -> None:
        stop = asyncio.Event()
        for name in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
        await serve(demo, listener, ready, stop)

    asyncio.run(main())
