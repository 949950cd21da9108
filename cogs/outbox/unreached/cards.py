"""The list of the unreached, and of what the secretariat has sent, as cards."""

from collections.abc import Mapping
from typing import Final

import discord

from bot.previews.recipients import NAMELESS
from bot.texts import Markdown, Reader, escaped, nt, t
from bot.ui import Page, joined, page_label
from cogs.outbox.cards import capitalised
from cogs.outbox.unreached import sentences
from cogs.outbox.unreached.rules import List, Listed, Sending, UnreachedList

_COLOUR: Final = discord.Colour.orange()


def unreached_card(
    found: UnreachedList, page: Page[Listed], which: List, in_file: int, reader: Reader
) -> discord.Embed:
    """Show a page of whom nothing reached, by what and why, with what the secretariat can do. ``in_file``: messages."""
    title = t("Not reached, or not read yet") if which == "all" else t("Not reached")
    card = discord.Embed(title=reader.label(title), colour=_COLOUR)
    if not page.total:
        card.description = reader.say(sentences.NOBODY)
        return card
    unaddressed = sum(not one.message.person.address for one in found.listed)
    said = [sentences.summary(page.total, found.people), *sentences.what_to_do(in_file, unaddressed)]
    lines = [" ".join(reader.say(text) for text in said), "", *(_line(one, reader) for one in page.items)]
    card.description = joined(lines, reader)
    card.set_footer(text=page_label(page, reader))
    return card


def sent_card(page: Page[Sending], names: Mapping[int, str], zone: str, reader: Reader) -> discord.Embed:
    """Show a page of what the secretariat sent, to whom and when; ``zone`` is the network's."""
    card = discord.Embed(title=reader.label(t("Sent by e-mail or by the secretariat")), colour=discord.Colour.blue())
    if not page.total:
        card.description = reader.say(sentences.NOTHING_SENT)
        return card
    lines = [_sending(one, names, zone, reader) for one in page.items]
    card.description = joined([reader.say(sentences.CHOOSE_RETURNED), "", *lines], reader)
    card.set_footer(text=page_label(page, reader))
    return card


def _line(one: Listed, reader: Reader) -> str:
    title = capitalised(reader.say(one.title))
    why = reader.say(sentences.why(one.message.row, one.message.person))
    return f"- **{escaped(one.name)}** · {title} · {why}"


def _sending(one: Sending, names: Mapping[int, str], zone: str, reader: Reader) -> str:
    count = reader.say(nt("{count} message", "{count} messages", len(one.row_ids)))
    when = Markdown(reader.stamp(one.at, zone, "f"))
    return f"- **{escaped(names.get(one.person_id, NAMELESS))}** · {count} · {when}"
