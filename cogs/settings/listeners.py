"""Greets the servers that add the bot."""

import logging
from typing import TYPE_CHECKING, Final

import discord
from discord.ext import commands

from bot.commands import Command
from bot.languages import language_of_locale
from bot.texts import Reader, t
from storage.models import Network

if TYPE_CHECKING:
    from bot.app import Focalbot

_log: Final = logging.getLogger("bot.settings")


class GreetingCog(commands.Cog):
    """Says once to each server where to start."""

    def __init__(self, bot: "Focalbot") -> None:
        self.bot = bot
        self.services = bot.services

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Greet the servers that the bot was added to while it was away; each is greeted once."""
        for guild in self.bot.guilds:
            await self._greet(guild)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Greet a server that has just added the bot."""
        await self._greet(guild)

    async def _greet(self, guild: discord.Guild) -> None:
        network = await self.services.settings.network(guild.id)
        channel = _first_writable(guild)
        if network != Network(guild.id) or channel is None:
            return
        async with self.services.transaction() as tx:
            if not await self.services.settings.claim_greeting(tx, guild.id):
                return
        language = language_of_locale(str(guild.preferred_locale)) or self.services.defaults.default_language
        reader = Reader(language, self.services.defaults.default_timezone)
        text = t(
            "Hello! A person who manages this server can start here: {command} names the secretariat's role, then"
            " {show} says what is still missing.",
            command=Command("setup roles"),
            show=Command("setup show"),
        )
        try:
            await channel.send(reader.say(text))
        except discord.HTTPException as error:
            _log.warning("a server could not be greeted: HTTP %s, code %s", error.status, error.code)


def _first_writable(guild: discord.Guild) -> discord.TextChannel | None:
    candidates = [guild.system_channel, *guild.text_channels]
    for channel in candidates:
        if channel is None:
            continue
        held = channel.permissions_for(guild.me)
        if held.view_channel and held.send_messages:
            return channel
    return None
