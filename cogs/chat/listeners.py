"""Messages that people write to the bot: directly, or by mentioning it in the text."""

import logging
from typing import TYPE_CHECKING, Final

import discord
from discord.ext import commands

from bot.delivery.outcome import TRANSPORT
from bot.errors import UserError, explain, outcome_of
from bot.observation import Kind, Outcome
from cogs.chat.direct_messages import answer_directly, reader_of_message
from cogs.chat.mentions import offer_answer
from cogs.chat.talk import Talk

if TYPE_CHECKING:
    from bot.app import Focalbot

_log: Final = logging.getLogger("bot.chat")
_WRITTEN: Final = (discord.MessageType.default, discord.MessageType.reply)


class ChatListeners(commands.Cog):
    """Hears what is written to the bot; edits, other bots and mere replies are not for it."""

    def __init__(self, bot: "Focalbot") -> None:
        self.bot = bot
        self.talk = Talk()

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """Answer a message, once, however often Discord delivers it."""
        is_direct = message.guild is None
        if message.author.bot or message.type not in _WRITTEN or not (is_direct or self._is_named(message)):
            return
        try:
            if not self.bot.work.begin(message.id):
                return
        except UserError:
            return  # The bot is closing: the person who wrote sees no answer, and asks again.
        outcome = Outcome.ANSWERED
        try:
            await (answer_directly if is_direct else offer_answer)(self.bot, self.talk, message)
        except TRANSPORT as error:
            outcome = Outcome.DISCORD_FAILED
            _log.warning("a message stays without an answer: %s", type(error).__name__)
        except Exception as error:  # noqa: BLE001 - whatever goes wrong becomes an answer, as with commands
            outcome = outcome_of(error)
            await self._tell(message, error)
        finally:
            self.bot.work.end(message.id, Kind.MESSAGE, "direct" if is_direct else "mention", outcome)

    async def _tell(self, message: discord.Message, error: Exception) -> None:
        """Answer with what an error means, under a reference that the log has too."""
        said = reader_of_message(self.bot, message).say(explain(error))
        try:
            await message.reply(said, mention_author=False, allowed_mentions=discord.AllowedMentions.none())
        except TRANSPORT as refused:
            _log.warning("an answer was refused: %s", type(refused).__name__)

    def _is_named(self, message: discord.Message) -> bool:
        """Tell whether the text names the bot: a reply to one of its messages mentions it without naming it."""
        bot_id = self.bot.user.id if self.bot.user is not None else 0
        return f"<@{bot_id}>" in message.content or f"<@!{bot_id}>" in message.content
