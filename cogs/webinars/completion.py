"""No role of its own: what the commands of ``/webinar`` offer while somebody types."""

from typing import Final

import discord
from discord.app_commands import Choice, locale_str

from bot.ui import Context
from cogs.webinars import sentences
from cogs.webinars.queries import Which, option_value, webinars_named

WEBINAR: Final = locale_str("The webinar")


async def _complete(interaction: discord.Interaction, typed: str, which: Which) -> list[Choice[str]]:
    context = Context.of(interaction)
    return [
        Choice(name=sentences.choice_name(webinar, context.reader)[:100], value=option_value(webinar))
        for webinar in await webinars_named(context, typed, which)
    ]


async def complete_any(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer all webinars that may be meant while somebody types."""
    return await _complete(interaction, typed, "all")


async def complete_ahead(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer those ahead."""
    return await _complete(interaction, typed, "ahead")


async def complete_begun(interaction: discord.Interaction, typed: str) -> list[Choice[str]]:
    """Offer those that have begun."""
    return await _complete(interaction, typed, "begun")
