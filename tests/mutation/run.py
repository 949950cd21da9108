"""Changes the modules that decide, one small thing at a time, and counts the changes that a test notices.

``python -m tests.mutation.run``: all of them. ``python -m tests.mutation.run polls/rules access``: the modules with
one of these words in their path. Exits with 1 where fewer than 90 of 100 mutants were killed, or where a survivor is
not in ``survivors.toml`` with its reason. ``[tool.mutmut]`` in pyproject.toml says which modules and which tests.

``--again``, where nothing but tests was added since the last run: what it found killed counts as killed, the rest is
tried again, and so is what it had not tried yet when it was stopped.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code
from mutmut.utils.file_utils import walk_mutatable_files

from tests.mutation.survivors import Change, explained

FLOOR = 90
"""Percent of the mutants that have to be killed."""
KILLED = {"killed", "timeout", "segfault"}
"""A mutant that never ends, or ends Python itself, was noticed too."""
RESULTS = Path("mutants")
MEMORY = Path("/dev/shm")  # noqa: S108 - files of tests, which pytest gives a folder of their own
"""Where it is there, the tests keep their files in memory: a disk that others use makes each mutant wait."""


@dataclass(slots=True)
class Score:
    """The mutants of one module: how many there are, how many were killed, and what the others change.

    ``late``: how many of the killed did not end in time. On a machine that is too busy these may be others.
    """

    module: str
    total: int = 0
    killed: int = 0
    late: int = 0
    survivors: Counter[Change] = field(default_factory=Counter[Change])

    @property
    def percent(self) -> float:
        """The share that was killed; all of none."""
        return 100 * self.killed / self.total if self.total else 100.0


def modules(words: Sequence[str]) -> list[str]:
    """Return the modules that are mutated and have one of the words in their path; all of them without words."""
    return [str(path) for path in walk_mutatable_files() if not words or any(word in str(path) for word in words)]


def mutate(names: Sequence[str], workers: int) -> None:
    """Run mutmut on the mutants with one of these names, in which ``*`` is anything; on all where none is named."""
    mutmut = Path(sys.executable).with_name("mutmut")
    environment = dict(os.environ)
    if MEMORY.is_dir():
        environment["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)
    subprocess.run([mutmut, "run", "--max-children", str(workers), *names], check=True, env=environment)


def from_scratch(chosen: Sequence[str], workers: int) -> None:
    """Try all mutants of the chosen modules, or of all where none is named.

    Nothing is kept from earlier runs: mutmut would not see every change since.
    """
    shutil.rmtree(RESULTS, ignore_errors=True)
    mutate(
        [module.removesuffix(".py").removesuffix("/__init__").replace("/", ".") + ".x*" for module in chosen], workers
    )


def again(chosen: Sequence[str], workers: int) -> None:
    """Try the mutants of the chosen modules that the last run did not find killed, or had not tried."""
    names = [
        name
        for module in chosen
        for name, code in _codes(module).items()
        if code is None or status_by_exit_code[code] not in KILLED - {"timeout"}
    ]
    if names:
        mutate(names, workers)


def _codes(module: str) -> dict[str, int | None]:
    data = SourceFileMutationData(path=module)
    data.load()
    return data.exit_code_by_key


def score(module: str) -> Score:
    """Read what became of a module's mutants, those left out of the last run aside."""
    checked = {name: code for name, code in _codes(module).items() if code is not None}
    found = Score(module, len(checked))
    for name, code in checked.items():
        status = status_by_exit_code[code]
        if status in KILLED:
            found.killed += 1
            found.late += status == "timeout"
        else:
            found.survivors[Change.in_diff(module, get_diff_for_mutant(name, path=module))] += 1
    return found


def report(scores: Sequence[Score]) -> bool:
    """Print the score of each module and of all, and the survivors without a reason. Returns whether all is well."""
    for one in sorted(scores, key=lambda one: one.percent):
        late = f" ({one.late} were not done in time)" if one.late else ""
        print(f"{one.percent:5.1f} %  {one.killed:4} of {one.total:4}  {one.module}{late}")
    whole = Score("all of them", sum(one.total for one in scores), sum(one.killed for one in scores))
    print(f"{whole.percent:5.1f} %  {whole.killed:4} of {whole.total:4}  {whole.module}")
    reasons = explained()
    survivors = {change for one in scores for change in one.survivors}
    for change in sorted(survivors - reasons.keys(), key=lambda change: change.module):
        print(f"\n{change.module}: no test notices\n-   {change.was}\n+   {change.becomes}")
    mutated = {one.module for one in scores}
    for change in reasons:
        if change.module in mutated and change not in survivors:
            print(f"\n{change.module}: listed, and no survivor (any more): {change.was} -> {change.becomes}")
    if whole.percent < FLOOR:
        print(f"\nFewer than {FLOOR} % were killed.")
    return whole.percent >= FLOOR and survivors <= reasons.keys()


def main() -> None:
    """Mutate, count, report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="parts of the modules' paths; none: all modules")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--report", action="store_true", help="only report what the last run found")
    parser.add_argument("--again", action="store_true", help="try again what the last run did not find killed")
    given = parser.parse_args()
    chosen = modules(given.words)
    if not chosen:
        parser.error("no module that is mutated has such a path")
    if given.again:
        again(chosen, given.workers)
    elif not given.report:
        from_scratch(chosen if given.words else (), given.workers)
    sys.exit(0 if report([found for found in map(score, chosen) if found.total]) else 1)


if __name__ == "__main__":
    main()
