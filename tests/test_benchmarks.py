"""The benchmarks still run, and measure what they say: how fast is for the reader to judge."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PROGRAM

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("benchmarks.commands", "--seats", "20", "--webinars", "50", "--rounds", "2"), "| `/audit` |"),
        (("benchmarks.outbox_cost",), "100,000 rows waiting"),
        (("benchmarks.chat",), "| all |"),
        (("benchmarks.everything", "--quick"), "| focalbot |"),
    ],
    ids=["commands", "outbox_cost", "chat", "everything"],
)
def test_a_benchmark_runs_to_its_end(words: tuple[str, ...], line: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, capture_output=True, text=True, timeout=PROGRAM, check=False
    )
    assert ran.returncode == 0, ran.stderr
    assert line in ran.stdout
