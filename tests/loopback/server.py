"""A small Discord on 127.0.0.1 that a real discord.py process can be pointed at."""

from __future__ import annotations

import asyncio
import json
from email.utils import formatdate
from types import TracebackType
from typing import Any, Self

from aiohttp import BodyPartReader, web

from tests.loopback.callbacks import Callbacks
from tests.loopback.clock import PacedClock
from tests.loopback.faults import Fault, Faults, Request, Trouble
from tests.loopback.gateway import Gateway
from tests.loopback.interactions import Answer, Interactions
from tests.loopback.messages import Messages
from tests.loopback.rest import PREFIX, Arrived, Handler, Refusal, Rest
from tests.loopback.world import (
    EVERYTHING,
    MANAGE_SERVER,
    ORDINARY,
    Channel,
    Guild,
    Message,
    Role,
    User,
    World,
)
from tests.patience import ELSEWHERE

UNAUTHENTICATED = ("/interactions/", "/webhooks/")


class LoopbackDiscord:
    """``async with LoopbackDiscord() as discord:`` serves REST at ``address`` and the gateway beside it.

    ``clock``: Discord's clock, the system's if left out. ``token`` is what it accepts; ``requests`` is every
    request that arrived and ``world.messages`` every message ever stored, deleted ones included.
    """

    def __init__(self, clock: PacedClock | None = None) -> None:
        self.clock = clock or PacedClock()
        self.world = World(self.clock)
        self.store = Messages(self.world)
        self.faults = Faults()
        self.gateway = Gateway(self)
        self.people = Interactions(self)
        self.token = self.world.token_for(self.world.bot.id)
        self.requests: list[Request] = []
        self.command_syncs = 0
        self.address = ""
        self.gateway_url = ""
        self._arrival = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self._announcing: set[asyncio.Task[None]] = set()
        self._delayed: dict[asyncio.Event, tuple[float, asyncio.Event | None]] = {}

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.router.add_get("/gateway/", self.gateway.connect)
        for (method, path), handler in {**Rest(self).routes(), **Callbacks(self).routes()}.items():
            app.router.add_route(method, PREFIX + path, self._served(handler))
        app.router.add_get("/attachments/{path:.*}", self._file)
        app.router.add_route("*", PREFIX + "/{path:.*}", self._served(_unserved))
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.address = f"http://{host}:{port}"
        self.gateway_url = f"ws://{host}:{port}/gateway/"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.gateway.close()
        assert self._runner is not None
        await self._runner.cleanup()
        self._runner = None

    # The world, as a test furnishes it.

    def add_user(self, name: str, guild: Guild | None = None, *roles: Role, locale: str = "en-US") -> User:
        """Somebody new, a member of ``guild`` with ``roles`` where given."""
        user = User(self.world.snowflake(), name, locale=locale)
        self.world.users[user.id] = user
        if guild is not None:
            guild.members[user.id] = [role.id for role in roles]
        return user

    def add_guild(self, name: str) -> Guild:
        """A server with an owner, @everyone, and the bot with every permission but administrator."""
        guild = Guild(self.world.snowflake(), name, self.add_user(f"Owner of {name}"))
        guild.roles[guild.id] = Role(guild.id, "@everyone", ORDINARY)
        bots = Role(self.world.snowflake(), self.world.bot.name, EVERYTHING & ~(1 << 3), managed=True)
        guild.roles[bots.id] = bots
        guild.members = {guild.owner.id: [], self.world.bot.id: [bots.id]}
        self.world.guilds[guild.id] = guild
        return guild

    def add_channel(self, guild: Guild, name: str) -> Channel:
        """A text channel of ``guild``."""
        channel = Channel(self.world.snowflake(), name, guild)
        guild.channels[channel.id] = self.world.channels[channel.id] = channel
        return channel

    def add_role(self, guild: Guild, name: str, *, manage_server: bool = False) -> Role:
        """A role of ``guild``."""
        role = Role(self.world.snowflake(), name, MANAGE_SERVER if manage_server else 0)
        guild.roles[role.id] = role
        return role

    def messages(self, channel: Channel) -> list[Message]:
        """What anyone reading ``channel`` sees now, oldest first."""
        return self.world.in_channel(channel)

    def direct_messages(self, user: User) -> list[Message]:
        """What ``user`` sees in their direct messages with the bot, oldest first."""
        return self.world.in_channel(self.world.direct_channel(user))

    async def arrived(self, method: str, start: str, timeout: float = ELSEWHERE) -> Request:  # noqa: ASYNC109
        """Wait for a request with this method whose path starts with ``start``; returns the last such."""

        def last() -> Request | None:
            matching = (r for r in reversed(self.requests) if r.method == method and r.path.startswith(start))
            return next(matching, None)

        async with asyncio.timeout(timeout), self._arrival:
            found = await self._arrival.wait_for(last)
        assert found is not None
        return found

    async def say(self, user: User, channel: Channel, content: str) -> Message:
        """``user`` writes a message in ``channel``."""
        message = self.store.store(channel, user, {"content": content})
        await self.gateway.dispatch("MESSAGE_CREATE", self._message_event(message))
        return message

    async def slash(self, user: User, channel: Channel, command: str, **options: Any) -> Answer:
        """``user`` types ``/command``; returns the bot's answer (``people`` has clicks, forms, autocomplete)."""
        return await self.people.slash(user, channel, command, **options)

    def announce_message(self, message: Message) -> None:
        """Tell the bot of its own message, as Discord does, without making its answer wait for that."""
        task = asyncio.create_task(self.gateway.dispatch("MESSAGE_CREATE", self._message_event(message)))
        self._announcing.add(task)
        task.add_done_callback(self._announcing.discard)

    def _message_event(self, message: Message) -> dict[str, Any]:
        event = dict(message.payload)
        guild = message.channel.guild
        if guild is not None:
            event["guild_id"] = str(guild.id)
            event["member"] = self.world.member_payload(guild, message.author, with_user=False)
        return event

    def requested(self, method: str, path: str) -> list[Request]:
        """The requests so far with this method and exactly this path."""
        return [r for r in self.requests if r.method == method and r.path == path]

    # Serving.

    async def _file(self, request: web.Request) -> web.Response:
        content = self.world.files.get(request.path)
        return web.Response(status=404) if content is None else web.Response(body=content)

    def _served(self, handler: Handler) -> Any:
        async def serve(request: web.Request) -> web.StreamResponse:
            arrived = await _read(request)
            record = Request(
                len(self.requests) + 1,
                request.method,
                request.path.removeprefix(PREFIX),
                arrived.query,
                arrived.body,
                self.world.time(),
            )
            self.requests.append(record)
            await self._finish_overdue()
            async with self._arrival:
                self._arrival.notify_all()
            fault = self.faults.for_request(record)
            record.trouble = None if fault is None else fault.trouble
            response = await self._answer(request, arrived, record, handler, fault)
            if response is None:
                assert request.transport is not None
                request.transport.abort()
                return web.Response(status=499)
            record.status = response.status
            response.headers["Date"] = formatdate(self.world.time(), usegmt=True)
            return response

        return serve

    async def _answer(
        self, request: web.Request, arrived: Arrived, record: Request, handler: Handler, fault: Fault | None
    ) -> web.Response | None:
        """The answer to give; None: the connection is to be cut instead."""
        if fault is not None:
            if fault.trouble is Trouble.DROP:
                return None
            if fault.trouble is Trouble.REFUSE:
                return _error(fault)
            if fault.trouble is Trouble.DELAY:
                return await self._done_late(fault, request, arrived, record, handler)
        done = await self._done(request, arrived, record, handler)
        if fault is not None and fault.trouble is Trouble.LOSE_ANSWER:
            return None
        if fault is not None and fault.trouble is Trouble.REFUSE_AFTER:
            return _error(fault)
        return done

    async def _done_late(self, fault: Fault, *what: Any) -> web.Response:
        done = asyncio.Event()
        self._delayed[done] = asyncio.get_running_loop().time() + fault.seconds, fault.not_before
        try:
            await asyncio.sleep(fault.seconds)
            if fault.not_before is not None:
                await fault.not_before.wait()
            return await self._done(*what)
        finally:
            del self._delayed[done]
            done.set()

    async def _finish_overdue(self) -> None:
        """Do first what was delayed until before now, so that no stall of this process makes it later still."""
        now = asyncio.get_running_loop().time()
        for done, (due, not_before) in list(self._delayed.items()):
            if due <= now and (not_before is None or not_before.is_set()):
                await done.wait()

    async def _done(self, request: web.Request, arrived: Arrived, record: Request, handler: Handler) -> web.Response:
        if not record.path.startswith(UNAUTHENTICATED) and not self._authorised(request):
            return _json({"message": "401: Unauthorized", "code": 0}, status=401)
        try:
            result = await handler(arrived)
        except Refusal as refusal:
            body = {"message": refusal.message, "code": refusal.code}
            return _json(body, status=refusal.status)
        return web.Response(status=204) if result is None else _json(result)

    def _authorised(self, request: web.Request) -> bool:
        return request.headers.get("Authorization") == f"Bot {self.token}"


