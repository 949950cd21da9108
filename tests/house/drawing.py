"""Who imports whom, read from the code. ``python -m tests.house.drawing`` (``make imports``) draws docs/imports.md."""

import ast
from collections import defaultdict
from collections.abc import Callable, Mapping
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "imports.md"
Graph = Mapping[str, set[str]]
_HEADER = """# Who imports whom

Made by `make imports` from the code; a test keeps it current. An arrow points at what is imported, also for types
alone. An arrow that follows from others is left out: where A imports B and B imports C, A may import C too.
"""
_CIRCLES = """
Packages in one box import each other: a circle that is still to be broken up.
"""


def modules() -> dict[str, Path]:
    """Return every module of the bot by its dotted name."""
    paths = sorted(path for room in ("bot", "cogs", "storage") for path in (ROOT / room).rglob("*.py"))
    return {name_of(path): path for path in paths}


def name_of(path: Path) -> str:
    """Return the dotted name of the module in a file; of a package for its ``__init__.py``."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports_of(path: Path, known: Mapping[str, Path]) -> set[str]:
    """Return which of the ``known`` modules a file imports, also within functions and for types alone."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            full = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if name in known else node.module for name in full}
    return found & known.keys()


def module_graph() -> dict[str, set[str]]:
    """Return which modules each module imports."""
    known = modules()
    return {name: imports_of(path, known) - {name} for name, path in known.items()}


def package_graph(graph: Graph, depth: int = 2) -> dict[str, set[str]]:
    """Return which packages each package imports; a package is what the first ``depth`` parts of a module name.

    A module that is itself so short stands for itself.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for module, others in graph.items():
        own = _short(module, depth)
        found[own] |= {_short(other, depth) for other in others} - {own}
    return dict(found)


def _short(module: str, depth: int) -> str:
    return ".".join(module.split(".")[:depth])


def rooms_within(room: str, graph: Graph) -> dict[str, set[str]]:
    """Return which sub-packages and modules of a room ("cogs.members") import which others of it."""
    inside = {
        module: {other for other in others if other.startswith(f"{room}.")}
        for module, others in graph.items()
        if module.startswith(f"{room}.")
    }
    return package_graph(inside, depth=3)


def circles(graph: Graph) -> list[set[str]]:
    """Return the groups of names that import each other (Tarjan's strongly connected components of two and more)."""
    numbers: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[set[str]] = []

    def visit(name: str) -> None:
        numbers[name] = lowest[name] = len(numbers)
        stack.append(name)
        for other in sorted(graph.get(name, ())):
            if other not in numbers:
                visit(other)
                lowest[name] = min(lowest[name], lowest[other])
            elif other in stack:
                lowest[name] = min(lowest[name], numbers[other])
        if lowest[name] == numbers[name]:
            group = set(stack[stack.index(name) :])
            del stack[stack.index(name) :]
            if len(group) > 1:
                found.append(group)

    for name in sorted(graph):
        if name not in numbers:
            visit(name)
    return found


def _condensed(graph: Graph, groups: list[set[str]]) -> dict[str, set[str]]:
    """Return the graph in which each circle is one node, called by its first name."""
    called = {name: min(group) for group in groups for name in group}
    found: dict[str, set[str]] = defaultdict(set)
    for name, others in graph.items():
        own = called.get(name, name)
        found[own] |= {called.get(other, other) for other in others} - {own}
    return dict(found)


def without_shortcuts(graph: Graph) -> dict[str, set[str]]:
    """Return the arrows that do not follow from others. There is no circle in ``graph``."""
    reached: dict[str, set[str]] = {}
    for name in TopologicalSorter(graph).static_order():
        others = graph.get(name, set())
        reached[name] = others.union(*(reached[other] for other in others)) if others else set()
    return {
        name: {other for other in others if not any(other in reached[one] for one in others)}
        for name, others in graph.items()
    }


def diagram(graph: Graph, about: Callable[[str, str], bool] = lambda _name, _other: True) -> str:
    """Return a graph in Mermaid's language, each circle as a box with all the arrows inside it.

    ``about`` tells of an arrow's two ends whether it is drawn here.
    """
    groups = circles(graph)
    lines = ["```mermaid", "flowchart LR"]
    for group in sorted(groups, key=min):
        inside = [(name, other) for name in sorted(group) for other in sorted(graph[name] & group)]
        if any(about(name, other) for name, other in inside):
            lines.append(f'    subgraph {min(group)}_circle["import each other"]')
            lines += [f"        {name} --> {other}" for name, other in inside]
            lines.append("    end")
    arrows = without_shortcuts(_condensed(graph, groups))
    boxes = {min(group): f"{min(group)}_circle" for group in groups}
    for name in sorted(arrows):
        drawn = [other for other in sorted(arrows[name]) if about(name, other)]
        lines += [f"    {boxes.get(name, name)} --> {boxes.get(other, other)}" for other in drawn]
    return "\n".join([*lines, "```", ""])


def page() -> str:
    """Return docs/imports.md: the application, what the rooms import of it, and the rooms that have sub-packages."""
    graph = module_graph()
    packages = package_graph(graph)
    parts = [_HEADER, *([_CIRCLES] if circles(packages) else [])]
    parts += ["## The application and its storage\n", diagram(packages, lambda name, other: not _has_room(name, other))]
    parts += ["## The rooms\n", diagram(packages, _has_room)]
    for room in sorted(name for name in packages if name.startswith("cogs.")):
        within = rooms_within(room, graph)
        if any((ROOT / Path(*name.split("."))).is_dir() for name in within):
            parts += [f"## {room}\n", diagram(within)]
    return "\n".join(parts)


def _has_room(*names: str) -> bool:
    return any(name.startswith("cogs.") for name in names)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
