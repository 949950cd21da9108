"""A hand-over note, as its delegation reads it."""

import discord

from bot import retention
from bot.names.delegation_names import with_code
from bot.texts import Reader, escaped, t
from cogs.members.directory.cards import COLOUR, person_name
from cogs.members.notes.rules import ShownNote
from cogs.members.sentences import role_at


def note_card(shown: ShownNote, reader: Reader) -> discord.Embed:
    """Show a note with its author and how long it is kept."""
    author = shown.author
    title = t(
        "Hand-over note: {person}, {role}, {delegation}",
        person=person_name(author, shown.delegation, reader),
        role=role_at(author.appointment),
        delegation=with_code(shown.delegation, reader.language),
    )
    card = discord.Embed(title=reader.label(title)[:256], description=escaped(shown.note.text), colour=COLOUR)
    kept = t(
        "Only your delegation can read this. It is deleted {period} after your successor has read it.",
        period=retention.named(retention.HANDOVER_NOTES),
    )
    card.set_footer(text=reader.label(kept))
    return card
