from collections.abc import Collection
from typing import Final

import discord

from bot.commands import Command
from bot.labels import FORMATS, LEVELS
from bot.names.delegation_names import with_code
from bot.texts import Reader, Text, escaped, nt, t
from bot.ui import Page, colours, page_label
from cogs.topics.sentences import STATES
from storage.members.models import Delegation
from storage.topics.models import Topic

PAGE: Final = 5


def topic_card(topic: Topic, reader: Reader, proposer: Delegation | None = None) -> discord.Embed:
    """Show a topic. ``proposer`` is shown to the secretariat only."""
    card = discord.Embed(title=escaped(topic.title), colour=colours.VOTE)
    lines = [_kind(topic, reader), reader.say(_support(topic))]
    if topic.state != "listed":
        lines.append(f"*{reader.say(STATES[topic.state])}*")
    card.description = "\n".join([escaped(topic.description), "", *lines] if topic.description else lines)
    if proposer is not None:
        name = reader.label(t("Proposed by"))
        card.add_field(name=name, value=escaped(with_code(proposer, reader.language)), inline=False)
    return card


def list_card(page: Page[Topic], own: Collection[int], reader: Reader) -> discord.Embed:
    """Show a page of the listed topics, the most supported first; ``own`` are those that one's delegation supports."""
    card = discord.Embed(title=reader.label(t("Topics proposed for the workshops")), colour=colours.VOTE)
    if not page.total:
        card.description = reader.say(
            t("No topic is on the list yet: members propose one with {command}.", command=Command("topic propose"))
        )
        return card
    card.description = reader.say(
        nt(
            "{count} topic, the most supported first. A delegation supports as many as it likes.",
            "{count} topics, the most supported first. A delegation supports as many as it likes.",
            page.total,
        )
    )
    for number, topic in enumerate(page.items, page.number * PAGE + 1):
        value = f"{_kind(topic, reader)}\n{reader.say(_support(topic))}"
        if topic.id in own:
            value += f" · {reader.say(t('yours among them'))}"
        if topic.description:
            value += f"\n{escaped(_short(topic.description))}"
        card.add_field(name=f"{number}. {escaped(topic.title)}"[:256], value=value[:1024], inline=False)
    card.set_footer(text=page_label(page, reader))
    return card


def _kind(topic: Topic, reader: Reader) -> str:
    return f"{reader.say(LEVELS[topic.level])} · {reader.say(FORMATS[topic.format])}"


def _support(topic: Topic) -> Text:
    return nt("supported by {count} delegation", "supported by {count} delegations", topic.support)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 200 else f"{line[:199]}…"  # noqa: PLR2004 - two lines on a phone
