"""A table that is keyed by a fixed list of values has each of them: one that is forgotten fails here, not in use.

What is checked: every constant of the bot that maps the members of an enumeration or the values of a ``Literal``.
"""

import ast
import importlib
from collections.abc import Hashable, Iterator, Mapping
from enum import Enum
from functools import cache
from types import ModuleType
from typing import Any, Final, Literal, get_args, get_origin

import pytest

from tests.house.drawing import modules

PARTIAL: Final = {
    "bot.delivery.actions._STYLES": "the other buttons are grey",
    "bot.outbox.reasons._FAILED": "the other reasons are said by functions of their own",
    "bot.outbox.reasons._NOT_REACHED": "only these say of a message that it reached nobody",
    "cogs.digests.rules._HORIZON": "the other sections are shown however far ahead they are",
    "cogs.outbox.unreached.sentences._WHY": "whatever else happened, Discord refused it",
    "cogs.statements.messages._IN_STATES": "the others have delegations join, while the statement is open",
    "cogs.statements.sentences._OF_STATES": "the other kinds are in the table of sentences",
    "cogs.statements.sentences._SENTENCES": "the other kinds are said by functions of their own",
    "cogs.statements.stages.buttons._NEXT": "from the last states nothing follows",
    "storage.members.claims._ACTIONS": "a claim that waits is not decided; linking has a line of its own",
    "storage.statements.statements._ACTIONS": "reaching the other states is a change like any other",
    "storage.statements.statements._REACHED": "a draft and a final text have no instant of their own",
}
"""The tables that leave some out on purpose, and why that is right where they are read."""


def constants(path: Any) -> Iterator[str]:
    """Return the names that a module gives values to, outside of functions and classes."""
    for node in ast.parse(path.read_text("utf-8")).body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        yield from (target.id for target in targets if isinstance(target, ast.Name))


def all_of(kind: object) -> set[Hashable] | None:
    """Return all that a type of keys may be; None where that is not a fixed list."""
    if get_origin(kind) is Literal:
        return set(get_args(kind))
    return set(kind) if isinstance(kind, type) and issubclass(kind, Enum) else None


def wanted_keys(module: ModuleType, name: str, table: Mapping[Hashable, object]) -> set[Hashable] | None:
    """Return the keys that a table should have, by its annotation or else by the keys that it has; None: any."""
    annotation = module.__annotations__.get(name)
    while get_origin(annotation) is Final:
        (annotation,) = get_args(annotation)
    declared = all_of(get_args(annotation)[0]) if get_args(annotation) else None
    kinds = {type(key) for key in table}
    return declared or (all_of(kinds.pop()) if len(kinds) == 1 else None)


@cache
def tables() -> Mapping[str, set[Hashable]]:
    """Return the tables with a fixed list of keys, by their full names, with the keys that each leaves out."""
    found: dict[str, set[Hashable]] = {}
    for dotted, path in modules().items():
        if dotted.endswith("__main__") or ".migrations" in dotted:
            continue
        module = importlib.import_module(dotted)
        for name in constants(path):
            table: Any = getattr(module, name, None)
            keys = wanted_keys(module, name, table) if isinstance(table, Mapping) and table else None
            if keys is not None:
                found[f"{dotted}.{name}"] = keys - set(table)
    return found


def test_tables_are_found_by_enumeration_and_by_literal() -> None:
    assert {"cogs.meetings.messages._MESSAGES", "cogs.members.sentences.ROLES"} <= tables().keys()


@pytest.mark.parametrize("name", sorted(tables().keys() - PARTIAL.keys()))
def test_a_table_has_each_of_the_values_it_is_keyed_by(name: str) -> None:
    assert not tables()[name], "add it, or say in PARTIAL why it may be left out"


@pytest.mark.parametrize("name", PARTIAL)
def test_what_leaves_some_out_is_there_and_does(name: str) -> None:
    assert tables().get(name), "it is whole now, or gone: take it from PARTIAL"
