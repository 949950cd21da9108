"""What discord.py makes of Discord's payloads, without a bot: servers with roles, channels and people."""

from collections.abc import Sequence
from typing import Any

import discord

BOT = 99
NOTHING = discord.Permissions.none()
READING = discord.Permissions(view_channel=True)


def role(number: int, name: str, position: int, held: discord.Permissions = NOTHING, **more: Any) -> dict[str, Any]:
    colors = {"primary_color": 0, "secondary_color": None, "tertiary_color": None}
    fixed = {"color": 0, "colors": colors, "hoist": False, "flags": 0, "managed": False, "mentionable": True}
    return {"id": str(number), "name": name, "position": position, "permissions": str(held.value), **fixed, **more}


def overwrite(who: int, *, allow: discord.Permissions = NOTHING, deny: discord.Permissions = NOTHING) -> dict[str, Any]:
    kind = 1 if who == BOT else 0
    return {"id": str(who), "type": kind, "allow": str(allow.value), "deny": str(deny.value)}


def channel(number: int, name: str, *overwrites: dict[str, Any]) -> dict[str, Any]:
    fixed = {"type": 0, "position": 0, "parent_id": None, "topic": None, "nsfw": False}
    return {"id": str(number), "name": name, "permission_overwrites": list(overwrites), **fixed}


def user(number: int, name: str) -> dict[str, Any]:
    return {"id": str(number), "username": name, "discriminator": "0", "avatar": None, "global_name": None}


def member(number: int, name: str, *roles: int) -> dict[str, Any]:
    fixed = {"joined_at": None, "deaf": False, "mute": False, "flags": 0}
    return {"user": user(number, name), "roles": [str(one) for one in roles], **fixed}


def guild(
    number: int, roles: Sequence[dict[str, Any]], channels: Sequence[dict[str, Any]] = (), *held_by_bot: int
) -> discord.Guild:
    """Return a server in which the bot holds these roles."""
    state = discord.Client(intents=discord.Intents(guilds=True))._connection
    own: Any = user(BOT, "focalbot")
    state.user = discord.ClientUser(state=state, data=own)
    members = [member(BOT, "focalbot", *held_by_bot)]
    lists = {"roles": list(roles), "channels": list(channels), "members": members}
    data: Any = {"id": str(number), "name": "A network", "owner_id": "1", **lists}
    return discord.Guild(data=data, state=state)


def joined(server: discord.Guild, number: int, name: str, *roles: int) -> discord.Member:
    """Return a person who is on the server and holds these roles there."""
    data: Any = member(number, name, *roles)
    return discord.Member(data=data, guild=server, state=server._state)


def interaction(server: discord.Guild, by: dict[str, Any], *, locale: str, permissions: int = 0) -> discord.Interaction:
    """Return a command that a member (as :func:`member` makes one) typed on the server."""
    fixed = {"id": "1", "type": 2, "token": "", "version": 1, "application_id": "1", "attachment_size_limit": 0}
    data: Any = {**fixed, "locale": locale, "guild_id": str(server.id), "member": {**by, "permissions": permissions}}
    server._state._add_guild(server)
    return discord.Interaction(data=data, state=server._state)
