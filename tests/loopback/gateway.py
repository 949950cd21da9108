"""The websocket half: HELLO, IDENTIFY, RESUME with replay, heartbeats, member requests."""

from __future__ import annotations

import asyncio
import contextlib
import json
from dataclasses import dataclass, field
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from aiohttp import WSMsgType, web

from tests.loopback.world import Payload
from tests.patience import MOMENT

if TYPE_CHECKING:
    from tests.loopback.server import LoopbackDiscord

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, REQUEST_MEMBERS = 0, 1, 2, 6, 7, 8
INVALID_SESSION, HELLO, HEARTBEAT_ACK = 9, 10, 11
AUTHENTICATION_FAILED, DISALLOWED_INTENTS = 4004, 4014
PRIVILEGED = (1 << 1) | (1 << 8) | (1 << 15)


@dataclass
class Session:
    """One identified session and all that was dispatched to it, for a RESUME to replay what was missed."""

    id: str
    intents: int
    socket: web.WebSocketResponse | None
    events: list[Payload] = field(default_factory=list[Payload])

    async def dispatch(self, name: str, data: Any) -> None:
        """Send an event, or only remember it while the connection is away."""
        event = {"op": DISPATCH, "t": name, "s": len(self.events) + 1, "d": data}
        self.events.append(event)
        await self.deliver(event)

    async def deliver(self, packet: Payload) -> None:
        """Send ``packet`` if the connection is there."""
        if self.socket is not None and not self.socket.closed:
            with contextlib.suppress(ConnectionError):
                await self.socket.send_str(json.dumps(packet))


