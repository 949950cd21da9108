"""Where a message to a channel would go now, whom it would call there, and what stands in its way. Pure.

Asked before anything is promised: a channel or a role may have been deleted, or a permission taken, since ``/setup``.
"""

from dataclasses import dataclass
from typing import Final

import discord

from bot import permissions
from bot.commands import Command
from bot.delivery.assess import channel_of
from bot.texts import Listing, Markdown, Text, nt, t
from storage.models import Network

_CHANNELS: Final = Command("setup channels")
_ROLES: Final = Command("setup roles")
_WRITING: Final = {flag: permissions.CHANNEL[flag] for flag in ("view_channel", "send_messages", "embed_links")}


@dataclass(frozen=True, slots=True)
class Destination:
    """``channel_id`` is where the message goes, ``role_id`` whom it calls (None: nobody).

    Without a channel it goes nowhere, for the ``problem`` (None: no channel is set).

    With a channel, the ``problem`` is why the role cannot be called (None: it can, or none is to be called).
    """

    channel_id: int | None
    role_id: int | None = None
    problem: Text | None = None

    def goes_to(self) -> Text:
        """Say it above what goes out now."""
        if self.channel_id is None or self.problem is not None:
            return self.said()
        channel = Markdown(f"<#{self.channel_id}>")
        if self.role_id is None:
            return t("This goes to {channel} and calls nobody:", channel=channel)
        return t("This goes to {channel} and calls {role}:", channel=channel, role=Markdown(f"<@&{self.role_id}>"))

    def missing(self) -> Text | None:
        """Say why the message would go nowhere, and what to do; None where it has a channel."""
        if self.channel_id is not None:
            return None
        return self.problem or t(
            "No channel is set for announcements: a person who manages the server names one with {command}.",
            command=_CHANNELS,
        )

    def said(self) -> Text:
        """Say it above an announcement that is shown."""
        if self.channel_id is None and self.problem is None:
            return t(
                "Nothing will be announced, because no channel is set for announcements: a person who manages the"
                " server names one with {command}. This is what it would say:",
                command=_CHANNELS,
            )
        if self.channel_id is None:
            return t("Nothing will be announced. {problem} This is what it would say:", problem=self.problem or "")
        channel = Markdown(f"<#{self.channel_id}>")
        if self.role_id is not None:
            role = Markdown(f"<@&{self.role_id}>")
            return t("One message goes to {channel} and calls {role}:", channel=channel, role=role)
        if self.problem is not None:
            return t("One message goes to {channel} and calls nobody. {problem}", channel=channel, problem=self.problem)
        return t("One message goes to {channel} and calls nobody:", channel=channel)


def destination(guild: discord.Guild | None, network: Network, target: str, role_id: int | None) -> Destination:
    """Return where a message to ``target`` goes that is to call ``role_id``; ``guild`` None: the server is away."""
    channel_id = channel_of(network, target)
    if channel_id is None:
        return Destination(None)
    if guild is None:
        return Destination(channel_id, role_id)
    channel = guild.get_channel(channel_id)
    if channel is None:
        return Destination(
            None,
            problem=t(
                "The channel for it is gone from the server: the managers of the server name another with {command}.",
                command=_CHANNELS,
            ),
        )
    held = channel.permissions_for(guild.me)
    lacking = permissions.lacking(held, _WRITING)
    if lacking:
        problem = nt(
            "The bot cannot write in {channel}: it lacks the permission {permissions} there.",
            "The bot cannot write in {channel}: it lacks the permissions {permissions} there.",
            len(lacking),
            channel=Markdown(f"<#{channel_id}>"),
            permissions=Listing(lacking),
        )
        return Destination(None, problem=problem)
    return _calling(guild, held, channel_id, role_id)


def _calling(guild: discord.Guild, held: discord.Permissions, channel_id: int, role_id: int | None) -> Destination:
    role = guild.get_role(role_id) if role_id is not None else None
    if role_id is None or (role is not None and (role.mentionable or held.mention_everyone)):
        return Destination(channel_id, role_id)
    if role is None:
        problem = t(
            "The members' role is gone from the server: the managers of the server name another with {command}.",
            command=_ROLES,
        )
    else:
        problem = t(
            "The bot may not call {role} there: let everybody mention that role, or allow the bot *Mention All Roles*.",
            role=role.name,
        )
    return Destination(channel_id, problem=problem)
