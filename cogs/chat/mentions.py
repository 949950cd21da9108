"""No role of its own: a message in a channel, one public line, whose button answers the person who presses it."""

from typing import TYPE_CHECKING

import discord

from bot.identify import network_reader
from bot.ui import Context, PersistentButton, stored_view
from cogs.chat import sentences
from cogs.chat.conversations import A_MINUTE
from cogs.chat.original_message import read_original
from cogs.chat.talk import Talk, respond, talk_of
from cogs.chat.understanding import read

if TYPE_CHECKING:
    from bot.app import Focalbot


class ShowButton(PersistentButton, custom_id="chat:show:{message_id}"):
    """*Show me*: the presser's own answer, privately. The question is read again: nothing of it is kept."""

    message_id: int

    async def on_press(self, context: Context) -> None:
        """Answer what the message asks, as the presser may see it."""
        message = await read_original(context, self.message_id)
        talk = talk_of(context)
        asked_by = talk.conversations.of(message.author.id, message.channel.id, context.services.clock.now())
        previous = asked_by.before.get(message.id)
        await respond(context, message, talk.conversation(context), previous)


async def offer_answer(bot: "Focalbot", talk: Talk, message: discord.Message) -> None:
    """Write the public line, which says nothing of the answer, and remember what the question followed."""
    assert message.guild is not None, "a public message is on a server"  # noqa: S101 - narrows the type
    services = bot.services
    now = services.clock.now()
    if talk.conversations.count(message.author.id, now) > A_MINUTE:
        return
    conversation = talk.conversations.of(message.author.id, message.channel.id, now)
    understood = read(message.content, previous=conversation.previous)
    talk.conversations.remember(conversation, message.id, understood.asked[0] if understood.asked else None)
    reader = network_reader(services, await services.settings.network(message.guild.id))
    button = ShowButton(message.id).labelled(reader.label(sentences.SHOW_ME), discord.ButtonStyle.primary)
    await message.reply(
        reader.say(sentences.IN_PRIVATE),
        view=stored_view([button]),
        mention_author=False,
        allowed_mentions=discord.AllowedMentions.none(),
    )
