"""What is measured at the end of each year of a life."""

import statistics
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any, Final, Self

from tests.life.books import Verdict
from tests.life.forgetting import size_of
from tests.life.stage import Stage
from tests.world import said

ROUNDS: Final = 15
MEASURED: Final = {
    "member find": {"who": "European Union"},
    "meeting show": {},
    "webinar list": {},
    "pending": {},
    "outbox list": {},
}
"""Five commands, as the secretariat runs them."""


@dataclass(frozen=True)
class Figures:
    """What a life has come to after so many years."""

    year: int
    owed: int
    """Messages in the books, to people and to channels."""
    file: int
    """Bytes of the database."""
    backups: int
    """Bytes of all backups together."""
    median: dict[str, float]
    """Milliseconds of the processor, from the arrival of each command until it was answered."""
    done: Counter[str]
    """What has happened so far."""
    wrong: int

    @classmethod
    async def of(cls, stage: Stage, year: int, verdict: Verdict) -> Self:
        """Measure now."""
        settings = stage.world.settings
        assert settings.backup_folder is not None
        owed = len(stage.rows())
        median = {name: await _median(stage, name, options) for name, options in MEASURED.items()}
        await stage.world.travel(120)
        return cls(
            year,
            owed,
            settings.database_path.stat().st_size,
            size_of(settings.backup_folder),
            median,
            stage.done.copy(),
            len(verdict.wrong),
        )

    def __str__(self) -> str:
        """One line of a Markdown table."""
        cells = [self.year, f"{self.owed:,}", f"{self.file / 2**20:.1f} MiB", f"{self.backups / 2**20:.0f} MiB"]
        cells += [f"{ms:.1f}" for ms in self.median.values()]
        return f"| {' | '.join(map(str, [*cells, self.wrong]))} |"


HEADER: Final = "\n".join(
    (
        f"| Year | Owed | File | Backups | {' | '.join(f'`/{name}`' for name in MEASURED)} | Wrong |",
        f"| {' | '.join(['---:'] * (5 + len(MEASURED)))} |",
    )
)


async def _median(stage: Stage, command: str, options: dict[str, str]) -> float:
    """Return the median of what a command costs; how SimCord brings it there and shows it is left out."""
    taken: list[float] = []
    work: Any = stage.world.bot.work
    begin, end = work.begin, work.end
    began = 0.0

    def begins(*arguments: Any) -> bool:
        nonlocal began
        began = time.process_time()
        return begin(*arguments)

    def ends(*arguments: Any) -> None:
        taken.append(1000 * (time.process_time() - began))
        end(*arguments)

    work.begin, work.end = begins, ends
    try:
        for _ in range(ROUNDS):
            said(await stage.secretariat(command, **options))
    finally:
        work.begin, work.end = begin, end
    assert len(taken) == ROUNDS, f"{command} was answered {len(taken)} times"
    return statistics.median(taken)
