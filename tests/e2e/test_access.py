"""The access table, walked: every command, list, button and form as every role, in the real bot."""

import re
from collections.abc import Iterator
from typing import Any

import discord
import hypothesis
import pytest
from discord import app_commands
from hypothesis import find
from hypothesis.strategies import characters, from_regex

from bot.access import BUTTONS, COMMANDS, SELECTS, Level, check_table
from bot.access.table import AccessTableError
from bot.ui import PersistentButton, PersistentSelect
from tests.members.claiming import claiming
from tests.people import Person
from tests.world import Server, World, embed_text, said

REFUSALS = (
    "The secretariat has not confirmed",
    "This is for members",
    "This is for the delegations",
    "This is for the secretariat",
    "This needs the permission",
)
FAULT = "Something went wrong"
ALLOWED = {
    Level.EVERYBODY: {"guest", "claimed", "member", "secretariat", "manager"},
    Level.MEMBERS: {"member", "secretariat"},
    Level.DELEGATES: {"member"},
    Level.SECRETARIAT: {"secretariat"},
    Level.MANAGE_SERVER: {"manager"},
}


def roles(server: Server) -> dict[str, Person]:
    """Return somebody for each role that the test network has from the start."""
    return {
        "guest": server.guest,
        "member": next(iter(server.members.values())),
        "secretariat": server.secretariat,
        "manager": server.manager,
    }


async def every_role(world: World) -> dict[str, Person]:
    """Return somebody for each role, with one who has entered a code and is not confirmed yet."""
    return {**roles(world.server), "claimed": await claiming(world)}


def leaves(world: World) -> Iterator[app_commands.Command[Any, ..., Any]]:
    for command in world.bot.tree.walk_commands():
        if isinstance(command, app_commands.Command):
            yield command


def filled(command: app_commands.Command[Any, ..., Any], server: Server) -> dict[str, Any]:
    values: dict[discord.AppCommandOptionType, Any] = {
        discord.AppCommandOptionType.string: "xyz",
        discord.AppCommandOptionType.integer: 1,
        discord.AppCommandOptionType.number: 1.0,
        discord.AppCommandOptionType.boolean: True,
        discord.AppCommandOptionType.user: server.guest,
        discord.AppCommandOptionType.role: server.member_role,
        discord.AppCommandOptionType.channel: server.channels["general"],
        discord.AppCommandOptionType.attachment: ("x.csv", b"xyz"),
    }
    return {p.name: p.choices[0].value if p.choices else values[p.type] for p in command.parameters if p.required}


def is_refused(text: str) -> bool:
    return text.startswith(REFUSALS)


async def test_every_command_as_every_role(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    people = await every_role(world)
    # Discord itself hides /setup; a person who is shown it all the same is refused by the table.
    setup = world.env.backend.find_command("setup", server.id)
    assert setup is not None
    server.guild.set_command_permissions(int(setup["id"]), dict.fromkeys(people.values(), True))
    for command in leaves(world):
        level = COMMANDS[command.qualified_name]
        for role, actor in people.items():
            result = await actor.slash(channel, command.qualified_name, **filled(command, server))
            if result.modal is not None:
                assert role in ALLOWED[level], (command.qualified_name, role)
                continue
            text = said(result)
            assert FAULT not in text, (command.qualified_name, role)
            assert is_refused(text) == (role not in ALLOWED[level]), (command.qualified_name, role, text)


async def test_the_secretariat_is_not_sent_to_the_secretariat(world: World) -> None:
    server = world.server
    for name, level in COMMANDS.items():
        if level is Level.DELEGATES:
            command = next(command for command in leaves(world) if command.qualified_name == name)
            refused = said(await server.secretariat.slash(server.channels["general"], name, **filled(command, server)))
            assert "ask the secretariat" not in refused
            assert "/help" in refused


async def test_every_list_while_typing_as_every_role(world: World) -> None:
    server = world.server
    channel = server.channels["general"]
    people = await every_role(world)
    for command in leaves(world):
        level = COMMANDS[command.qualified_name]
        if level is Level.MANAGE_SERVER:
            continue
        for parameter in command.parameters:
            if not parameter.autocomplete:
                continue
            for role, actor in people.items():
                offered = await actor.autocomplete(channel, command.qualified_name, parameter.name, "")
                assert len(offered) <= 25, (command.qualified_name, parameter.name)
                assert role in ALLOWED[level] or offered == [], (command.qualified_name, parameter.name, role)


Item = type[PersistentButton] | type[PersistentSelect]


def stored_items(world: World) -> dict[str, Item]:
    """Return every registered button and list, each under a custom_id that fits its template."""
    registered: dict[re.Pattern[str], Any] = world.bot._connection._view_store._dynamic_items
    ascii_text = characters(min_codepoint=32, max_codepoint=126)
    first = hypothesis.settings(phases=[hypothesis.Phase.generate], database=None, derandomize=True, deadline=None)
    return {
        find(from_regex(pattern, fullmatch=True, alphabet=ascii_text), fits, settings=first): item
        for pattern, item in registered.items()
    }


def level_of(item: Item) -> Level:
    if issubclass(item, PersistentButton):
        return BUTTONS[item.declared().custom_id]
    if issubclass(item, PersistentSelect):
        return SELECTS[item.declared().custom_id]
    return item.level


def fits(custom_id: str) -> bool:
    return len(custom_id) <= 100


async def test_every_button_as_every_role(world: World) -> None:
    server = world.server
    people = await every_role(world)
    for custom_id, item in stored_items(world).items():
        view = discord.ui.View(timeout=None)
        is_select = issubclass(item, PersistentSelect)
        if is_select:
            options = [discord.SelectOption(label="xyz", value="xyz")]
            view.add_item(discord.ui.Select(custom_id=custom_id, options=options))
        else:
            view.add_item(discord.ui.Button(custom_id=custom_id, label="xyz"))
        for role, actor in people.items():
            channel = world.bot.get_channel(server.channels["general"].id)
            assert isinstance(channel, discord.TextChannel)
            message = await channel.send(view=view)
            if is_select:
                result = await actor.select(message, ["xyz"], custom_id=custom_id)
            else:
                result = await actor.click(message, custom_id=custom_id)
            if result.modal is not None:
                assert role in ALLOWED[level_of(item)], (item, role)
                continue
            answers = [m for m in (result.response, *result.followups) if m is not None and m.ephemeral]
            text = "\n".join(part for m in answers for part in (m.content, *map(embed_text, m.embeds)))
            assert FAULT not in text, (item, role)
            assert is_refused(text) == (role not in ALLOWED[level_of(item)]), (item, role, text)


@pytest.mark.parametrize(
    ("used", "named"), [(["poll", "vote"], "'vote' has no entry"), ([], "'poll' is not a command of the bot")]
)
def test_the_bot_does_not_start_while_the_table_and_what_there_is_disagree(used: list[str], named: str) -> None:
    with pytest.raises(AccessTableError, match=named):
        check_table({"poll": Level.MEMBERS}, used, "command")
