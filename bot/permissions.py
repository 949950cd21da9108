"""The permissions that the bot asks for, and what each is for."""

from typing import Final

import discord

from bot.texts import Text, t

CHANNEL: Final[dict[str, Text]] = {
    "view_channel": t("View Channel"),
    "send_messages": t("Send Messages"),
    "embed_links": t("Embed Links"),
    "attach_files": t("Attach Files"),
    "read_message_history": t("Read Message History"),
}
"""Needed in every channel that ``/setup channels`` names, by Discord's flag, with Discord's own name for it."""

SERVER: Final[dict[str, Text]] = {
    "manage_roles": t("Manage Roles"),
    "create_events": t("Create Events"),
    "manage_events": t("Manage Events"),
}
"""Needed in the server: the member role is granted and withdrawn, meetings and webinars become events."""

CALLING: Final = "mention_everyone"
"""Needed in a channel to call a role there that not everybody may mention."""


def invitation_permissions() -> discord.Permissions:
    """Return what the invitation link asks for: the least that all the commands need."""
    return discord.Permissions(**dict.fromkeys((*CHANNEL, *SERVER, CALLING), True))


def lacking(held: discord.Permissions, needed: dict[str, Text]) -> list[Text]:
    """Return the names of the ``needed`` permissions that are not among those ``held``."""
    return [name for flag, name in needed.items() if not getattr(held, flag)]


def regained(before: discord.Role, after: discord.Role) -> bool:
    """Tell whether a role of the bot's has just been given one of the permissions needed in the server."""
    given = [flag for flag in SERVER if getattr(after.permissions, flag) and not getattr(before.permissions, flag)]
    return bool(given) and after in after.guild.me.roles
