"""Moving a poll's closing time: asked before it is done."""

import discord

from bot.errors import UserError
from bot.texts import t
from bot.ui import ask_confirmation, asker_of, host_of
from cogs.polls.creating import read_closing
from cogs.polls.ending import Moving, require_another_time
from storage.poll_models import Poll


async def ask_to_move(interaction: discord.Interaction, poll: Poll, typed: str) -> None:
    """Show the new closing time and ask *Confirm*. Raises UserError for a poll that has ended, or a bad time."""
    asker = asker_of(interaction)
    services = host_of(interaction).services
    if poll.state != "open":
        raise UserError(t("That poll has ended already: a closed poll cannot reopen."))
    closes_at = read_closing(asker, typed, poll.plan.timezone, services.clock.now())
    require_another_time(asker, poll, closes_at)
    question = t(
        "“{question}” closes {old}. Close it {new} instead? A message says so to the members and calls nobody.",
        question=poll.plan.question,
        old=asker.reader.stamp(poll.plan.closes_at, poll.plan.timezone),
        new=asker.reader.stamp(closes_at, poll.plan.timezone),
    )
    payload = {"poll": poll.id, "closes_at": int(closes_at.timestamp())}
    await ask_confirmation(interaction, asker, Moving, payload, asker.reader.say(question))
