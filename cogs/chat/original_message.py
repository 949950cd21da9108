"""No role of its own: the message behind a button, read from Discord again, because nothing is kept."""

import discord

from bot.commands import Command
from bot.errors import NotFoundError
from bot.texts import t
from bot.ui import Context


async def read_original(context: Context, message_id: int) -> discord.Message:
    """Return the message that somebody wrote, as Discord has it now. Raises NotFoundError where it was deleted."""
    channel = context.interaction.channel
    try:
        if isinstance(channel, discord.abc.Messageable):
            return await channel.fetch_message(message_id)
    except (discord.NotFound, discord.Forbidden):
        pass
    raise NotFoundError(t("That message is gone: ask me again, or see {command}.", command=Command("help")))
