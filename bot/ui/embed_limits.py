"""What fits into a message: Discord refuses a card that is too large, so whole lines are left out and counted."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Final

import discord

from bot.texts import Reader, Text, clipped, escaped, nt

CARD: Final = 6000
"""Characters of all that a card shows."""
DESCRIPTION: Final = 4096
FIELD: Final = 1024
FIELDS: Final = 25
TITLE: Final = 256
FOOTER: Final = 2048
CONTENT: Final = 2000
"""Characters of a message's text, beside its cards."""
_MORE: Final = 60
"""Characters kept free to say how many lines were left out."""
UNNAMED: Final = "\u200b"


def fitted(cards: Sequence[discord.Embed]) -> list[discord.Embed]:
    """Return the cards of one message, cut where Discord would refuse it.

    What makes a card leaves out whole lines and counts them; this is for what nobody foresaw: the length of what
    somebody typed costs its end, and never the answer.
    """
    room = CARD
    found: list[discord.Embed] = []
    for card in cards:
        found.append(_cut_to(card, room))
        room -= len(found[-1])
    return found


def _fits(card: discord.Embed, room: int) -> bool:
    return (
        len(card) <= room
        and len(card.title or "") <= TITLE
        and len(card.description or "") <= DESCRIPTION
        and len(card.fields) <= FIELDS
        and all(len(field.name or "") <= TITLE and len(field.value or "") <= FIELD for field in card.fields)
    )


def _cut_to(card: discord.Embed, room: int) -> discord.Embed:
    if _fits(card, room):
        return card
    # A copy of discord.py's shares the fields of what it is made of.
    cut = discord.Embed.from_dict(deepcopy(card.to_dict()))
    cut.title = clipped(cut.title, TITLE) if cut.title else cut.title
    cut.description = clipped(cut.description, DESCRIPTION) if cut.description else cut.description
    if cut.footer.text:
        cut.set_footer(text=clipped(cut.footer.text, FOOTER), icon_url=cut.footer.icon_url)
    for number, field in enumerate(cut.fields[:FIELDS]):
        name, value = clipped(field.name or UNNAMED, TITLE), clipped(field.value or UNNAMED, FIELD)
        cut.set_field_at(number, name=name, value=value, inline=field.inline)
    while len(cut.fields) > FIELDS or (cut.fields and len(cut) > room):
        cut.remove_field(len(cut.fields) - 1)
    if len(cut) > room:
        kept = room - (len(cut) - len(cut.description or ""))
        cut.description = clipped(cut.description or "", kept) if kept > 0 else None
    return cut


def joined(lines: Sequence[str], reader: Reader, limit: int = DESCRIPTION) -> str:
    """Return the ``lines`` below each other in at most ``limit`` characters; says how many were left out."""
    text = "\n".join(lines)
    if len(text) <= limit:
        return text
    kept: list[str] = []
    room = limit - _MORE
    for line in lines:
        room -= len(line) + 1
        if room < 0:
            break
        kept.append(line)
    return "\n".join([*kept, _left_out(len(lines) - len(kept), reader)])


def listed(names: Sequence[str], reader: Reader, most: int = 900) -> str:
    """Join names in markdown, cut with their number where they take more than ``most`` characters."""
    shown: list[str] = []
    for name in map(escaped, names):
        if sum(map(len, shown)) + 2 * len(shown) + len(name) > most:
            more = reader.say(nt("and {count} more", "and {count} more", len(names) - len(shown)))
            return f"{', '.join(shown)} {more}"
        shown.append(name)
    return ", ".join(shown)


def add_field(card: discord.Embed, reader: Reader, name: Text, value: str, *, inline: bool = False) -> None:
    """Add a field with a ``value`` of markdown, cut where Discord would refuse it."""
    card.add_field(name=reader.label(name), value=value[:FIELD], inline=inline)


def add_lines(card: discord.Embed, name: str, lines: Sequence[str], reader: Reader) -> None:
    """Add the ``lines`` below a heading, in as many fields as they need and the card still holds.

    A line is never cut; where some are left out, the last one says how many.
    """
    left = list(lines)
    while left:
        room = min(FIELD, CARD - len(card) - len(name) - _MORE)
        if len(card.fields) >= FIELDS or room < len(left[0]):
            _say_left_out(card, name, len(left), reader)
            return
        taken = [left.pop(0)]
        while left and len("\n".join([*taken, left[0]])) <= room:
            taken.append(left.pop(0))
        card.add_field(name=name, value="\n".join(taken), inline=False)
        name = UNNAMED


def add_fields(card: discord.Embed, fields: Sequence[tuple[str, Sequence[str]]], reader: Reader) -> None:
    """Add a field for each heading with its lines, as many as the card holds; the last says how many are left out.

    Headings are at most 256 characters, as Discord counts them.
    """
    for number, (name, lines) in enumerate(fields):
        value = joined(lines, reader, FIELD)
        last = number + 1 == len(fields)
        room = CARD - len(card) - (0 if last else _MORE)
        if len(name) + len(value) > room or len(card.fields) >= FIELDS - (0 if last else 1):
            card.add_field(name=UNNAMED, value=_left_out(len(fields) - number, reader), inline=False)
            return
        card.add_field(name=name, value=value, inline=False)


def _say_left_out(card: discord.Embed, name: str, count: int, reader: Reader) -> None:
    said = _left_out(count, reader)
    if card.fields and (len(card.fields) >= FIELDS or name == UNNAMED):
        last = card.fields[-1]
        lines = (last.value or "").split("\n")
        while lines and len("\n".join([*lines, said])) > FIELD:
            count += 1
            lines.pop()
            said = _left_out(count, reader)
        card.set_field_at(len(card.fields) - 1, name=last.name, value="\n".join([*lines, said]), inline=False)
    elif CARD - len(card) > len(name) + len(said):
        card.add_field(name=name, value=said, inline=False)


def _left_out(count: int, reader: Reader) -> str:
    return reader.say(nt("… and {count} more", "… and {count} more", count))
