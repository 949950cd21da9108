"""A pytest plugin for the runs of ``make mutants``: only tests that start no bot, and the same examples each time."""

from inspect import isfunction, unwrap

import pytest
from hypothesis import Phase, settings


@pytest.hookimpl(tryfirst=True)
def pytest_collection() -> None:
    """Have Hypothesis make the same examples in every run, and be content with the first that fails."""
    phases = (Phase.explicit, Phase.generate)
    settings.register_profile(
        "mutants", settings.get_profile("any machine"), derandomize=True, database=None, phases=phases
    )
    settings.load_profile("mutants")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the tests that run on SimCord: each costs seconds, for every mutant that it would notice."""
    slow = [item for item in items if starts_a_bot(item)]
    config.hook.pytest_deselected(items=slow)
    items[:] = [item for item in items if item not in slow]


def starts_a_bot(item: pytest.Item) -> bool:
    """Tell whether a fixture of the test calls ``running_world``."""
    fixtures = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    return any(
        "running_world" in unwrap(definition.func).__code__.co_names
        for found in fixtures.values()
        for definition in found
        if isfunction(unwrap(definition.func))
    )
