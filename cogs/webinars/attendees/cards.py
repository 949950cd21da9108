"""Who answered what, a line each."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.names.delegation_names import with_flag
from bot.texts import Reader, escaped, nt, t
from bot.ui import colours
from bot.ui.embed_limits import add_field
from cogs.webinars import sentences
from cogs.webinars.attendees.rules import Attendee
from cogs.webinars.cards import counted
from storage.webinars.models import Webinar, WebinarCounts, WebinarReply

_EMOJI: Final[dict[WebinarReply | None, str]] = {"attending": "✅", "maybe": "❔", "cant": "✖️", None: "🎬"}
_LONGEST: Final = 3800


def attendees_card(
    webinar: Webinar, attendees: Sequence[Attendee], counts: WebinarCounts, reader: Reader
) -> discord.Embed:
    """Show who answered what, and how many of each answer there are."""
    card = discord.Embed(
        title=sentences.card_title(webinar), description=_table(attendees, reader), colour=colours.EVENT
    )
    coming = {one.seat.delegation.code for one in attendees if one.seat is not None and one.answer.reply == "attending"}
    name = nt("{count} delegation attending", "{count} delegations attending", len(coming))
    add_field(card, reader, name, counted(counts, reader))
    card.set_footer(text=reader.label(t("For the secretariat only: no list of who attends is ever public.")))
    return card


def _table(attendees: Sequence[Attendee], reader: Reader) -> str:
    lines = [_line(one, reader) for one in attendees]
    kept: list[str] = []
    for line in lines:
        if sum(len(one) + 1 for one in kept) + len(line) > _LONGEST:
            break
        kept.append(line)
    hidden = len(lines) - len(kept)
    if hidden:
        kept.append(reader.say(nt("and {count} more, in the file", "and {count} more, in the file", hidden)))
    return "\n".join(kept) or reader.say(t("Nobody has answered yet."))


def _line(one: Attendee, reader: Reader) -> str:
    mark = _EMOJI[one.answer.reply]
    who = f"<@{one.answer.account_id}>"
    if one.seat is None or one.holder is None:
        return f"{mark} {who} ({reader.say(t('has no post today'))})"
    name = escaped(one.holder.person.name) if one.holder.person.name else who
    return f"{mark} **{escaped(with_flag(one.seat.delegation, reader.language))}** · {name}"
