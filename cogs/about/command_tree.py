"""Which commands there are for the person who asks. No role of its own: it reads discord.py's tree of commands."""

from collections.abc import Iterator
from typing import Any, Final
from weakref import WeakKeyDictionary

import discord
from discord import app_commands

from bot.access import COMMANDS, Asker, Level
from bot.texts import Text
from cogs.about.cards import Chapter


def chapters(tree: app_commands.CommandTree[Any], asker: Asker) -> list[Chapter]:
    """Return the commands that the asker may use, by their first word."""
    shown: list[Chapter] = []
    for word, about, commands in _groups(tree):
        allowed = [(name, does) for name, does, level in commands if asker.may(level)]
        if allowed:
            shown.append(Chapter(word, about, allowed))
    return shown


_Groups = list[tuple[str, Text, list[tuple[str, Text, Level]]]]
_held: Final[WeakKeyDictionary[app_commands.CommandTree[Any], _Groups]] = WeakKeyDictionary()


def _groups(tree: app_commands.CommandTree[Any]) -> _Groups:
    """Return each first word with what its commands share and the commands; a bot's tree is walked once."""
    if tree not in _held:
        _held[tree] = [
            (root.name, Text(root.description), list(_commands(root)))
            for root in tree.get_commands(type=discord.AppCommandType.chat_input)
        ]
    return _held[tree]


def _commands(root: app_commands.Group | app_commands.Command[Any, ..., Any]) -> Iterator[tuple[str, Text, Level]]:
    for leaf in root.walk_commands() if isinstance(root, app_commands.Group) else [root]:
        if isinstance(leaf, app_commands.Command):
            yield leaf.qualified_name, Text(leaf.description), COMMANDS[leaf.qualified_name]


def menus(tree: app_commands.CommandTree[Any], asker: Asker) -> list[str]:
    """Return the entries that the asker may use in the menu on a person."""
    entries = tree.get_commands(type=discord.AppCommandType.user)
    return [entry.name for entry in entries if asker.may(COMMANDS[entry.qualified_name])]


def command_named(tree: app_commands.CommandTree[Any], name: str) -> app_commands.Command[Any, ..., Any] | None:
    """Return the command of that qualified name; None where this version has no such command."""
    found = [c for c in tree.walk_commands() if c.qualified_name == name]
    return next((c for c in found if isinstance(c, app_commands.Command)), None)
