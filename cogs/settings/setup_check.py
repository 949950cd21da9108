"""What ``/setup show`` finds missing. No role of its own: it reads Discord's guild, roles and channels."""

from collections.abc import Mapping

import discord

from bot import permissions
from bot.texts import Listing, Text, nt, t
from cogs.settings.fields import CHANNELS, COMMANDS, OPTIONAL, PRIVATE_CHANNELS, ROLES, Finding
from storage.models import Network


def findings(guild: discord.Guild, network: Network) -> list[Finding]:
    """Return all that stands between the network and a bot that works, most pressing first."""
    return [
        *_not_set(network),
        *_roles(guild, network),
        *(f for field in CHANNELS for f in _channel(guild, network, field)),
        *_server(guild),
    ]


def role_problem(guild: discord.Guild, role: discord.Role) -> Text | None:
    """Return why a role cannot serve as the secretariat's or the members', or None when it can."""
    if role.is_default():
        return t("@everyone is everybody on the server: choose a role that only those people hold.")
    if role.managed:
        return t(
            "{role} is managed by an integration, not by you: choose a role that you can give.",
            role=role.name,
        )
    if guild.get_role(role.id) is None:
        return t("That role is not on this server: choose one from the list.")
    return None


def same_role(network: Network, chosen: Mapping[str, discord.Role]) -> bool:
    """Tell whether one role would be both the secretariat's and the members', with ``chosen`` put in."""
    roles = {field: getattr(network, field) for field in ROLES} | {field: role.id for field, role in chosen.items()}
    return roles["secretariat_role_id"] is not None and roles["secretariat_role_id"] == roles["member_role_id"]


def _not_set(network: Network) -> list[Finding]:
    names = {**ROLES, **CHANNELS, "privacy_contact": t("Contact for questions of privacy")}
    return [
        Finding(t("{setting}: not set.", setting=name), t("Type {command}.", command=COMMANDS[field]))
        for field, name in names.items()
        if getattr(network, field) is None and field not in OPTIONAL
    ]


def _roles(guild: discord.Guild, network: Network) -> list[Finding]:
    found: list[Finding] = []
    for field, name in ROLES.items():
        role_id = getattr(network, field)
        if role_id is not None and guild.get_role(role_id) is None:
            found.append(
                Finding(
                    t("{setting}: that role is gone from the server.", setting=name),
                    t("Type {command}.", command=COMMANDS[field]),
                )
            )
    member_role = guild.get_role(network.member_role_id or 0)
    if member_role is not None and member_role >= guild.me.top_role:
        found.append(
            Finding(
                t(
                    "{role} is higher in the list of roles than the bot's own role, so the bot cannot grant it.",
                    role=member_role.name,
                ),
                t("In *Server Settings → Roles*, drag the bot's role above it."),
            )
        )
    return found


def _channel(guild: discord.Guild, network: Network, field: str) -> list[Finding]:
    channel_id = getattr(network, field)
    if channel_id is None:
        return []
    channel = guild.get_channel(channel_id)
    if channel is None:
        return [
            Finding(
                t("{setting}: that channel is gone from the server.", setting=CHANNELS[field]),
                t("Type {command}.", command=COMMANDS[field]),
            )
        ]
    held = channel.permissions_for(guild.me)
    found: list[Finding] = []
    lacking = permissions.lacking(held, permissions.CHANNEL)
    if lacking:
        found.append(
            Finding(
                nt(
                    "In #{channel} the bot lacks the permission {permissions}.",
                    "In #{channel} the bot lacks the permissions {permissions}.",
                    len(lacking),
                    channel=channel.name,
                    permissions=Listing(lacking),
                ),
                t("In the channel's *Permissions*, allow the bot's role what is missing."),
            )
        )
    if field in PRIVATE_CHANNELS and channel.permissions_for(guild.default_role).view_channel:
        found.append(
            Finding(
                t("Everybody on the server can read #{channel}.", channel=channel.name),
                t("In the channel's *Permissions*, deny *View Channel* to @everyone and allow it for the role."),
            )
        )
    called = guild.get_role(_called_role(network, field) or 0)
    if called is not None and not called.mentionable and not held.mention_everyone:
        found.append(
            Finding(
                t("The bot cannot call {role} in #{channel}.", role=called.name, channel=channel.name),
                t("Let everybody mention that role, or allow the bot *Mention All Roles* in the channel."),
            )
        )
    return found


def _called_role(network: Network, field: str) -> int | None:
    if field in OPTIONAL:
        return None
    return network.secretariat_role_id if field == "secretariat_channel_id" else network.member_role_id


def _server(guild: discord.Guild) -> list[Finding]:
    lacking = permissions.lacking(guild.me.guild_permissions, permissions.SERVER)
    if not lacking:
        return []
    return [
        Finding(
            nt(
                "On this server the bot lacks the permission {permissions}.",
                "On this server the bot lacks the permissions {permissions}.",
                len(lacking),
                permissions=Listing(lacking),
            ),
            t("In *Server Settings → Roles*, allow the bot's role what is missing."),
        )
    ]
