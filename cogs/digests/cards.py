"""The digests as cards."""

from datetime import date
from typing import Final

import discord

from bot.ahead import SECTIONS, described
from bot.texts import Reader, nt, t
from bot.ui import add_lines, colours
from cogs.digests import sentences
from cogs.digests.rules import Monthly, Weekly

MOST: Final = 20
"""Lines of the weekly digest, each with a button: Discord shows 25, of which one is *Details*."""
NEWS: Final = 10


def weekly_card(weekly: Weekly, reader: Reader) -> discord.Embed:
    """Show what to look at and what comes soon; each line is numbered as its button is."""
    card = discord.Embed(title=reader.label(sentences.WEEKLY_HEADING), colour=colours.NETWORK)
    lines = [f"**{reader.number(n)}.** {one.what}" for n, one in enumerate(weekly.attention[:MOST], 1)]
    if lines:
        card.description = "\n".join(lines)
    room = MOST - len(lines)
    soon = [
        f"**{reader.number(n)}.** {described(one, reader)}"
        for n, one in enumerate(weekly.upcoming[:room], len(lines) + 1)
    ]
    left_out = len(weekly.upcoming) - len(soon) + max(len(weekly.attention) - MOST, 0)
    if left_out > 0:
        more = nt("{count} more: {command}", "{count} more: {command}", left_out, command=sentences.SHOW)
        soon.append(reader.say(more))
    if soon:
        add_lines(card, reader.label(sentences.TWO_WEEKS), soon, reader)
    return card


def monthly_card(monthly: Monthly, month: date, reader: Reader) -> discord.Embed:
    """Show what lies ahead, section by section, and what is new."""
    card = discord.Embed(title=reader.label(sentences.monthly_title(month, reader)), colour=colours.EVENT)
    for section, items in monthly.sections.items():
        add_lines(card, reader.label(SECTIONS[section]), [described(one, reader) for one in items], reader)
    for news in monthly.news:
        shown = list(news.lines[:NEWS])
        if len(news.lines) > NEWS:
            shown.append(reader.say(nt("… and {count} more", "… and {count} more", len(news.lines) - NEWS)))
        add_lines(card, reader.label(news.heading), shown, reader)
    card.set_footer(text=reader.label(t("All of it, with a file for your calendar: {command}", command=sentences.SHOW)))
    return card
