"""A fresh clone installs from the lock alone: whatever is asked for must be in it."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent


def test_every_requirement_is_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = [*project["dependencies"], *(r for group in project["optional-dependencies"].values() for r in group)]
    names = {normalised(re.split(r"[\[<>=!~ ;]", requirement)[0]) for requirement in asked}
    locked = set(re.findall(r"^([A-Za-z0-9._-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    assert names - {normalised(name) for name in locked} == set()


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
