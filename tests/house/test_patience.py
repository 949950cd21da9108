"""No test fails because a machine is slow: none measures real time, and each real wait is in tests/patience.py."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests import patience

ROOT: Final = Path(__file__).parents[2]
TESTS: Final = sorted(path for room in ("tests", "benchmarks") for path in (ROOT / room).rglob("*.py"))
PATIENCE: Final = ROOT / "tests" / "patience.py"
WAITING: Final = [path for path in TESTS if path.is_relative_to(ROOT / "tests") and path != PATIENCE]
CLOCKS: Final = {
    name + unit
    for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time", "clock_gettime")
    for unit in ("", "_ns")
}
MEASURES: Final = (
    "benchmarks",
    "tests/load",
    "tests/fuzz/__main__.py",
    "tests/life/__main__.py",
    "tests/life/figures.py",
)
"""What is run by hand and prints figures."""
_LOOPBACK = ("callbacks", "clock", "interactions", "kills", "server", "takeovers")
PACED: Final = tuple(f"tests/loopback/{name}.py" for name in _LOOPBACK)
"""The loopback Discord, whose clock runs beside the machine's."""


def nodes(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))


def may_read_a_clock(path: Path) -> bool:
    return path.relative_to(ROOT).as_posix().startswith((*MEASURES, *PACED)) or path == PATIENCE


def clocks_read(path: Path) -> list[int]:
    """Return the lines that read a clock of the machine, or of an event loop."""
    found: list[int] = []
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.module in {"time", "timeit"}:
            found += [node.lineno for alias in node.names if alias.name in CLOCKS | {"timeit", "default_timer"}]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CLOCKS:
            owner = node.func.value
            is_loop = "loop" in (_named(owner.func) if isinstance(owner, ast.Call) else _named(owner))
            if is_loop or _named(owner) == "time":
                found.append(node.lineno)
    return found


def seconds_written(path: Path) -> list[int]:
    """Return the lines that give up waiting after a number of seconds that is written there."""
    found: list[int] = []
    for node in nodes(path):
        if isinstance(node, ast.keyword) and node.arg == "timeout":
            value = node.value
        elif isinstance(node, ast.Call) and _named(node.func) in {"timeout", "timeout_at"} and node.args:
            value = node.args[0]
        elif isinstance(node, ast.Call) and _named(node.func) == "wait_for" and len(node.args) > 1:
            value = node.args[1]
        else:
            continue
        parts = list(ast.walk(value))
        is_of_patience = any(isinstance(part, ast.Name) and hasattr(patience, part.id) for part in parts)
        if not is_of_patience and any(isinstance(part, ast.Constant) and part.value is not None for part in parts):
            found.append(value.lineno)
    return found


def counted_looks(path: Path) -> list[int]:
    """Return the lines of loops that look a number of times, and sleep between: a slow machine needs more of them."""
    return [
        loop.lineno
        for loop in nodes(path)
        if isinstance(loop, (ast.For, ast.AsyncFor))
        and isinstance(loop.iter, ast.Call)
        and _named(loop.iter.func) == "range"
        and isinstance(loop.iter.args[0], ast.Constant)
        and any(isinstance(part, ast.Call) and _waits(part) for part in ast.walk(loop))
    ]


def _named(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def _waits(call: ast.Call) -> bool:
    if _named(call.func) != "sleep":
        return _named(call.func) == "moment"
    return not (isinstance(call.args[0], ast.Constant) and call.args[0].value == 0)


@pytest.mark.parametrize("path", WAITING, ids=str)
def test_time_passes_by_a_journey_only(path: Path) -> None:
    for node in nodes(path):
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"advance_time", "settle_timeout"}, f"line {node.lineno}: travel instead"
        if isinstance(node, ast.keyword):
            assert node.arg != "settle_timeout", f"line {node.lineno}: see tests/patience.py"


@pytest.mark.parametrize("path", [path for path in TESTS if not may_read_a_clock(path)], ids=str)
def test_no_test_measures_how_long_something_takes(path: Path) -> None:
    assert clocks_read(path) == [], "assert an order, a count or a state instead; benchmarks measure"


@pytest.mark.parametrize("path", WAITING, ids=str)
def test_every_real_wait_is_one_of_patience(path: Path) -> None:
    assert seconds_written(path) == [], "see tests/patience.py"
    assert counted_looks(path) == [], "see looks() in tests/patience.py"


def test_what_is_exempt_reads_a_clock() -> None:
    for path in (*PACED, *MEASURES):
        files = [ROOT / path] if path.endswith(".py") else [file for file in TESTS if file.is_relative_to(ROOT / path)]
        assert any(map(clocks_read, files)), path


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        ("began = time.monotonic()", clocks_read),
        ("from time import perf_counter", clocks_read),
        ("began = asyncio.get_running_loop().time()", clocks_read),
        ("process.wait(timeout=5)", seconds_written),
        ("async with asyncio.timeout(0.5): pass", seconds_written),
        ("await asyncio.wait_for(task, 2 * RATE)", seconds_written),
        ("for _ in range(200): await asyncio.sleep(0.02)", counted_looks),
    ],
)
def test_what_would_fail_on_a_slow_machine_is_refused(line: str, refused, tmp_path: Path) -> None:
    written = tmp_path / "test_it.py"
    written.write_text(f"async def test_it():\n    {line}\n", "utf-8")
    assert refused(written) == [2]
    written.write_text(
        "async def test_it():\n    subprocess.run(command, timeout=PROGRAM)\n    moment.time()\n", "utf-8"
    )
    assert refused(written) == []