def _json(body: Any, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """Without a charset in the content type: discord.py compares it whole."""
    content = json.dumps(body).encode()
    return web.Response(body=content, status=status, headers={"Content-Type": "application/json", **(headers or {})})


def _error(fault: Fault) -> web.Response:
    body: dict[str, Any] = {"message": f"scripted: {fault.status}", "code": fault.code}
    headers = {}
    if fault.status == 429:
        body |= {"message": "You are being rate limited.", "retry_after": fault.seconds, "global": False}
        headers["Via"] = "1.1 google"
    return _json(body, status=fault.status, headers=headers)


async def _read(request: web.Request) -> Arrived:
    files: list[tuple[str, bytes]] = []
    body: Any = None
    if request.content_type.startswith("multipart/"):
        async for part in await request.multipart():
            assert isinstance(part, BodyPartReader), "a part within a part"
            if part.name == "payload_json":
                body = json.loads(await part.text())
            else:
                files.append((part.filename or "file", bytes(await part.read())))
    elif request.can_read_body:
        raw = await request.read()
        body = json.loads(raw) if raw else None
    return Arrived(request, body, files)


async def _unserved(arrived: Arrived) -> Any:
    request = arrived.request
    raise Refusal(501, 0, f"the loopback Discord does not serve {request.method} {request.path}")
