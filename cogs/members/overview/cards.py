"""The overview as a card: how many seats and people need a look, and the first of them."""

from collections.abc import Mapping, Sequence
from typing import Final

import discord

from bot.commands import Command
from bot.names.delegation_names import with_flag
from bot.texts import Reader, Text, escaped, nt, t
from bot.ui.embed_limits import FIELD, joined
from cogs.members.directory.cards import COLOUR, empty_directory
from cogs.members.overview.rules import ENDS_WITHIN, Concern, Finding

_SHOWN: Final = 12


_HEADINGS: Final[Mapping[Finding, Text]] = {
    "vacant": t("Vacant seats"),
    "no_focal_point": t("Seats without a focal point"),
    "ending": t("Terms that end within {days} days", days=ENDS_WITHIN.days),
    "long_term": t("Terms older than three years"),
    "no_account": t("People without a linked account"),
    "returned": t("People from whose address an e-mail came back"),
    "quiet": t("No recorded activity for a year"),
}


def overview_card(found: Sequence[Concern], waiting: int, claims: int, unreached: int, reader: Reader) -> discord.Embed:
    """Show how many there are of each kind, with the first of them.

    ``waiting`` are the nominations to decide on, ``claims`` the accounts to confirm, ``unreached`` the people whom the
    bot has a message for that nothing brought to them.
    """
    card = discord.Embed(title=_title(reader), colour=COLOUR)
    said = [
        nt("{count} nomination waits for you.", "{count} nominations wait for you.", waiting),
        nt(
            "{count} account waits for you to confirm whose it is.",
            "{count} accounts wait for you to confirm whose they are.",
            claims,
        ),
        nt(
            "{count} person was not reached by at least one message: {list}.",
            "{count} people were not reached by at least one message: {list}.",
            unreached,
            list=Command("outbox unreached"),
        ),
    ]
    lines = [reader.say(text) for text in said if text.count]
    if lines:
        card.description = "\n".join(lines)
    for finding, heading in _HEADINGS.items():
        some = [concern for concern in found if concern.finding == finding]
        if some:
            shown = [_line(concern, reader) for concern in some[:_SHOWN]]
            if len(some) > _SHOWN:
                more = nt("and {count} more in the file", "and {count} more in the file", len(some) - _SHOWN)
                shown.append(reader.say(more))
            name = f"{reader.label(heading)}: {reader.number(len(some))}"
            card.add_field(name=name, value=joined(shown, reader, FIELD), inline=False)
    if not found and not lines:
        card.description = reader.say(t("Every seat is filled, and nothing needs attention."))
    return card


def _title(reader: Reader) -> str:
    return reader.label(t("Overview of the seats"))


def empty_card(reader: Reader) -> discord.Embed:
    """Say of a directory without any seat how it is filled."""
    return discord.Embed(title=_title(reader), description=reader.say(empty_directory()), colour=COLOUR)


def _line(concern: Concern, reader: Reader) -> str:
    parts = [str(escaped(with_flag(concern.delegation, reader.language)))]
    if concern.holder is not None and concern.holder.person.name:
        parts.append(str(escaped(concern.holder.person.name)))
    if concern.since is not None:
        parts.append(reader.day(concern.since))
    return " · ".join(parts)[:80]
