"""What awaits a delegation, as a card."""

from typing import Final

import discord

from bot.commands import Command
from bot.pending import Awaited, described
from bot.texts import Reader, t
from bot.ui import Page, colours, joined, page_label

COLOUR: Final = colours.NETWORK


def pending_card(page: Page[Awaited], size: int, reader: Reader) -> discord.Embed:
    """Show a page of at most ``size`` things, numbered as their buttons are; says so where nothing awaits."""
    card = discord.Embed(title=reader.label(t("What awaits your delegation")), colour=COLOUR)
    if not page.total:
        card.description = reader.say(
            t(
                "Nothing awaits your delegation at the moment. {meeting} and {webinars} show what is ahead.",
                meeting=Command("meeting show"),
                webinars=Command("webinar list"),
            )
        )
        return card
    lines = [described(one, place, reader) for place, one in enumerate(page.items, page.number * size + 1)]
    card.description = joined(lines, reader)
    card.set_footer(text=page_label(page, reader))
    return card
