from collections.abc import AsyncGenerator
from pathlib import Path

import pytest

from tests.world import World, running_world


@pytest.fixture
async def world(tmp_path: Path) -> AsyncGenerator[World]:
    """The network of 2011 and another network, on SimCord and a real SQLite file."""
    async with running_world(tmp_path / "focalbot.sqlite3") as world:
        yield world
