from typing import TYPE_CHECKING

from discord import app_commands

from cogs.polls.cog import PollsCog, topic_poll_command
from cogs.polls.ending import end_without_key, forget_ballots
from cogs.polls.messages import PollMessages
from cogs.polls.results import Charts

if TYPE_CHECKING:
    from bot.app import Focalbot


async def furnish(bot: "Focalbot") -> None:
    """Load the polls; the topics, whose group takes ``/topic poll``, are loaded before."""
    charts = Charts()
    bot.services.outbox.register(PollMessages(bot.services, charts))
    # A bot killed between closing a poll and what follows left its key, and in the log what was erased.
    await forget_ballots(bot.services)
    for poll in await bot.services.polls.that_cannot_be_counted():
        await end_without_key(bot.services, poll.guild_id, poll.id)
    cog = PollsCog(bot.services, charts)
    await bot.add_cog(cog)
    topics = bot.tree.get_command("topic")
    assert isinstance(topics, app_commands.Group)  # noqa: S101 - EXTENSIONS names the topics before the polls
    topics.add_command(topic_poll_command(cog))
