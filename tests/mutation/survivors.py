"""Mutants that no test kills, each with the reason: read from ``survivors.toml``."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

LIST = Path(__file__).with_name("survivors.toml")


@dataclass(frozen=True, slots=True)
class Change:
    """What a mutant changes: the lines ``was`` of a module became ``becomes``; each without its indentation."""

    module: str
    was: str
    becomes: str

    @classmethod
    def in_diff(cls, module: str, diff: str) -> "Change":
        """Read it from the unified diff of one function."""
        lines = diff.splitlines()[2:]
        was = " ".join(line[1:].strip() for line in lines if line.startswith("-"))
        return cls(module, was, " ".join(line[1:].strip() for line in lines if line.startswith("+")))


def explained(path: Path = LIST) -> dict[Change, str]:
    """Return the reason for each survivor that is listed."""
    listed = tomllib.loads(path.read_text("utf-8"))
    return {
        Change(module, entry["was"], becomes): entry["reason"]
        for module, entries in listed.items()
        for entry in entries
        for becomes in entry["becomes"]
    }
