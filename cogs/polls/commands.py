from typing import TYPE_CHECKING

from discord import app_commands
from discord.app_commands import locale_str
from discord.ext import commands

from bot.ahead import Section
from cogs.polls.ahead import PollsAhead
from cogs.polls.attention import polls_to_look_at
from cogs.polls.closing.commands import ClosingCommands
from cogs.polls.ending import destroy_keys_of_ended_polls, end_without_key
from cogs.polls.messages import PollMessages
from cogs.polls.opening.commands import OpeningCommands, topic_poll_command
from cogs.polls.pending import PendingPolls
from cogs.polls.results.commands import ResultCommands
from cogs.polls.results.result import Charts

if TYPE_CHECKING:
    from bot.app import Focalbot


class PollsCog(
    OpeningCommands,
    ClosingCommands,
    ResultCommands,
    commands.GroupCog,
    name="poll",
    description=locale_str("Vote, see results, and check the count"),
):
    """``/poll``: one delegation, one ballot, and a count that anyone can check."""

    def __init__(self, charts: Charts) -> None:
        self.charts = charts


async def load(bot: "Focalbot") -> None:
    """Load the polls; the topics, whose group takes ``/topic poll``, are loaded before."""
    charts = Charts()
    bot.services.outbox.register(PollMessages(bot.services, charts))
    bot.services.pending.register(PendingPolls(bot.services).lines)
    bot.services.attention.register(polls_to_look_at(bot.services))
    bot.services.ahead.register(Section.POLLS, PollsAhead(bot.services))
    # A bot killed between closing a poll and what follows left its key, and in the log what was erased.
    await destroy_keys_of_ended_polls(bot.services)
    for poll in await bot.services.polls.that_cannot_be_counted():
        await end_without_key(bot.services, poll.guild_id, poll.id)
    cog = PollsCog(charts)
    await bot.add_cog(cog)
    topics = bot.tree.get_command("topic")
    assert isinstance(topics, app_commands.Group)  # noqa: S101 - EXTENSIONS names the topics before the polls
    topics.add_command(topic_poll_command(cog))
