"""Who may import whom, and how large a file may be, read from the code; see also tests/house."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "cogs", "storage")
FILES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def inside(path: Path, room: str) -> bool:
    return path.relative_to(ROOT).parts[0] == room


@pytest.mark.parametrize("path", [p for p in FILES if inside(p, "storage")], ids=str)
def test_storage_knows_the_standard_library_aiosqlite_and_itself(path: Path) -> None:
    tops = {name.split(".")[0] for name in imports(path)}
    # Ballots are sealed where they are written, so that no choice leaves this room in the clear.
    allowed = {"aiosqlite", "storage"} | ({"cryptography"} if path.name == "ballot_seal.py" else set())
    assert tops - set(sys.stdlib_module_names) <= allowed


@pytest.mark.parametrize("path", [p for p in FILES if inside(p, "bot")], ids=str)
def test_the_bot_names_cogs_only_as_extensions(path: Path) -> None:
    if path.is_relative_to(ROOT / "bot" / "demo"):
        return
    assert not [name for name in imports(path) if name.split(".")[0] == "cogs"]


@pytest.mark.parametrize("path", [p for p in FILES if inside(p, "cogs")], ids=str)
def test_a_cog_knows_the_bot_and_models_never_another_cog(path: Path) -> None:
    room = path.relative_to(ROOT).parts[1]
    for name in imports(path):
        parts = name.split(".")
        assert parts[0] not in {"aiosqlite", "sqlite3"}, name
        if parts[0] == "cogs":
            assert parts[1] == room, name


@pytest.mark.parametrize("path", FILES, ids=str)
def test_no_room_is_too_large(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 400, "a room is missing"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert (node.end_lineno or 0) - node.lineno + 1 <= 50, f"{node.name} is too long"


@pytest.mark.parametrize("path", [p for p in FILES if p != ROOT / "bot" / "clock.py"], ids=str)
def test_only_the_clock_reads_the_time(path: Path) -> None:
    if path.is_relative_to(ROOT / "bot" / "demo"):
        return
    read = {"now", "utcnow", "today", "time", "monotonic"}
    modules = {"datetime", "date", "time", "utils"}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in read:
            owner = node.func.value
            name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            assert name not in modules, f"line {node.lineno}"


@pytest.mark.parametrize("path", [p for p in FILES if not p.is_relative_to(ROOT / "bot" / "ui")], ids=str)
def test_what_may_be_acknowledged_already_is_acknowledged_by_the_context(path: Path) -> None:
    """Where many ask at once, who has to wait is acknowledged before: a second time Discord refuses."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in {"defer", "send_modal"}:
            assert not isinstance(node.value, ast.Attribute) or node.value.attr != "response", f"line {node.lineno}"


@pytest.mark.parametrize("path", FILES, ids=str)
def test_discord_py_keeps_no_view(path: Path) -> None:
    """What it keeps takes the classes of its buttons along when it times out: see ``stored_view``."""
    made = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "View"
    ]
    assert not made or (len(made) == 1 and path.name in {"plain_buttons.py", "claims.py"})
    assert not made or "    view.stop()\n    return view\n" in path.read_text("utf-8")
