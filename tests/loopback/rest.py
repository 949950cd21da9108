"""The REST half of the loopback Discord: what this project asks for, and a loud 501 for anything else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.loopback.world import Channel, Guild, Payload, User

if TYPE_CHECKING:
    from tests.loopback.server import LoopbackDiscord

PREFIX = "/api/v10"
VIEW_CHANNEL, SEND_MESSAGES, READ_HISTORY = 1 << 10, 1 << 11, 1 << 16


class Refusal(Exception):  # noqa: N818 - it is Discord's answer, not our mistake
    """Discord refuses: HTTP ``status`` with its own error ``code``."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


def unknown(what: str, code: int) -> Refusal:
    """The 404 that Discord answers for an id it does not know."""
    return Refusal(404, code, f"Unknown {what}")


class Arrived:
    """A request's JSON and files, read once, whether sent as JSON or as a form."""

    def __init__(self, request: web.Request, body: Any, files: list[tuple[str, bytes]]) -> None:
        self.request = request
        self.body = body
        self.files = files
        self.query = dict(request.query)

    def id(self, name: str) -> int:
        """The snowflake called ``name`` in the path."""
        return int(self.request.match_info[name])

    def text(self, name: str) -> str:
        """The part of the path called ``name``."""
        return self.request.match_info[name]


Handler = Callable[[Arrived], Awaitable[Any]]


