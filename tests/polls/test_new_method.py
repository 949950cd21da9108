"""A new voting method is one file, and its entry in ``METHODS``: added to a copy of the bot, and used there."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PROGRAM

ROOT = Path(__file__).parents[2]
COPIED = ("bot", "cogs", "storage", "tests", "pyproject.toml")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The bot, with one method more."""
    folder = tmp_path / "copy"
    folder.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder)
    methods = folder / "cogs" / "polls" / "methods"
    shutil.copy(ROOT / "tests" / "polls" / "new_method" / "score.py", methods)
    registry = methods / "__init__.py"
    text = registry.read_text("utf-8")
    text = text.replace("\nMETHODS: ", "\nfrom cogs.polls.methods.score import Score\n\nMETHODS: ", 1)
    added = text.replace("        Dates(),\n", "        Dates(),\n        Score(),\n", 1)
    assert added != text
    registry.write_text(added, "utf-8")
    return folder


def test_a_method_added_in_one_file_goes_the_whole_way(copy: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:randomly"]
    run = subprocess.run(
        [*command, "tests/polls/new_method/driven.py"],
        cwd=copy,
        capture_output=True,
        text=True,
        check=False,
        timeout=PROGRAM,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "1 passed" in run.stdout
