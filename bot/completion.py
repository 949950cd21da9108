"""What the commands of several rooms offer while somebody types."""

import discord
from discord.app_commands import Choice

from bot.invitations import visible_meetings
from bot.meeting_choice import option_value
from bot.meeting_names import choice_name
from bot.search.choosing import offered
from bot.timeparse import zone_choices
from bot.ui import Context


async def time_zone(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer time zones by large city, with their present offset and time."""
    context = Context.of(interaction)
    found = zone_choices(typed, context.reader.language, context.services.clock.now())
    return [Choice(name=label[:100], value=zone) for label, zone in found]


async def meeting(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer the meetings that may be meant, of those that the asker may see, the latest first."""
    context = Context.of(interaction)
    meetings = await visible_meetings(context.services, context.asker)
    return offered(meetings, typed, option_value, lambda one: choice_name(one, context.reader))
