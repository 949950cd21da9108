"""One name for one role: what a file of a room may be, read from its name and its code."""

import ast
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.house.drawing import ROOT, imports_of, modules


@dataclass(frozen=True, slots=True)
class FileRole:
    """What a file of a role may do. ``discord`` None: it may import all of it; ``is_thin``: it parses and calls."""

    is_pure: bool = False
    discord: frozenset[str] | None = None
    is_thin: bool = False


NO_DISCORD = frozenset[str]()
HINTS = frozenset({"locale_str"})
"""What Discord translates beside an option: the hint of a field."""
SHOWN = frozenset({"Colour", "Embed", "File"})
"""What a card is made of, and the file that holds what is too long for it."""
ROLES = {
    "commands": FileRole(is_thin=True),
    "listeners": FileRole(is_thin=True),
    "forms": FileRole(),
    "buttons": FileRole(),
    "messages": FileRole(),
    "proposals": FileRole(),
    "events": FileRole(),
    "queries": FileRole(discord=NO_DISCORD),
    "pending": FileRole(discord=NO_DISCORD),
    "ahead": FileRole(discord=NO_DISCORD),
    "attention": FileRole(discord=NO_DISCORD),
    "cards": FileRole(is_pure=True, discord=SHOWN),
    "sentences": FileRole(is_pure=True, discord=NO_DISCORD),
    "emails": FileRole(is_pure=True, discord=NO_DISCORD),
    "rules": FileRole(is_pure=True, discord=NO_DISCORD),
    "fields": FileRole(is_pure=True, discord=HINTS),
    "calendar": FileRole(is_pure=True, discord=NO_DISCORD),
    "exchange": FileRole(is_pure=True, discord=NO_DISCORD),
}
REASON = "no role of its own"
"""Stands in the first line of a file of another name, with the reason."""
IMPURE_MODULES = {
    "aiohttp",
    "aiosqlite",
    "apscheduler",
    "asyncio",
    "sqlite3",
    "bot.app",
    "bot.clock",
    "storage.database",
}
IMPURE_NAMES = {"Context", "Services", "Transaction", "open"}
NOT_YET = set[str]()
"""Files that do not keep the rules yet: a line goes with the commit that mends its file."""
KNOWN = modules()
FILES = [path for path in KNOWN.values() if path.is_relative_to(ROOT / "cogs") and path.name != "__init__.py"]
LONGEST_METHOD = 25


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def ids(path: Path) -> str:
    return str(path.relative_to(ROOT))


def named_imports(path: Path) -> set[str]:
    """Return the modules that a file imports, and the names that it takes from them ("bot.ui:Context")."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}:{alias.name}" for alias in node.names}
    return found


def names_of_discord(path: Path) -> set[str]:
    """Return what a file takes from discord.py, such as "Embed", "ui" or "locale_str"."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name.removeprefix("discord.") for alias in node.names if alias.name.startswith("discord.")}
        elif isinstance(node, ast.ImportFrom) and node.module and node.module.partition(".")[0] == "discord":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "discord":
            found.add(node.attr)
    return found


def impurities(path: Path) -> set[str]:
    """Return what makes a file other than a function of its arguments: waiting, the clock, the database, services."""
    found = {
        f"line {node.lineno}: async"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.AsyncFunctionDef | ast.Await)
    }
    imported = named_imports(path)
    found |= {name for name in imported if name in IMPURE_MODULES or name.partition(".")[0] in IMPURE_MODULES}
    found |= {name for name in imported if name.partition(":")[2] in IMPURE_NAMES}
    found |= {name for name in imported if name.partition(":")[2].endswith("Repository")}
    found |= {
        f"line {node.lineno}: open"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    }
    return found


def impure_by_way_of(path: Path, seen: frozenset[Path] = frozenset()) -> set[str]:
    """Return what is impure in a file, or in what it imports of its room."""
    found = {f"{ids(path)}: {problem}" for problem in impurities(path)}
    for name in imports_of(path, KNOWN):
        other = KNOWN[name]
        if name.startswith("cogs.") and other not in seen:
            found |= impure_by_way_of(other, seen | {path, other})
    return found


def long_methods(path: Path) -> set[str]:
    """Return the methods of a file that are longer than a thin one."""
    methods = [
        method
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        for method in node.body
        if isinstance(method, ast.AsyncFunctionDef | ast.FunctionDef)
    ]
    lines = {method.name: (method.end_lineno or 0) - method.body[0].lineno + 1 for method in methods}
    return {f"{name}: {count} lines" for name, count in lines.items() if count > LONGEST_METHOD}


def problems(path: Path) -> set[str]:
    """Return what a file of a room does that its role may not; without a role, that it does not say why."""
    role = ROLES.get(path.stem)
    if role is None:
        first = (ast.get_docstring(tree(path)) or "").partition("\n")[0]
        return set[str]() if REASON in first.lower() else {f"not a role: say why in the first line ({REASON}: …)"}
    found = impure_by_way_of(path) if role.is_pure else set[str]()
    if role.discord is not None:
        found |= {f"discord.{name}" for name in names_of_discord(path) - role.discord}
    return found | (long_methods(path) if role.is_thin else set[str]())


@pytest.mark.parametrize("path", FILES, ids=ids)
def test_a_file_does_what_its_role_may(path: Path) -> None:
    found = problems(path)
    if ids(path) in NOT_YET:
        assert found, f"{ids(path)} keeps the rules now: take its line out of NOT_YET"
    else:
        assert found == set()


def test_what_is_not_yet_named_is_still_there() -> None:
    assert NOT_YET - {ids(path) for path in FILES} == set(), "take these lines out of NOT_YET"


def test_every_command_is_in_a_thin_file() -> None:
    """Otherwise a command in a file of another name would escape the test above."""
    decorated = {
        ids(path)
        for path in FILES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.AsyncFunctionDef)
        for decorator in node.decorator_list
        if "app_commands.command" in ast.unparse(decorator) or "Cog.listener" in ast.unparse(decorator)
    }
    assert [path for path in sorted(decorated) if not (role := ROLES.get(Path(path).stem)) or not role.is_thin] == []
