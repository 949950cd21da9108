"""What a webinar looks like: models in, embeds out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import discord

from bot.commands import Command
from bot.texts import Reader, Text, escaped, t
from bot.ui import colours
from bot.ui.embed_limits import add_field
from cogs.webinars import sentences
from storage.webinars.models import Webinar, WebinarAnswer, WebinarCounts


@dataclass(frozen=True, slots=True)
class Viewer:
    """What a reader sees beside the public card: links, and their own answer (None: no answer)."""

    is_member: bool = False
    answer: WebinarAnswer | None = None


PUBLIC: Final = Viewer()
MEMBER: Final = Viewer(is_member=True)


def webinar_card(
    webinar: Webinar, reader: Reader, now: datetime, *, counts: WebinarCounts | None = None, viewer: Viewer = PUBLIC
) -> discord.Embed:
    """Show a webinar. ``counts`` are how many answered what (None: not shown); links only to members."""
    card = discord.Embed(
        title=sentences.card_title(webinar),
        description=escaped(webinar.description)[:3000] or None,
        colour=colours.EVENT if webinar.ends_at > now else colours.PAST,
    )
    if webinar.cancelled_at is not None:
        card.colour = colours.CANCELLED
        reason = escaped(webinar.cancel_reason) if webinar.cancel_reason else reader.say(t("No reason was given."))
        add_field(card, reader, t("Webinar cancelled"), reason)
    add_field(card, reader, t("When"), when(webinar, reader))
    add_field(card, reader, t("Length"), sentences.length(webinar.length, reader), inline=True)
    if webinar.languages:
        add_field(card, reader, t("Languages"), escaped(sentences.languages(webinar.languages, reader)), inline=True)
    if webinar.speakers:
        add_field(card, reader, t("Speakers"), escaped(webinar.speakers))
    if counts is not None and webinar.cancelled_at is None:
        add_field(card, reader, t("Answers"), counted(counts, reader))
    _for_members(card, webinar, reader, now, viewer)
    return card


def when(webinar: Webinar, reader: Reader) -> str:
    """Write the start as Discord's stamp, with the day and time in the webinar's own zone, and how far off it is."""
    stamp = f"<t:{int(webinar.starts_at.timestamp())}:F>"
    return f"{stamp} (<t:{int(webinar.starts_at.timestamp())}:R>)\n{reader.moment(webinar.starts_at, webinar.timezone)}"


def counted(counts: WebinarCounts, reader: Reader) -> str:
    """Write how many answered what."""
    return reader.say(
        t(
            "✅ Attending: {attending} · ❔ Maybe: {maybe} · ✖️ Can't: {cant}",
            attending=counts.attending,
            maybe=counts.maybe,
            cant=counts.cant,
        )
    )


def _for_members(card: discord.Embed, webinar: Webinar, reader: Reader, now: datetime, viewer: Viewer) -> None:
    if webinar.cancelled_at is not None:
        return
    if webinar.recording:
        said = reader.say(t("Recording available: members find it under {command}.", command=_SHOW))
        add_field(card, reader, t("Recording"), webinar.recording if viewer.is_member else said)
    elif viewer.is_member and webinar.ends_at > now:
        add_field(card, reader, t("Link to join"), webinar.link)
    if viewer.answer is not None and viewer.answer.reply is not None:
        add_field(card, reader, t("Your answer"), reader.say(sentences.REPLY[viewer.answer.reply]))


_SHOW: Final = Command("webinar show")


def none_ahead(*, to_secretariat: bool) -> Text:
    """Say that no webinar is ahead and, ``to_secretariat``, how to announce one."""
    if to_secretariat:
        return t("No webinar is planned yet: announce one with {command}.", command=Command("webinar schedule"))
    return t("No webinar is planned yet.")


def list_card(
    webinars: Sequence[Webinar], heading: Text, reader: Reader, now: datetime, *, hidden: int, none: Text
) -> discord.Embed:
    """Show webinars as two lines each; ``hidden`` counts those that did not fit, ``none`` says that there are none."""
    lines = [_list_line(webinar, reader, now) for webinar in webinars]
    if hidden:
        lines.append(reader.say(t("and {count} more", count=hidden)))
    if not lines:
        lines.append(reader.say(none))
    return discord.Embed(title=reader.label(heading), description="\n\n".join(lines)[:4000], colour=colours.EVENT)


def _list_line(webinar: Webinar, reader: Reader, now: datetime) -> str:
    marks: list[str] = []
    if webinar.cancelled_at is not None:
        marks.append(reader.say(t("webinar cancelled")))
    elif webinar.recording:
        marks.append(reader.say(t("recording available")))
    elif webinar.starts_at <= now < webinar.ends_at:
        marks.append(reader.say(t("now")))
    said = " · ".join(
        [reader.stamp(webinar.starts_at, webinar.timezone), sentences.length(webinar.length, reader), *marks]
    )
    return f"**{escaped(sentences.shortened(webinar.title, 150))}**\n{said}"
