"""What the commands of several rooms offer while somebody types."""

import discord
from discord.app_commands import Choice

from bot.timeparse import zone_choices
from bot.ui import Context


async def time_zone(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer time zones by large city, with their present offset and time."""
    context = Context.of(interaction)
    found = zone_choices(typed, context.reader.language, context.services.clock.now())
    return [Choice(name=label[:100], value=zone) for label, zone in found]
