"""A module or a test that was renamed must not fall out of the mutation run unnoticed."""

import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.mutation.quickly import starts_a_bot
from tests.mutation.survivors import Change, explained

ROOT = Path(__file__).parents[2]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
MODULES = {str(path.relative_to(ROOT)) for room in SETTINGS["source_paths"] for path in (ROOT / room).rglob("*.py")}


@pytest.mark.parametrize("pattern", [*SETTINGS["only_mutate"], *SETTINGS["do_not_mutate"]])
def test_each_pattern_names_a_module(pattern: str) -> None:
    assert [module for module in MODULES if fnmatch(module, pattern)]


@pytest.mark.parametrize("path", SETTINGS["pytest_add_cli_args_test_selection"])
def test_each_test_that_is_run_is_there(path: str) -> None:
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("change", explained(), ids=lambda change: f"{change.module}: {change.becomes}")
def test_each_survivor_that_is_listed_is_of_a_mutated_module_and_has_a_reason(change: Change) -> None:
    assert [pattern for pattern in SETTINGS["only_mutate"] if fnmatch(change.module, pattern)]
    assert change.module in MODULES
    assert explained()[change]


def test_a_test_of_a_rule_is_not_left_out(request: pytest.FixtureRequest) -> None:
    assert not starts_a_bot(request.node)


@pytest.mark.usefixtures("world")
def test_a_test_on_simcord_is_left_out(request: pytest.FixtureRequest) -> None:
    assert starts_a_bot(request.node)
