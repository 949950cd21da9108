from collections.abc import AsyncGenerator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.world import World, running_world

# What a property says is so on a slow machine too.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncGenerator[World]:
    """The network of 2011 and another network, on SimCord and a real SQLite file."""
    async with running_world(tmp_path / "focalbot.sqlite3") as world:
        yield world
