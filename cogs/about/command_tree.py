"""Which commands there are for the person who asks. No role of its own: it reads discord.py's tree of commands."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import Any, Final
from weakref import WeakKeyDictionary

import discord
from discord import app_commands

from bot.access import COMMANDS, Asker, Level
from bot.texts import Text
from cogs.about.cards import Chapter, Offered

_Trees = WeakKeyDictionary[app_commands.CommandTree[Any], dict[frozenset[Level], Offered]]
_held: Final[_Trees] = WeakKeyDictionary()


def offered(tree: app_commands.CommandTree[Any], asker: Asker) -> Offered:
    """Return what the asker may use; a bot's tree, which does not change, is walked once for all of the same levels."""
    levels = frozenset(level for level in Level if asker.may(level))
    held = _held.setdefault(tree, {})
    if levels not in held:
        held[levels] = Offered(_chapters(tree, levels), _menus(tree, levels))
    return held[levels]


def _chapters(tree: app_commands.CommandTree[Any], levels: AbstractSet[Level]) -> list[Chapter]:
    found = [
        Chapter(root.name, Text(root.description), list(_commands(root, levels)))
        for root in tree.get_commands(type=discord.AppCommandType.chat_input)
    ]
    return [chapter for chapter in found if chapter.commands]


def _commands(
    root: app_commands.Group | app_commands.Command[Any, ..., Any], levels: AbstractSet[Level]
) -> Iterator[tuple[str, Text]]:
    for leaf in root.walk_commands() if isinstance(root, app_commands.Group) else [root]:
        if isinstance(leaf, app_commands.Command) and COMMANDS[leaf.qualified_name] in levels:
            yield leaf.qualified_name, Text(leaf.description)


def _menus(tree: app_commands.CommandTree[Any], levels: AbstractSet[Level]) -> list[str]:
    entries = tree.get_commands(type=discord.AppCommandType.user)
    return [entry.name for entry in entries if COMMANDS[entry.qualified_name] in levels]


def command_named(tree: app_commands.CommandTree[Any], name: str) -> app_commands.Command[Any, ..., Any] | None:
    """Return the command of that qualified name; None where this version has no such command."""
    found = [c for c in tree.walk_commands() if c.qualified_name == name]
    return next((c for c in found if isinstance(c, app_commands.Command)), None)
