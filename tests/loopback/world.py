"""What the loopback Discord knows: servers, channels, people, and every message ever stored."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.loopback.clock import DISCORD_EPOCH, PacedClock

Payload = dict[str, Any]

APPLICATION_ID = 1_000_000_000_000_000_001
EVERYTHING = (1 << 53) - 1
ADMINISTRATOR = 1 << 3
MANAGE_SERVER = 1 << 5
ORDINARY = sum(1 << bit for bit in (6, 10, 11, 14, 15, 16, 18, 31))  # read, write, react, use commands
TEXT, DIRECT = 0, 1


@dataclass
class User:
    """Somebody with an account. ``direct_messages`` False: a message to them is refused with 50007."""

    id: int
    name: str
    bot: bool = False
    locale: str = "en-US"
    direct_messages: bool = True

    def payload(self) -> Payload:
        """The user as Discord writes it."""
        return {
            "id": str(self.id),
            "username": self.name,
            "global_name": None if self.bot else self.name,
            "discriminator": "0",
            "avatar": None,
            "bot": self.bot,
        }


@dataclass
class Role:
    """A role of a server; ``permissions`` is Discord's bit field."""

    id: int
    name: str
    permissions: int = 0
    managed: bool = False

    def payload(self) -> Payload:
        """The role as Discord writes it."""
        return {
            "id": str(self.id),
            "name": self.name,
            "permissions": str(self.permissions),
            "managed": self.managed,
            "color": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "mentionable": False,
            "position": 1,
            "flags": 0,
        }


@dataclass
class Channel:
    """A text channel of a server, or the direct messages between the bot and ``recipient``."""

    id: int
    name: str
    guild: Guild | None = None
    recipient: User | None = None
    overwrites: list[Payload] = field(default_factory=list)
    deleted: bool = False
    last_message_id: int | None = None

    def payload(self) -> Payload:
        """The channel as Discord writes it."""
        last = {"last_message_id": str(self.last_message_id) if self.last_message_id else None}
        if self.recipient is not None:
            return {"id": str(self.id), "type": DIRECT, "recipients": [self.recipient.payload()], **last}
        assert self.guild is not None
        return {
            "id": str(self.id),
            "type": TEXT,
            "guild_id": str(self.guild.id),
            "name": self.name,
            "position": 0,
            "permission_overwrites": self.overwrites,
            "parent_id": None,
            "nsfw": False,
            "topic": None,
            **last,
        }


@dataclass
class Guild:
    """A server. ``members`` maps a user's id to the ids of the roles they hold there."""

    id: int
    name: str
    owner: User
    roles: dict[int, Role] = field(default_factory=dict[int, Role])
    channels: dict[int, Channel] = field(default_factory=dict[int, Channel])
    members: dict[int, list[int]] = field(default_factory=dict[int, list[int]])
    events: dict[int, Payload] = field(default_factory=dict[int, Payload])

    def permissions(self, user: User) -> int:
        """The permissions ``user`` has in the server as a whole."""
        if user.id == self.owner.id:
            return EVERYTHING
        granted = self.roles[self.id].permissions
        for role_id in self.members.get(user.id, []):
            granted |= self.roles[role_id].permissions
        return EVERYTHING if granted & ADMINISTRATOR else granted

    def permissions_in(self, channel: Channel, user: User) -> int:
        """The permissions ``user`` has in ``channel`` after its overwrites."""
        granted = self.permissions(user)
        if granted == EVERYTHING:
            return granted
        held = [self.id, *self.members.get(user.id, [])]
        for kind, targets in ((0, held), (1, [user.id])):
            matching = [o for o in channel.overwrites if o["type"] == kind and int(o["id"]) in targets]
            for overwrite in matching:
                granted &= ~int(overwrite["deny"])
            for overwrite in matching:
                granted |= int(overwrite["allow"])
        return granted


@dataclass
class Message:
    """One message that was stored, kept after deletion. ``payload`` is what Discord answers about it now.

    ``repeats``: when it was stored, one with the same nonce could be seen, there or in another channel.
    """

    id: int
    channel: Channel
    author: User
    payload: Payload
    stored_at: float
    nonce: str | None = None
    ephemeral: bool = False
    deleted: bool = False
    repeats: bool = False
    edits: list[Payload] = field(default_factory=list[Payload])

    @property
    def can_be_seen(self) -> bool:
        """Whether neither the message nor its channel has been deleted."""
        return not self.deleted and not self.channel.deleted

    @property
    def content(self) -> str:
        """The text of the message, without its embeds."""
        return str(self.payload["content"])

    @property
    def embeds(self) -> list[Payload]:
        """The embeds as they were sent."""
        return list(self.payload["embeds"])

    def custom_ids(self) -> list[str]:
        """The ``custom_id`` of every button and select on the message, in order."""
        return list(_custom_ids(self.payload["components"]))


