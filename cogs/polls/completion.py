"""The poll that a command of ``/poll`` names, completed while it is typed: no role of its own, for the sub-packages."""

import discord
from discord.app_commands import Choice

from bot.search.choosing import offered
from bot.ui import Context
from cogs.polls.ending import current_poll
from cogs.polls.rules import chosen_poll
from storage.polls.models import Poll, PollState


async def poll_chosen(context: Context, typed: str) -> Poll:
    """Return the poll that was chosen from the list or typed, counted where its time has come. Raises NotFoundError."""
    found = chosen_poll(await context.services.polls.polls(context.guild_id), typed)
    return await current_poll(context, found.id)


async def open_poll(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer the open polls."""
    return await _choices(Context.of(interaction), typed, "open")


async def any_poll(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer the polls that are open or closed."""
    return await _choices(Context.of(interaction), typed, "open", "closed")


async def _choices(context: Context, typed: str, *states: PollState) -> list[Choice[str]]:
    polls = await context.services.polls.polls(context.guild_id, states)
    return offered(polls, typed, lambda poll: str(poll.id), lambda poll: poll.plan.question)