class Rest:
    """Discord's REST routes over one ``LoopbackDiscord``; a handler returns JSON, or None for 204."""

    def __init__(self, discord: LoopbackDiscord) -> None:
        self.discord = discord
        self.world = discord.world

    def routes(self) -> dict[tuple[str, str], Handler]:
        """Every route by method and path under ``/api/v10``."""
        message = "/channels/{channel}/messages/{message}"
        member = "/guilds/{guild}/members/{user}"
        event = "/guilds/{guild}/scheduled-events"
        return {
            ("GET", "/users/@me"): self.me,
            ("GET", "/oauth2/applications/@me"): self.application,
            ("GET", "/gateway/bot"): self.gateway,
            ("GET", "/users/{user}"): self.user,
            ("POST", "/users/@me/channels"): self.open_direct,
            ("PUT", "/applications/{application}/commands"): self.put_commands,
            ("GET", "/applications/{application}/commands"): self.get_commands,
            ("GET", "/channels/{channel}"): self.channel,
            ("GET", "/channels/{channel}/messages"): self.history,
            ("POST", "/channels/{channel}/messages"): self.post,
            ("GET", message): self.get_message,
            ("PATCH", message): self.edit,
            ("DELETE", message): self.delete,
            ("POST", "/channels/{channel}/typing"): self.typing,
            ("GET", "/guilds/{guild}"): self.guild,
            ("GET", "/guilds/{guild}/channels"): self.channels,
            ("GET", "/guilds/{guild}/roles"): self.roles,
            ("GET", member): self.member,
            ("PUT", member + "/roles/{role}"): self.give_role,
            ("DELETE", member + "/roles/{role}"): self.take_role,
            ("GET", event): self.events,
            ("POST", event): self.create_event,
            ("GET", event + "/{event}"): self.event,
            ("PATCH", event + "/{event}"): self.edit_event,
            ("DELETE", event + "/{event}"): self.delete_event,
        }

    async def me(self, _: Arrived) -> Payload:
        return {**self.world.bot.payload(), "verified": True, "mfa_enabled": False, "locale": "en-US"}

    async def application(self, _: Arrived) -> Payload:
        return {
            "id": str(self.world.bot.id),
            "name": "focalbot",
            "description": "",
            "icon": None,
            "bot_public": False,
            "bot_require_code_grant": False,
            "verify_key": "0" * 64,
            "flags": 0,
            "owner": User(self.world.bot.id - 1, "operator").payload(),
        }

    async def gateway(self, _: Arrived) -> Payload:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return {"url": self.discord.gateway_url, "shards": 1, "session_start_limit": limit}

    async def user(self, arrived: Arrived) -> Payload:
        return self._user(arrived.id("user")).payload()

    def _user(self, user_id: int) -> User:
        if user_id not in self.world.users:
            raise unknown("User", 10013)
        return self.world.users[user_id]

    def _channel(self, arrived: Arrived, needed: int = VIEW_CHANNEL) -> Channel:
        channel = self.world.channels.get(arrived.id("channel"))
        if channel is None or channel.deleted:
            raise unknown("Channel", 10003)
        if channel.guild is not None:
            if self.world.bot.id not in channel.guild.members:
                raise Refusal(403, 50001, "Missing Access")
            held = channel.guild.permissions_in(channel, self.world.bot)
            if not held & VIEW_CHANNEL:
                raise Refusal(403, 50001, "Missing Access")
            if needed & ~held:
                raise Refusal(403, 50013, "Missing Permissions")
        return channel

    def _guild(self, arrived: Arrived) -> Guild:
        guild = self.world.guilds.get(arrived.id("guild"))
        if guild is None or self.world.bot.id not in guild.members:
            raise unknown("Guild", 10004)
        return guild

    async def open_direct(self, arrived: Arrived) -> Payload:
        return self.world.direct_channel(self._user(int(arrived.body["recipient_id"]))).payload()

    async def put_commands(self, arrived: Arrived) -> list[Payload]:
        self.discord.command_syncs += 1
        known = {(c["name"], c["type"]): c["id"] for c in self.world.commands}
        self.world.commands = [
            {
                **command,
                "id": known.get((command["name"], command.get("type", 1))) or str(self.world.snowflake()),
                "type": command.get("type", 1),
                "application_id": str(self.world.bot.id),
                "version": str(self.world.snowflake()),
                "description": command.get("description", ""),
                "default_member_permissions": command.get("default_member_permissions"),
            }
            for command in arrived.body
        ]
        return self.world.commands

    async def get_commands(self, _: Arrived) -> list[Payload]:
        return self.world.commands

    async def channel(self, arrived: Arrived) -> Payload:
        return self._channel(arrived).payload()

    async def history(self, arrived: Arrived) -> list[Payload]:
        channel = self._channel(arrived)
        if channel.guild is not None:
            held = channel.guild.permissions_in(channel, self.world.bot)
            if not held & READ_HISTORY:
                return []
        return [message.payload for message in self.discord.store.history(channel, arrived.query)]

    async def post(self, arrived: Arrived) -> Payload:
        channel = self._channel(arrived, SEND_MESSAGES)
        if channel.recipient is not None and not channel.recipient.direct_messages:
            raise Refusal(403, 50007, "Cannot send messages to this user")
        body = arrived.body
        if not (body.get("content") or body.get("embeds") or body.get("poll") or arrived.files):
            raise Refusal(400, 50006, "Cannot send an empty message")
        stored = len(self.world.messages)
        message = self.discord.store.store(channel, self.world.bot, body, arrived.files)
        if len(self.world.messages) > stored:
            self.discord.announce_message(message)
        return message.payload

    async def get_message(self, arrived: Arrived) -> Payload:
        self._channel(arrived, READ_HISTORY)
        return self._message(arrived).payload

    def _message(self, arrived: Arrived) -> Any:
        message = self.world.message(arrived.id("message"))
        if message is None or message.ephemeral or message.channel.id != arrived.id("channel"):
            raise unknown("Message", 10008)
        return message

    async def edit(self, arrived: Arrived) -> Payload:
        self._channel(arrived)
        return self.discord.store.edit(self._message(arrived), arrived.body, arrived.files).payload

    async def delete(self, arrived: Arrived) -> None:
        self._channel(arrived)
        self._message(arrived).deleted = True

    async def typing(self, arrived: Arrived) -> None:
        self._channel(arrived)

    async def guild(self, arrived: Arrived) -> Payload:
        return self.world.guild_payload(self._guild(arrived))

    async def channels(self, arrived: Arrived) -> list[Payload]:
        return [c.payload() for c in self._guild(arrived).channels.values() if not c.deleted]

    async def roles(self, arrived: Arrived) -> list[Payload]:
        return [role.payload() for role in self._guild(arrived).roles.values()]

    def _member(self, arrived: Arrived) -> tuple[Guild, User]:
        guild = self._guild(arrived)
        user = self._user(arrived.id("user"))
        if user.id not in guild.members:
            raise unknown("Member", 10007)
        return guild, user

    async def member(self, arrived: Arrived) -> Payload:
        return self.world.member_payload(*self._member(arrived))

    async def give_role(self, arrived: Arrived) -> None:
        guild, user = self._member(arrived)
        if arrived.id("role") not in guild.roles:
            raise unknown("Role", 10011)
        if arrived.id("role") not in guild.members[user.id]:
            guild.members[user.id].append(arrived.id("role"))

    async def take_role(self, arrived: Arrived) -> None:
        guild, user = self._member(arrived)
        if arrived.id("role") in guild.members[user.id]:
            guild.members[user.id].remove(arrived.id("role"))

    async def events(self, arrived: Arrived) -> list[Payload]:
        return list(self._guild(arrived).events.values())

    async def create_event(self, arrived: Arrived) -> Payload:
        guild = self._guild(arrived)
        event_id = self.world.snowflake()
        guild.events[event_id] = {
            "channel_id": None,
            "entity_id": None,
            "entity_metadata": None,
            "status": 1,
            "creator_id": str(self.world.bot.id),
            "creator": self.world.bot.payload(),
            **arrived.body,
            "id": str(event_id),
            "guild_id": str(guild.id),
        }
        return guild.events[event_id]

    def _event(self, arrived: Arrived) -> tuple[Guild, int]:
        guild = self._guild(arrived)
        if arrived.id("event") not in guild.events:
            raise unknown("Guild Scheduled Event", 10070)
        return guild, arrived.id("event")

    async def event(self, arrived: Arrived) -> Payload:
        guild, event_id = self._event(arrived)
        return guild.events[event_id]

    async def edit_event(self, arrived: Arrived) -> Payload:
        guild, event_id = self._event(arrived)
        guild.events[event_id].update(arrived.body)
        return guild.events[event_id]

    async def delete_event(self, arrived: Arrived) -> None:
        guild, event_id = self._event(arrived)
        del guild.events[event_id]
