"""The engine killed hundreds of times on a Discord that loses, refuses and forgets: every message once, or told."""

from pathlib import Path

import pytest

from tests.loopback import kills
from tests.loopback.focalbot import FocalbotWorkload


@pytest.mark.alone
@pytest.mark.parametrize("seed", [1, 2])
async def test_nothing_is_lost_and_nothing_is_sent_twice(tmp_path: Path, seed: int) -> None:
    workload = FocalbotWorkload()
    report = await kills.run(workload, kills=100, seed=seed, folder=tmp_path, life=0.3, at_requests=11)
    assert report.clean, report
    verdict = report.verdict
    assert verdict.owed > 50, report
    assert verdict.sent > verdict.owed / 3, report
    assert report.at_requests > 10, report
    assert report.troubles > 20, report
    assert report.upheavals > 10, report
    assert report.acts > 5, report