class Gateway:
    """Accepts the bot's websocket.

    ``refuse_connections``: how many of the next connections are answered 503 (aiohttp itself
    tries a connection that is only dropped once more).
    ``identified`` and ``resumed`` count; ``heartbeats`` counts what was acknowledged.
    """

    def __init__(self, discord: LoopbackDiscord) -> None:
        self.discord = discord
        self.sessions: dict[str, Session] = {}
        self.current: Session | None = None
        self.refuse_connections = 0
        self.attempts = 0
        self.identified = 0
        self.resumed = 0
        self.heartbeats = 0
        self.heartbeat_interval = 41.25
        self._changed = asyncio.Condition()
        self._sockets: dict[web.WebSocketResponse, asyncio.Transport] = {}

    @property
    def connected(self) -> bool:
        """Whether a bot that has had READY is listening now."""
        return self.current is not None and self.current.socket is not None and not self.current.socket.closed

    async def wait_connected(self, timeout: float) -> None:  # noqa: ASYNC109 - one wait, one limit
        """Return once a bot that has had READY is connected; TimeoutError otherwise."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(lambda: self.connected)

    async def wait_identified(self, count: int, timeout: float) -> None:  # noqa: ASYNC109
        """Return once the bot has identified ``count`` times in all and had READY; TimeoutError otherwise."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(lambda: self.identified >= count)

    async def wait_resumed(self, count: int, timeout: float) -> None:  # noqa: ASYNC109
        """Return once ``count`` connections in all have been resumed; TimeoutError otherwise."""
        async with asyncio.timeout(timeout), self._changed:
            await self._changed.wait_for(lambda: self.resumed >= count)

    async def dispatch(self, name: str, data: Any) -> None:
        """Send an event to the bot, or keep it for a RESUME."""
        if self.current is not None:
            await self.current.dispatch(name, data)

    async def drop(self) -> None:
        """Cut the bot's connection without a close frame; the session can be resumed."""
        if self.current is not None and self.current.socket is not None:
            socket, self.current.socket = self.current.socket, None
            self._sockets[socket].abort()

    async def ask_to_reconnect(self) -> None:
        """Send RECONNECT, as Discord does before it moves a client to another machine."""
        if self.current is not None:
            await self.current.deliver({"op": RECONNECT, "d": None})

    async def invalidate(self) -> None:
        """Forget the session and say so: the bot must identify again."""
        if self.current is not None:
            session, self.current = self.current, None
            self.sessions.pop(session.id, None)
            await session.deliver({"op": INVALID_SESSION, "d": False})

    async def close(self) -> None:
        """Cut every connection for good."""
        for socket in list(self._sockets):
            await socket.close(code=1001)

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one websocket from HELLO to its end."""
        self.attempts += 1
        if self.refuse_connections > 0:
            self.refuse_connections -= 1
            return web.Response(status=503, headers=self._date())
        socket = web.WebSocketResponse(timeout=MOMENT)
        socket.headers.update(self._date())
        try:
            await socket.prepare(request)
        except ConnectionError:
            return web.Response(status=499)  # it died while it connected
        assert isinstance(request.transport, asyncio.Transport)
        self._sockets[socket] = request.transport
        hello = {"op": HELLO, "d": {"heartbeat_interval": int(self.heartbeat_interval * 1000)}}
        try:
            await socket.send_str(json.dumps(hello))
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._received(socket, json.loads(message.data))
        except ConnectionError:
            pass
        finally:
            self._sockets.pop(socket, None)
            for session in self.sessions.values():
                if session.socket is socket:
                    session.socket = None
        return socket

    def _date(self) -> dict[str, str]:
        """Discord's time, in place of aiohttp's own, which is the system's."""
        return {"Date": formatdate(self.discord.world.time(), usegmt=True)}

    async def _received(self, socket: web.WebSocketResponse, packet: Payload) -> None:
        data = packet.get("d")
        match packet["op"]:
            case 1:
                self.heartbeats += 1
                await socket.send_str(json.dumps({"op": HEARTBEAT_ACK, "d": None}))
            case 2:
                await self._identify(socket, data)
            case 6:
                await self._resume(socket, data)
            case 8:
                await self._members(data)
            case _:
                pass

    async def _identify(self, socket: web.WebSocketResponse, data: Any) -> None:
        if data["token"] != self.discord.token:
            await socket.close(code=AUTHENTICATION_FAILED)
            return
        if data["intents"] & PRIVILEGED:
            await socket.close(code=DISALLOWED_INTENTS)
            return
        session = Session(f"session{self.identified + 1}", data["intents"], socket)
        self.sessions[session.id] = self.current = session
        world = self.discord.world
        joined = [guild for guild in world.guilds.values() if world.bot.id in guild.members]
        await session.dispatch(
            "READY",
            {
                "v": 10,
                "user": world.bot.payload(),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in joined],
                "session_id": session.id,
                "resume_gateway_url": self.discord.gateway_url,
                "application": {"id": str(world.bot.id), "flags": 0},
            },
        )
        for guild in joined:
            await session.dispatch("GUILD_CREATE", world.guild_payload(guild))
        async with self._changed:
            self.identified += 1
            self._changed.notify_all()

    async def _resume(self, socket: web.WebSocketResponse, data: Any) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None or data["token"] != self.discord.token:
            await socket.send_str(json.dumps({"op": INVALID_SESSION, "d": False}))
            return
        session.socket = socket
        self.current = session
        for event in session.events[int(data["seq"]) :]:
            await session.deliver(event)
        await session.dispatch("RESUMED", {"_trace": []})
        async with self._changed:
            self.resumed += 1
            self._changed.notify_all()

    async def _members(self, data: Any) -> None:
        world = self.discord.world
        guild = world.guilds[int(data["guild_id"])]
        wanted = data.get("user_ids")
        if wanted is not None:
            ids = [int(one) for one in (wanted if isinstance(wanted, list) else [wanted])]
        else:
            query = (data.get("query") or "").casefold()
            ids = [i for i in guild.members if world.users[i].name.casefold().startswith(query)]
        found = [world.users[one] for one in ids if one in guild.members]
        await self.dispatch(
            "GUILD_MEMBERS_CHUNK",
            {
                "guild_id": str(guild.id),
                "members": [world.member_payload(guild, user) for user in found],
                "not_found": [str(one) for one in ids if one not in guild.members],
                "chunk_index": 0,
                "chunk_count": 1,
                "nonce": data.get("nonce"),
            },
        )
