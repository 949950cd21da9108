"""The monthly digest as an e-mail. Pure."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from bot.ahead import SECTIONS, described
from bot.commands import Command
from bot.mail.plain_text import plain_text
from bot.outbox.email_text import EmailText
from bot.texts import Markdown, Reader, Text, t
from cogs.digests import sentences
from cogs.digests.rules import Monthly

_LINK: Final = re.compile(r"\[((?:\\.|[^\]\\\n])*)\]\(https?://[^\s)]+\)")


def text_of(monthly: Monthly, month: date, reader: Reader) -> EmailText:
    """Write what lies ahead and what is new, without links: some are for members only."""
    parts = [
        (SECTIONS[section], [described(one, reader) for one in items]) for section, items in monthly.sections.items()
    ]
    parts += [(news.heading, list(news.lines)) for news in monthly.news]
    return EmailText(
        sentences.monthly_title(month, reader),
        [
            sentences.monthly(month, reader),
            *(_section(heading, lines, reader) for heading, lines in parts),
            t("The links are in the network's server on Discord, under {command}.", command=sentences.SHOW),
            t("You asked for this e-mail: {command} stops it.", command=Command("settings reminders")),
        ],
    )


def _section(heading: Text, lines: Iterable[str], reader: Reader) -> Text:
    without_links = (_LINK.sub(r"\1", line) for line in lines)
    written = "\n".join(f"• {plain_text(line, reader)}" for line in without_links)
    return Text("{heading}\n{lines}", values={"heading": heading, "lines": Markdown(written)})
