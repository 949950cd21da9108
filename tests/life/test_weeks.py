"""Some weeks of a network of 63 delegations, with all that its decade has (``make year``, ``make decade``)."""

import random
from pathlib import Path

from tests.life.figures import MEASURED
from tests.life.network import COLLEAGUES, DELEGATIONS, WITHOUT_ACCOUNT, drawn
from tests.life.year import SHORTEST, Life
from tests.world import running_world

HAPPENS = {
    "annual meetings",
    "regional meetings",
    "webinars",
    "polls",
    "statements",
    "statements delivered",
    "decisions",
    "messages to all",
    "rotations",
    "erasures",
    "restarts",
    "kills",
    "lost answers",
    "absences",
    "restored backups",
    "take-overs",
    "changes of clocks",
    "upgrades",
}


def test_the_network_is_as_large_and_as_hard_to_reach_as_the_real_one() -> None:
    members = drawn(random.Random(1))  # noqa: S311 - lots, not secrets
    assert len({one.code for one in members if one.role == "focal_point"}) == DELEGATIONS == 63
    assert len(members) == DELEGATIONS + COLLEAGUES
    assert WITHOUT_ACCOUNT == 42


async def test_weeks_with_all_that_happens_end_with_books_that_are_true(tmp_path: Path) -> None:
    async with running_world(tmp_path / "machine-1" / "focalbot.sqlite3", seeded=False) as world:
        life = Life(world, tmp_path, seed=7, weeks=SHORTEST, faults=0.4)
        verdict = await life.play()
    assert verdict.wrong == []
    # All that it is about happened, or it shows nothing.
    assert life.stage.done.keys() >= HAPPENS
    assert verdict.owed > 600
    assert verdict.states["sent"] > 200
    assert {"no_account", "late", "closed"} <= verdict.reasons.keys()
    assert {"direct_message", "reply"} <= verdict.ways.keys()
    (year,) = life.years
    assert year.file > 0
    assert year.backups > year.file
    assert year.median.keys() == MEASURED.keys()
