"""What Discord demands of command definitions, and what we demand: names, lengths, translations, levels."""

import re
from typing import Any

import pytest
from discord import app_commands

from bot.access import COMMANDS
from bot.sync import fingerprint
from tests.given_commands import definitions
from tests.house.command_page import PAGE, page
from tests.house.test_pages import PAGES
from tests.world import World

LANGUAGES = ("fr", "es-ES")


def every(option: dict[str, Any]) -> list[dict[str, Any]]:
    return [option, *(inner for child in option.get("options", []) for inner in every(child))]


async def test_every_text_is_translated_and_at_most_80_characters(world: World) -> None:
    for command in await definitions(world.bot.tree):
        for part in every(command):
            described = part.get("description")
            if described:
                texts = [described, *part["description_localizations"].values()]
                assert set(LANGUAGES) <= part["description_localizations"].keys(), part["name"]
                assert [text for text in texts if len(text) > 80] == [], part["name"]
            assert not part.get("name_localizations"), "names stay English"
            for choice in part.get("choices", []):
                names = [choice["name"], *(choice.get("name_localizations") or {}).values()]
                assert [name for name in names if len(name) > 80] == []
                assert not [name for name in names if "_" in name], "a raw value shows"


async def test_every_command_fits_discords_8000_characters(world: World) -> None:
    for command in await definitions(world.bot.tree):
        assert size(command) <= 8000, command["name"]


def size(part: dict[str, Any]) -> int:
    """Count as Discord does: names, descriptions and values, each with its longest localisation."""
    own = longest(part, "name") + longest(part, "description")
    choices = sum(longest(choice, "name") + len(str(choice["value"])) for choice in part.get("choices", []))
    return own + choices + sum(map(size, part.get("options", [])))


def longest(part: dict[str, Any], key: str) -> int:
    texts = [part.get(key) or "", *(part.get(f"{key}_localizations") or {}).values()]
    return max(map(len, texts))


async def test_commands_are_given_anew_when_one_or_a_translation_of_it_is_another(world: World) -> None:
    tree = world.bot.tree
    before = fingerprint(tree, [b"fr", b"es"])
    assert fingerprint(tree, [b"fr", b"es"]) == before
    assert fingerprint(tree, [b"fr", b"it"]) != before
    assert fingerprint(tree, [b"f", b"res"]) != before
    command = tree.get_command("help")
    assert isinstance(command, app_commands.Command)
    command.description = "Another"
    assert fingerprint(tree, [b"fr", b"es"]) != before


async def test_every_command_is_in_the_access_table(world: World) -> None:
    tree = world.bot.tree
    commands = {c.qualified_name for c in tree.walk_commands() if not getattr(c, "commands", None)}
    commands |= {c.qualified_name for c in tree.get_commands() if isinstance(c, app_commands.ContextMenu)}
    assert commands - COMMANDS.keys() == set()


async def test_only_setup_is_hidden_by_discord_and_all_are_for_servers(world: World) -> None:
    for command in await definitions(world.bot.tree):
        hidden = command.get("default_member_permissions")
        assert (hidden is not None) == (command["name"] == "setup")
        assert command["contexts"] == [0], command["name"]


async def test_the_page_of_all_commands_is_current(world: World) -> None:
    assert PAGE.read_text("utf-8") == page(world.bot.tree), "type: make commands"


NO_COMMANDS = {"ready", "metrics", "root", "proc"}
"""What the bot serves over HTTP, and folders of the machine."""
TYPED = re.compile(r"`/([a-z]+(?: [a-z]+)*)((?: \w+:[^`]*)?)`")


async def test_what_a_page_says_to_type_can_be_typed(world: World) -> None:
    tree = world.bot.tree
    options = {
        command.qualified_name: {part.name for part in command.parameters}
        for command in tree.walk_commands()
        if isinstance(command, app_commands.Command)
    }
    groups = {name.rsplit(" ", 1)[0] for name in options} | {name.split()[0] for name in options}
    wrong: list[str] = []
    for path in PAGES:
        for name, rest in TYPED.findall(path.read_text("utf-8")):
            if (name in groups and not rest) or name in NO_COMMANDS:
                continue
            # "/setup channels welcome" names the option of a command.
            known = options.get(name, options.get(name.rsplit(" ", 1)[0], set()))
            named = set(re.findall(r" (\w+):", rest)) | ({name.rsplit(" ", 1)[-1]} if name not in options else set())
            wrong += [f"{path.name}: /{name} {unknown}" for unknown in named - known]
    assert sorted(wrong) == [], "\n".join(wrong)


def test_what_a_page_says_to_type_is_found() -> None:
    assert TYPED.findall("type `/poll list` or `/member end now:True`") == [
        ("poll list", ""),
        ("member end", " now:True"),
    ]


@pytest.mark.parametrize("name", ["secretariat", "focal-point"])
def test_a_page_names_the_same_commands_in_each_language(name: str) -> None:
    pages = [PAGE.with_name(f"{name}{language}.md").read_text("utf-8") for language in ("", ".fr", ".es")]
    english, *others = [sorted(command for command, _ in TYPED.findall(page)) for page in pages]
    assert len(english) > 3
    assert others == [english, english]
