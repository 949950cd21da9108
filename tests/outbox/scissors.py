"""Cuts a bot off at its n-th step: a statement, a commit, a request or an SMTP command, before or after its effect."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import aiosmtplib

from bot.app import Focalbot
from bot.smtp.transport import MailTransport
from storage.read_batcher import ReadBatcher

STATEMENTS = ("execute", "execute_fetchall", "execute_insert", "executemany")


class Scissors:
    """Counts the steps of one bot from :meth:`arm` on; at the chosen one it is dead, and does nothing any more.

    Each statement and each request is two steps: before it (nothing happened) and after it (it happened, and the
    bot never learns so). A task that is cut off ends as a killed process does: without another statement.
    """

    def __init__(self, bot: Focalbot) -> None:
        self.steps = 0
        self.dead = False
        self.log: list[str] = []
        self._cut_at: int | None = None
        database = bot.services.database
        database._writer = Watched(database._writer, self)  # type: ignore[assignment]
        database._reader = Watched(database._reader, self)  # type: ignore[assignment]
        database._reads = ReadBatcher(database._reader)
        request = bot.http.request

        async def watched(route: Any, **options: Any) -> Any:
            return await self.step(f"{route.method} {route.path}", lambda: request(route, **options))

        bot.http.request = watched  # type: ignore[method-assign]
        if bot.services.mail is not None:
            self._watch_mail(bot.services.mail)

    def _watch_mail(self, mail: MailTransport) -> None:
        """Make each command of the conversation with the mail server a step, and the handing over of the content."""
        new_client, hand_over = mail._client, mail._hand_over

        def watched_client() -> aiosmtplib.SMTP:
            client = new_client()
            for name in ("connect", "mail", "rcpt", "execute_command"):
                setattr(client, name, self._watched(f"SMTP {name}", getattr(client, name)))
            return client

        mail._client = watched_client  # type: ignore[method-assign]
        mail._hand_over = self._watched("SMTP content", hand_over)  # type: ignore[method-assign]

    def _watched(self, what: str, real: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def watched(*arguments: Any, **options: Any) -> Any:
            return await self.step(what, lambda: real(*arguments, **options))

        return watched

    def arm(self, cut_at: int) -> None:
        self.steps, self._cut_at = 0, cut_at

    async def step(self, what: str, do: Callable[[], Awaitable[Any]]) -> Any:
        self._pass(f"before {what}")
        result = await do()
        self._pass(f"after {what}")
        return result

    def _pass(self, what: str) -> None:
        if self._cut_at is None:
            return
        if not self.dead:
            self.steps += 1
            self.log.append(what)
            self.dead = self.steps > self._cut_at
        if self.dead:
            raise asyncio.CancelledError


class Watched:
    """A connection whose statements are steps. Undoing and closing are not: a dead process's disk does these."""

    def __init__(self, connection: Any, scissors: Scissors) -> None:
        self._connection = connection
        self._scissors = scissors

    def __getattr__(self, name: str) -> Any:
        real = getattr(self._connection, name)
        if name not in STATEMENTS:
            return real

        async def watched(sql: str, *arguments: Any) -> Any:
            return await self._scissors.step(sql[:40], lambda: real(sql, *arguments))

        return watched
