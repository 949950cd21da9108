"""All commands, from the code. ``python -m tests.house.command_page`` (``make commands``) writes docs/commands.md."""

import asyncio
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from discord import app_commands

from bot.access import COMMANDS, Level
from tests.world import running_world

PAGE = Path(__file__).parent.parent.parent / "docs" / "commands.md"
_HEADER = """# Commands

Made by `make commands` from the commands themselves and from the table of who may do what; a test keeps it current. `?`
marks what may be left out. Discord shows descriptions and choices in each reader's language; names of commands and
options stay English. Answers are private.

| Who | |
| --- | --- |
"""
_WHO = {
    Level.EVERYBODY: "everybody",
    Level.MEMBERS: "members",
    Level.DELEGATES: "own delegation",
    Level.SECRETARIAT: "secretariat",
    Level.MANAGE_SERVER: "server",
}
_HEADINGS = {
    Level.EVERYBODY: "everybody on the server",
    Level.MEMBERS: "people with a post in the directory, and the secretariat, which serves them",
    Level.DELEGATES: "people with a post in the directory, for their own delegation",
    Level.SECRETARIAT: "people with the secretariat's role",
    Level.MANAGE_SERVER: "people with *Manage Server*",
}


def page(tree: app_commands.CommandTree[Any]) -> str:
    """Return the page, in Markdown."""
    commands = [c for c in tree.walk_commands() if isinstance(c, app_commands.Command)]
    parts = [_HEADER + "\n".join(f"| {_WHO[level]} | {_HEADINGS[level]} |" for level in Level)]
    for name, group in groupby(sorted(commands, key=_place), key=lambda c: c.qualified_name.split()[0]):
        rows = "\n".join(_row(command) for command in group)
        parts.append(f"## /{name}\n\n| Command | Options | Who | What it does |\n| --- | --- | --- | --- |\n{rows}")
    menus = [c for c in tree.get_commands() if isinstance(c, app_commands.ContextMenu)]
    rows = "\n".join(f"| {menu.name} | {_WHO[COMMANDS[menu.qualified_name]]} |" for menu in menus)
    parts.append(f"## In the menu on a person, under *Apps*\n\n| Entry | Who |\n| --- | --- |\n{rows}")
    return "\n\n".join(parts) + "\n"


def _place(command: app_commands.Command[Any, Any, Any]) -> tuple[str, int]:
    names = list(COMMANDS)
    return command.qualified_name.split()[0], names.index(command.qualified_name)


def _row(command: app_commands.Command[Any, Any, Any]) -> str:
    options = " ".join(f"`{part.name}{'' if part.required else '?'}`" for part in command.parameters)
    who = _WHO[COMMANDS[command.qualified_name]]
    return f"| `/{command.qualified_name}` | {options} | {who} | {command.description} |"


async def _write() -> None:
    with TemporaryDirectory() as folder:
        async with running_world(Path(folder) / "focalbot.sqlite3", seeded=False) as world:
            PAGE.write_text(page(world.bot.tree), "utf-8")


if __name__ == "__main__":
    asyncio.run(_write())