def _custom_ids(components: Iterable[Payload]) -> Iterator[str]:
    for component in components:
        if "custom_id" in component:
            yield str(component["custom_id"])
        yield from _custom_ids(component.get("components", []))


class World:
    """Everything the loopback Discord stores, and the only maker of its snowflakes."""

    def __init__(self, clock: PacedClock) -> None:
        self.clock = clock
        self.skew = 0.0
        self.bot = User(APPLICATION_ID, "focalbot", bot=True)
        self.users: dict[int, User] = {self.bot.id: self.bot}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.messages: list[Message] = []
        self.commands: list[Payload] = []
        self.files: dict[str, bytes] = {}
        self._by_id: dict[int, Message] = {}
        self._by_channel: dict[int, list[Message]] = {}
        self._last_snowflake = 0

    def time(self) -> float:
        """Unix seconds on Discord's clock, which is ``skew`` seconds ahead of the test's."""
        return self.clock.time() + self.skew

    def snowflake(self) -> int:
        """A new id, larger than every one before."""
        stamp = int((self.time() - DISCORD_EPOCH) * 1000) << 22
        self._last_snowflake = max(stamp, self._last_snowflake + 1)
        return self._last_snowflake

    def timestamp(self) -> str:
        """Now as Discord writes instants."""
        return datetime.fromtimestamp(self.time(), UTC).isoformat()

    def token_for(self, token_id: int) -> str:
        """A bot token in Discord's form for the application ``token_id``."""
        head = base64.b64encode(str(token_id).encode()).decode().rstrip("=")
        return f"{head}.GLoop0.abcdefghijklmnopqrstuvwxyz0123456789AB"

    def direct_channel(self, user: User) -> Channel:
        """The direct messages between the bot and ``user``, opened at the first call."""
        for channel in self.channels.values():
            if channel.recipient is user:
                return channel
        channel = Channel(self.snowflake(), user.name, recipient=user)
        self.channels[channel.id] = channel
        return channel

    def keep(self, message: Message) -> None:
        """Store ``message`` for good."""
        self.messages.append(message)
        if not message.ephemeral:
            message.channel.last_message_id = message.id
        self._by_id[message.id] = message
        self._by_channel.setdefault(message.channel.id, []).append(message)

    def message(self, message_id: int) -> Message | None:
        """The message with this id, if it was stored and not deleted since."""
        found = self._by_id.get(message_id)
        return None if found is None or found.deleted else found

    def in_channel(self, channel: Channel) -> list[Message]:
        """What anyone reading ``channel`` sees, oldest first."""
        return [m for m in self._by_channel.get(channel.id, []) if not m.deleted and not m.ephemeral]

    def member_payload(self, guild: Guild, user: User, *, with_user: bool = True) -> Payload:
        """``user`` as a member of ``guild``, as Discord writes it."""
        payload: Payload = {
            "roles": [str(role_id) for role_id in guild.members.get(user.id, [])],
            "joined_at": "2021-01-01T00:00:00+00:00",
            "nick": None,
            "avatar": None,
            "deaf": False,
            "mute": False,
            "flags": 0,
        }
        if with_user:
            payload["user"] = user.payload()
        return payload

    def guild_payload(self, guild: Guild) -> Payload:
        """``guild`` as GUILD_CREATE carries it without the members intent: the bot is the only member."""
        return {
            "id": str(guild.id),
            "name": guild.name,
            "owner_id": str(guild.owner.id),
            "unavailable": False,
            "member_count": len(guild.members),
            "preferred_locale": "en-US",
            "system_channel_id": None,
            "system_channel_flags": 0,
            "features": [],
            "emojis": [],
            "stickers": [],
            "threads": [],
            "roles": [role.payload() for role in guild.roles.values()],
            "channels": [c.payload() for c in guild.channels.values() if not c.deleted],
            "members": [self.member_payload(guild, self.bot)],
            "guild_scheduled_events": list(guild.events.values()),
        }
