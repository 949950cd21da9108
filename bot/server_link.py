"""The link that lets people onto a server, as its managers made it: read, and looked up on Discord."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import discord

from bot.errors import UserError
from bot.texts import t

_LINK: Final = re.compile(
    r"(?:https?://)?(?:www\.)?(?:discord\.gg|discord(?:app)?\.com/invite)/([A-Za-z0-9-]{2,100})/?", re.IGNORECASE
)
_GONE: Final = t("Discord does not know that invitation: it has expired, or was deleted. Make a new one, and copy it.")


@dataclass(frozen=True, slots=True)
class ServerLink:
    """A link onto a server, and until when it works; ``expires_at`` None: for ever."""

    url: str
    expires_at: datetime | None


async def server_link(client: discord.Client, guild: discord.Guild, typed: str, now: datetime) -> ServerLink:
    """Return the link that was typed, as Discord knows it ``now``.

    Raises UserError where it is not an invitation, is not known to Discord any more, or leads to another server.
    """
    found = _LINK.fullmatch(typed.strip())
    if found is None:
        raise UserError(
            t(
                "That is not an invitation of Discord: it begins with {start}. Make one with *Invite people*, and copy"
                " it.",
                start="https://discord.gg/",
            )
        )
    try:
        invite = await client.fetch_invite(found[1], with_counts=False)
    except discord.NotFound as error:
        raise UserError(_GONE) from error
    if invite.expires_at is not None and invite.expires_at <= now:
        raise UserError(_GONE)
    # Every invitation names the channel that it leads to, and not every one its server.
    names_it = invite.guild is not None and invite.guild.id == guild.id
    if not names_it and (invite.channel is None or guild.get_channel(invite.channel.id) is None):
        raise UserError(t("That invitation leads to another server: make one for this server."))
    return ServerLink(f"https://discord.gg/{found[1]}", invite.expires_at)
