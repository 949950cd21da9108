from collections.abc import AsyncGenerator, Generator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from holidays import HolidayBase
from hypothesis import HealthCheck, settings

from tests.query_plans import Plans, note_statements
from tests.world import World, running_world

# What a property says is so on a slow machine too.
settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")


@pytest.fixture
async def world(tmp_path: Path) -> AsyncGenerator[World]:
    """The network of 2011 and another network, on SimCord and a real SQLite file."""
    async with running_world(tmp_path / "focalbot.sqlite3") as world:
        yield world


FIRST_DAY: Final = date(2026, 1, 1)
"""SimCord's clock starts on it: a holiday almost everywhere, and a Thursday."""


@pytest.fixture(autouse=True, scope="session")
def people_work_on_the_first_day() -> Generator[None]:
    """Let the library take SimCord's first day for a working day, so that a test of messages need not travel first."""
    asked = HolidayBase.is_working_day

    def is_working_day(self: HolidayBase, day: Any) -> bool:
        return day == FIRST_DAY or asked(self, day)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(HolidayBase, "is_working_day", is_working_day)
        yield


@pytest.fixture(autouse=True, scope="session")
def statements() -> Generator[set[str]]:
    """Every statement that the bot has given its database in this process."""
    noted: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        note_statements(noted, patch)
        yield noted


@pytest.fixture(autouse=True, scope="session")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Generator[Plans]:
    """What SQLite would do for a statement."""
    plans = Plans(tmp_path_factory.mktemp("plans") / "schema.sqlite3")
    yield plans
    plans.close()


@pytest.fixture(autouse=True)
def no_statement_reads_what_grows(statements: set[str], plans: Plans) -> Generator[None]:
    """Fail where the bot, in this test for the first time, reads the whole of a table that grows."""
    before = set(statements)
    yield
    costly = {sql: steps for sql in statements - before if (steps := plans.costly(sql))}
    assert not costly, "add an index, or say in tests/query_plans.py why it may read so much"
