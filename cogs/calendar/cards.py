"""What lies ahead, as a card."""

from typing import Final

import discord

from bot.ahead import Upcoming, described
from bot.texts import Reader, clipped, escaped
from bot.ui import Page, colours, page_label
from bot.ui.embed_limits import DESCRIPTION
from cogs.calendar.rules import Day
from cogs.calendar.sentences import HEADING, NOTHING

_DESCRIPTION: Final = 150


def ahead_card(page: Page[Upcoming], reader: Reader) -> discord.Embed:
    """Show a page of what lies ahead; says so where nothing does."""
    lines = [described(one, reader) for one in page.items] or [reader.say(NOTHING)]
    card = discord.Embed(
        title=reader.label(HEADING), description="\n\n".join(lines)[:DESCRIPTION], colour=colours.EVENT
    )
    card.set_footer(text=page_label(page, reader))
    return card


def what_of(day: Day) -> str:
    """Write a day without its date, in markdown: its title, which leads to its page, and what it is about."""
    title = f"**{escaped(day.title)}**"
    head = f"[{title}]({day.link})" if day.link else title
    return f"{head}\n{escaped(clipped(' '.join(day.description.split()), _DESCRIPTION))}" if day.description else head
