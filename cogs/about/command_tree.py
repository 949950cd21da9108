"""Which commands there are for the person who asks. No role of its own: it reads discord.py's tree of commands."""

from typing import Any

import discord
from discord import app_commands

from bot.access import COMMANDS, Asker
from bot.texts import Text
from cogs.about.cards import Chapter


def chapters(tree: app_commands.CommandTree[Any], asker: Asker) -> list[Chapter]:
    """Return the commands that the asker may use, by their first word."""
    shown: list[Chapter] = []
    for root in tree.get_commands(type=discord.AppCommandType.chat_input):
        leaves = root.walk_commands() if isinstance(root, app_commands.Group) else [root]
        allowed = [
            (leaf.qualified_name, asker.reader.say(Text(leaf.description)))
            for leaf in leaves
            if isinstance(leaf, app_commands.Command) and asker.may(COMMANDS[leaf.qualified_name])
        ]
        if allowed:
            shown.append(Chapter(root.name, asker.reader.say(Text(root.description)), allowed))
    return shown


def menus(tree: app_commands.CommandTree[Any], asker: Asker) -> list[str]:
    """Return the entries that the asker may use in the menu on a person."""
    entries = tree.get_commands(type=discord.AppCommandType.user)
    return [entry.name for entry in entries if asker.may(COMMANDS[entry.qualified_name])]


def command_named(tree: app_commands.CommandTree[Any], name: str) -> app_commands.Command[Any, ..., Any] | None:
    """Return the command of that qualified name; None where this version has no such command."""
    found = [c for c in tree.walk_commands() if c.qualified_name == name]
    return next((c for c in found if isinstance(c, app_commands.Command)), None)
