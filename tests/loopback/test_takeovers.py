"""Machines that die with their disks, a few of them: ``make takeovers`` kills a hundred."""

from pathlib import Path

import pytest

from tests.loopback import takeovers


@pytest.mark.alone
async def test_a_few_machines_that_die_with_their_disks_lose_nothing_in_silence(tmp_path: Path) -> None:
    report = await takeovers.run(5, seed=1, folder=tmp_path)
    assert report.clean, report
    assert report.takeovers == 5
