"""A nomination as a card, and what became of it in words."""

from datetime import date

import discord

from bot.texts import Reader, Text, escaped, t
from cogs.members.directory.cards import COLOUR
from cogs.members.sentences import role_at
from storage.members.models import Nomination


def nomination_card(
    nomination: Nomination, nominator: str, reader: Reader, follows: tuple[str, date | None] | None = None
) -> discord.Embed:
    """Show what is asked for, by whom, and what became of it.

    ``follows`` is the focal point whose term an approval ends, with their last day (None: the day before it).
    """
    lines = [f"**{escaped(nomination.person.name)}** · {reader.say(role_at(nomination))}"]
    lines += [str(escaped(text)) for text in (nomination.title, nomination.ministry) if text]
    if nomination.starts_on is not None:
        lines.append(reader.say(t("From {day}", day=nomination.starts_on)))
    else:
        lines.append(reader.say(t("From the day of the approval")))
    if follows is not None:
        lines.append(reader.say(_follows(*follows)))
    if nomination.account_id is not None:
        lines.append(f"👤 <@{nomination.account_id}>")
    if nominator:
        lines.append(reader.say(t("Nominated by {person}", person=nominator)))
    card = discord.Embed(description="\n".join(lines), colour=COLOUR)
    if nomination.state != "waiting":
        card.add_field(name=reader.label(t("Decision")), value=decision(nomination, reader), inline=False)
    return card


def _follows(name: str, last: date | None) -> Text:
    if last is None:
        return t("Follows {person}, whose last day will be the day before the approval.", person=name)
    return t("Follows {person}, whose last day will be {day}.", person=name, day=last)


def decision(nomination: Nomination, reader: Reader) -> str:
    """Say where a nomination stands, and who decided."""
    by = f" · <@{nomination.decided_by}>" if nomination.decided_by else ""
    match nomination.state:
        case "waiting":
            return reader.say(t("waiting for the secretariat"))
        case "approved":
            return reader.say(t("approved")) + by
        case "declined":
            return reader.say(t("declined: {reason}", reason=nomination.reason)) + by
