"""No role of its own: a direct message, in which network it is asked, and the answer."""

from typing import TYPE_CHECKING, Final

import discord
from discord.utils import MISSING

from bot.access import Asker
from bot.facts import facts
from bot.identify import Source, identify, member_of
from bot.texts import Reader, Text
from bot.ui import Context, PersistentButton, stored_view
from bot.ui.context import server_address
from bot.ui.guard import NOT_IN_NETWORK
from bot.ui.message_interaction import MessageInteraction
from cogs.chat import sentences
from cogs.chat.conversations import A_MINUTE, Conversation
from cogs.chat.original_message import read_original
from cogs.chat.talk import Talk, respond, talk_of
from cogs.chat.understanding import read

if TYPE_CHECKING:
    from bot.app import Focalbot

_NETWORKS: Final = 5
"""Buttons in a row; nobody is in more networks."""


class NetworkButton(PersistentButton, custom_id="chat:network:{guild_id}:{message_id}"):
    """One of the networks that the person belongs to: the question is answered there, and what follows it."""

    guild_id: int
    message_id: int

    async def on_press(self, context: Context) -> None:
        """Answer the message in that network."""
        message = await read_original(context, self.message_id)
        talk = talk_of(context)
        conversation = talk.conversation(context)
        conversation.guild_id = self.guild_id
        await _respond(context, talk, message, conversation)


async def answer_directly(bot: "Focalbot", talk: Talk, message: discord.Message) -> None:
    """Answer in the network that the account is linked in; ask which of several; say how one gets in."""
    now = bot.services.clock.now()
    count = talk.conversations.count(message.author.id, now)
    if count > A_MINUTE:
        if count == A_MINUTE + 1:
            await _say(message, reader_of_message(bot, message), sentences.TOO_MANY)
        return
    conversation = talk.conversations.of(message.author.id, message.channel.id, now)
    linked = await bot.services.members.networks_of_account(message.author.id)
    networks = [one for one in linked if bot.get_guild(one) is not None]
    if conversation.guild_id in networks:
        networks = [conversation.guild_id]
    if not networks:
        await _say_how_to_get_in(bot, message)
    elif len(networks) > 1:
        await _ask_for_network(bot, message, networks)
    else:
        asker = await identify(bot.services, Source.of_direct_message(message), networks[0])
        context = Context.begin(MessageInteraction(bot, message).as_interaction(), asker)
        await _respond(context, talk, message, conversation)


async def _respond(context: Context, talk: Talk, message: discord.Message, conversation: Conversation) -> None:
    understood = await respond(context, message, conversation, conversation.previous)
    talk.conversations.remember(conversation, message.id, understood.asked[0] if understood.asked else None)


def reader_of_message(bot: "Focalbot", message: discord.Message) -> Reader:
    """Return how somebody reads whose network is not known: in the language in which they write."""
    defaults = bot.services.defaults
    return Reader(read(message.content).language or defaults.default_language, defaults.default_timezone)


async def _ask_for_network(bot: "Focalbot", message: discord.Message, networks: list[int]) -> None:
    reader = reader_of_message(bot, message)
    guilds = [guild for one in networks if (guild := bot.get_guild(one)) is not None]
    buttons = [NetworkButton(guild.id, message.id).labelled(guild.name) for guild in guilds[:_NETWORKS]]
    await _say(message, reader, sentences.CHOOSE_NETWORK, stored_view(buttons))


async def _say_how_to_get_in(bot: "Focalbot", message: discord.Message) -> None:
    reader = reader_of_message(bot, message)
    understood = read(message.content)
    if any(one.intent == "warning" for one in understood.asked):
        await _say(message, reader, sentences.warning(facts("network")))
        return
    used = await bot.services.settings.networks_of_account(message.author.id)
    for guild_id in list(dict.fromkeys([*used, *(guild.id for guild in bot.guilds)]))[:_NETWORKS]:
        asker = await _on_server(bot, message, guild_id)
        if asker is not None and asker.is_secretariat:
            link = discord.ui.Button[discord.ui.View](
                label=reader.label(sentences.OPEN_SERVER), url=server_address(guild_id)
            )
            await _say(message, reader, sentences.SECRETARIAT_ON_SERVER, stored_view([link]))
            return
    await _say(message, reader, NOT_IN_NETWORK)


async def _on_server(bot: "Focalbot", message: discord.Message, guild_id: int) -> Asker | None:
    """Return who the account is on a server; None where it is not on it."""
    guild = bot.get_guild(guild_id)
    member = await member_of(guild, message.author.id) if guild is not None else None
    if member is None:
        return None
    source = Source(member, None, guild_id, manages_server=False)
    return await identify(bot.services, source, guild_id)


async def _say(message: discord.Message, reader: Reader, text: Text, view: discord.ui.View | None = None) -> None:
    await message.channel.send(
        reader.say(text), allowed_mentions=discord.AllowedMentions.none(), view=MISSING if view is None else view
    )
