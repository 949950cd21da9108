"""Whatever is typed into a search is words to look for, never a language of the search engine's."""

import logging
from collections.abc import AsyncGenerator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from discord import app_commands

from bot.clock import Clock
from bot.errors import UserError
from bot.shelf import Shelf
from bot.shelf.words import term, terms
from storage.database import Database
from tests.world import World, said

LONGEST = 6000
"""Characters that Discord takes in one option."""
HOSTILE = (
    '"',
    '"peace',
    '""""',
    'peace" OR "law',
    "' OR 1=1 --",
    "peace NEAR law",
    "NEAR(peace law, 5)",
    "peace AND",
    "OR OR OR",
    "NOT peace",
    "pea*",
    "*",
    "* *",
    "^peace",
    "title:statement",
    "{title authors} : statement",
    "-title : statement",
    "resource_text MATCH peace",
    "(((((",
    "peace)",
    "a\0b",
    "\0",
    "peace + law",
    "%_%",
    "[](http://e.vil)",
    "\u202etxet",
    "\ud7ff\ufffd\U0001f54a",
    "\\",
    "; DROP TABLE resource;",
    "w" * LONGEST,
    "w " * (LONGEST // 2),
    " ".join(f"wrd{n}" for n in range(LONGEST // 8)),
    '"' * LONGEST,
    "(" * LONGEST,
    "NEAR " * (LONGEST // 5),
)


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncGenerator[Shelf]:
    database = await Database.open(tmp_path / "focalbot.sqlite3")
    yield Shelf(database, Clock())
    await database.close()


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: repr(typed[:20]))
async def test_no_query_breaks_the_search_of_the_shelf(shelf: Shelf, typed: str) -> None:
    scope = await shelf.scope(1, for_members=True)
    await shelf.choices(scope, typed)
    with suppress(UserError):  # "There is no word in that to look for"
        await shelf.search(scope, typed)


@pytest.mark.parametrize("typed", HOSTILE, ids=lambda typed: repr(typed[:20]))
def test_what_is_looked_for_grows_with_what_is_typed_and_no_faster(typed: str) -> None:
    asked = [form for one in terms(typed) for form in (*one.beginnings, *one.exact, *one.stems)]
    assert sum(map(len, asked)) <= 50 * len(typed)


@pytest.mark.parametrize(("letters", "ways"), [(7, 1), (8, 4), (40, 36), (41, 1)])
def test_a_word_is_looked_for_in_two_parts_only_where_it_may_be_two(letters: int, ways: int) -> None:
    assert len(term("w" * letters).beginnings) == ways


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("title:statement", "title statement"),
        ("{title authors} : statement", "title authors statement"),
        ("statement*", "statement"),
        ('"statement', "statement"),
        ("^statement", "statement"),
        ("statement)", "statement"),
        ("statement + madrid", "statement madrid"),
        ("NEAR(statement madrid)", "near statement madrid"),
        ("statement NOT madrid", "statement not madrid"),
    ],
)
async def test_the_signs_of_the_search_engines_language_are_no_part_of_the_question(
    shelf: Shelf, typed: str, plain: str
) -> None:
    scope = await shelf.scope(1, for_members=True)
    asked, understood = await shelf.search(scope, typed), await shelf.search(scope, plain)
    assert [one.id for one in asked.resources] == [one.id for one in understood.resources]
    assert asked.total == understood.total > 0


def _searched(world: World) -> list[tuple[str, str]]:
    """Return each command and option in which people look for something."""
    return [
        (command.qualified_name, parameter.name)
        for command in world.bot.tree.walk_commands()
        if isinstance(command, app_commands.Command)
        for parameter in command.parameters
        if parameter.autocomplete and command.qualified_name.partition(" ")[0] != "setup"
    ]


async def test_no_list_offered_while_somebody_types_breaks(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)
    server = world.server
    channel = server.channels["secretariat"]
    for command, option in _searched(world):
        for typed in HOSTILE[::3] if option in {"timezone", "zone"} else HOSTILE[::2]:
            offered: list[Any] = await server.secretariat.autocomplete(channel, command, option, typed[:100])
            assert len(offered) <= 25
    assert caplog.records == []


@pytest.mark.parametrize(
    ("command", "option"),
    [
        ("resource search", "query"),
        ("member find", "who"),
        ("member history", "delegation"),
        ("webinar show", "webinar"),
        ("meeting show", "meeting"),
        ("poll results", "poll"),
        ("poll verify", "receipt"),
        ("resource show", "resource"),
        ("audit", "what"),
        ("settings timezone", "zone"),
    ],
)
async def test_no_command_that_looks_for_something_breaks(
    world: World, caplog: pytest.LogCaptureFixture, command: str, option: str
) -> None:
    caplog.set_level(logging.ERROR)
    server = world.server
    [asked] = [
        one
        for one in world.bot.tree.walk_commands()
        if one.qualified_name == command and isinstance(one, app_commands.Command)
    ]
    most = next(one.max_value for one in asked.parameters if one.name == option) or LONGEST
    for typed in HOSTILE:
        shown = {option: typed[: int(most)]}
        assert said(await server.secretariat.slash(server.channels["secretariat"], command, **shown)), typed
    assert caplog.records == []
