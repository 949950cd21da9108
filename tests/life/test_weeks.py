"""Some weeks of a network of 63 delegations; the whole year is ``make year``."""

import random
from pathlib import Path

from tests.life.network import COLLEAGUES, DELEGATIONS, WITHOUT_ACCOUNT, drawn
from tests.life.year import SHORTEST, Life
from tests.world import running_world


def test_the_network_is_as_large_and_as_hard_to_reach_as_the_real_one() -> None:
    members = drawn(random.Random(1))  # noqa: S311 - lots, not secrets
    assert len({one.code for one in members if one.role == "focal_point"}) == DELEGATIONS == 63
    assert len(members) == DELEGATIONS + COLLEAGUES
    assert WITHOUT_ACCOUNT == 42


async def test_weeks_with_faults_end_with_books_that_are_true(tmp_path: Path) -> None:
    async with running_world(tmp_path / "focalbot.sqlite3", seeded=False) as world:
        life = Life(world, seed=7, weeks=SHORTEST, faults=1.0)
        verdict = await life.play()
    assert verdict.wrong == []
    # All that it is about happened, or it shows nothing.
    assert verdict.owed > 300
    assert verdict.states["sent"] > 100
    assert {"no_account", "late", "closed"} <= verdict.reasons.keys()
    assert {"direct_message", "reply"} <= verdict.ways.keys()
    assert life.restarts
    assert life.lost_answers
    assert life.answered
