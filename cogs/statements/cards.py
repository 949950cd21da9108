"""What a statement looks like: models in, embeds out."""

from collections.abc import Sequence
from typing import Final

import discord

from bot.documents import described
from bot.texts import Reader, Text, escaped, nt, t
from bot.ui import colours
from bot.ui.embed_limits import add_field, add_lines, joined, listed
from cogs.statements import rules, sentences
from cogs.statements.rules import Details, Joiner
from storage.statements.models import Statement

_ROOM: Final = 3400
"""Characters for the names of those that have joined."""
_COLOURS: Final = {
    "draft": colours.PAST,
    "final": colours.VOTE,
    "open": colours.VOTE,
    "closed": colours.CLOSED,
    "delivered": colours.EVENT,
    "cancelled": colours.CANCELLED,
}


def statement_card(
    details: Details, reader: Reader, *, with_link: bool = False, own: Sequence[str] = ()
) -> discord.Embed:
    """Show a statement. ``with_link``: also where its text can be read, for readers in the server.

    ``own`` says what the reader's own delegations have done, in markdown.
    """
    statement = details.statement
    card = discord.Embed(title=escaped(statement.title)[:256], colour=_COLOURS[statement.state])
    card.description = "\n\n".join(_joined(details, reader)) or None
    add_field(card, reader, t("State"), reader.say(sentences.STATES[statement.state]))
    if statement.state == "cancelled" and statement.cancel_reason:
        add_field(card, reader, t("Reason"), escaped(statement.cancel_reason))
    if statement.state in ("draft", "final", "open"):
        add_field(card, reader, t("Closes"), reader.stamp(statement.closes_at, statement.timezone))
    if details.documents:
        files = [reader.say(described(one, reader)) for one in details.documents]
        add_field(card, reader, t("Text"), "\n".join(files))
    if with_link and statement.url:
        add_field(card, reader, t("Link"), escaped(statement.url))
    if details.penholders:
        add_field(card, reader, t("Penholders"), listed(details.penholders, reader))
    if statement.state in ("draft", "final", "open"):
        add_field(card, reader, t("Invited to join"), sentences.audience(statement, details.chosen, reader))
    if statement.state == "open":
        counted = sentences.count_of(statement, rules.shown_count(statement))
        add_field(card, reader, t("Joined"), reader.say(counted))
    if own:
        add_field(card, reader, t("Your delegation"), "\n".join(own))
    return card


def _joined(details: Details, reader: Reader) -> list[str]:
    if details.joiners is None or details.statement.state in ("draft", "final", "cancelled"):
        return []
    on_time = [one for one in details.joiners if not one.joining.is_late]
    late = [one for one in details.joiners if one.joining.is_late]
    parts = [_names(sentences.has_joined(len(on_time)), on_time, reader)]
    if late:
        heading = nt("{count} delegation joined later:", "{count} delegations joined later:", len(late))
        parts.append(_names(heading, late, reader))
    return parts


def _names(heading: Text, joiners: Sequence[Joiner], reader: Reader) -> str:
    names = listed([one.name for one in joiners], reader, _ROOM // 2)
    return "\n".join(part for part in (f"**{reader.say(heading)}**", names) if part)


def add_recorded(card: discord.Embed, joiners: Sequence[Joiner], reader: Reader) -> None:
    """Add which joinings the secretariat recorded, each with its reference; nothing where there are none."""
    recorded = [one for one in joiners if one.joining.by_secretariat]
    lines = [f"{escaped(one.name)}: {escaped(one.joining.reference)}" for one in recorded]
    if lines:
        add_lines(card, reader.label(t("Recorded by the secretariat")), lines, reader)


def list_card(
    statements: Sequence[Statement], heading: Text, none: Text, footer: str | None, reader: Reader
) -> discord.Embed:
    """Show statements as two lines each; ``none`` says that there are none."""
    lines = [_list_line(one, reader) for one in statements] or [reader.say(none)]
    card = discord.Embed(
        title=reader.label(heading), description=joined("\n\n".join(lines).split("\n"), reader), colour=colours.VOTE
    )
    card.set_footer(text=footer)
    return card


def _list_line(statement: Statement, reader: Reader) -> str:
    parts = [reader.say(sentences.STATES[statement.state])]
    if statement.state in ("draft", "final", "open"):
        parts.append(reader.stamp(statement.closes_at, statement.timezone, "f"))
    if statement.state in ("closed", "delivered"):
        parts.append(reader.say(sentences.has_joined(statement.joined)))
    return f"**{escaped(statement.title)}**\n{' · '.join(parts)}"
