"""No role of its own: what the commands of ``/calendar`` offer while somebody types."""

import discord
from discord.app_commands import Choice

from bot.search.choosing import offered
from bot.ui import Context
from cogs.calendar.queries import days_shown


async def complete_day(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer the days that can be removed."""
    return offered(await days_shown(Context.of(interaction)), typed, lambda day: day.value, lambda day: day.title)
