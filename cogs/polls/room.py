from typing import TYPE_CHECKING

from discord import app_commands

from cogs.polls.ballot_paper import PaperButton, PaperSelect
from cogs.polls.buttons import ForButton, ReceiptButton, VoteButton
from cogs.polls.cog import PollsCog, topic_poll_command
from cogs.polls.lists import PageButton
from cogs.polls.messages import PollMessages
from cogs.polls.results import Charts

if TYPE_CHECKING:
    from bot.app import Focalbot


async def furnish(bot: "Focalbot") -> None:
    """Load the polls; the topics, whose group takes ``/topic poll``, are loaded before."""
    # A bot killed between closing a poll and emptying the log left what was erased in the log.
    await bot.services.database.checkpoint()
    charts = Charts()
    bot.add_dynamic_items(VoteButton, ForButton, ReceiptButton, PageButton, PaperButton, PaperSelect)
    bot.services.outbox.register(PollMessages(bot.services, charts))
    cog = PollsCog(bot.services, charts)
    await bot.add_cog(cog)
    topics = bot.tree.get_command("topic")
    assert isinstance(topics, app_commands.Group)  # noqa: S101 - EXTENSIONS names the topics before the polls
    topics.add_command(topic_poll_command(cog))
