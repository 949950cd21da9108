"""The systemd unit keeps what the code and the pages rely on, and gives the bot no more than it needs."""

import re
import shutil
import subprocess
from collections import defaultdict
from pathlib import Path

import pytest

from bot.delivery.engine import SWEEP
from bot.run import SUPERSEDED

ROOT = Path(__file__).parent.parent
UNIT = ROOT / "deploy" / "focalbot.service"
OPERATOR = (ROOT / "docs" / "operator.md").read_text("utf-8")
MOST_EXPOSED = 20
"""In tenths, as ``--threshold`` takes it: 2.0."""


def directives() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for line in UNIT.read_text("utf-8").splitlines():
        name, is_there, value = line.partition("=")
        if is_there and not line.startswith("#"):
            found[name].append(value)
    return found


def test_a_bot_that_gave_way_is_not_started_again() -> None:
    unit = directives()
    assert unit["RestartPreventExitStatus"] == [str(SUPERSEDED)]
    assert unit["Restart"] == ["on-failure"]


def test_the_watchdog_hears_the_engine_several_times_before_it_bites() -> None:
    unit = directives()
    assert unit["Type"] == ["notify"]
    (minutes,) = [int(found[1]) for found in map(re.compile(r"(\d+)min").fullmatch, unit["WatchdogSec"]) if found]
    assert minutes * 60 >= 5 * SWEEP.total_seconds()


def test_it_reaches_discord_and_systemd_and_nothing_else() -> None:
    assert set(directives()["RestrictAddressFamilies"][0].split()) == {"AF_INET", "AF_INET6", "AF_UNIX"}


def test_the_page_installs_what_the_unit_starts() -> None:
    unit = directives()
    (started,) = unit["ExecStart"]
    assert started == "/opt/focalbot/.venv/bin/focalbot run"
    for named in ("/opt/focalbot", unit["WorkingDirectory"][0], f"--system --home-dir {unit['WorkingDirectory'][0]}"):
        assert named in OPERATOR
    assert "deploy/focalbot.service" in OPERATOR


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_finds_it_hardened() -> None:
    words = ["systemd-analyze", "security", "--offline=true", "--no-pager", f"--threshold={MOST_EXPOSED}", str(UNIT)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-600:] + done.stderr
