"""The table of duels: which option beats which."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from bot.charts.figures import (
    CELL,
    HIGHEST,
    LETTERS,
    LONGEST_ALT,
    framed,
    head_of,
    height_of,
    lines_of_label,
    number_columns,
    png,
    put_legend,
)
from bot.texts import clipped

_HIGHEST_CELL: Final = 0.4
"""Inches of a cell's height, of a table of duels with few options."""
_FILLS: Final = ("#F4C7A6", "#EDEDED", "#A9D3EE")
"""Behind a lost, a level and a won duel: light, so that black figures read on all three."""
_SIGNS: Final = ("✗", "=", "✓")


@dataclass(frozen=True, slots=True)
class DuelTable:
    """Which option beats which, in the order of the result.

    ``outcomes`` has 1 where the row's option beats the column's, -1 where it loses, else 0. ``figures`` (None: not
    published) are how many ballots prefer the row's option to the column's. ``words`` say what losing, being level
    and winning are.
    """

    title: str
    labels: Sequence[str]
    outcomes: Sequence[Sequence[int]]
    figures: Sequence[Sequence[int]] | None
    words: tuple[str, str, str]
    note: str = ""

    def first(self, count: int, note: str) -> Self:
        """Return the table of its first options, with a note that says so."""
        figures = self.figures and [row[:count] for row in self.figures[:count]]
        outcomes = [row[:count] for row in self.outcomes[:count]]
        return replace(self, labels=self.labels[:count], outcomes=outcomes, figures=figures, note=note)

    @property
    def alt_text(self) -> str:
        """The table in words, for people who do not see it; at most 1,024 characters, Discord's limit."""
        said: list[str] = []
        for row, label in enumerate(self.labels):
            others = [
                f"{self.words[outcome + 1]}: {self.labels[column]}{self._score(row, column)}"
                for column, outcome in enumerate(self.outcomes[row])
                if column > row
            ]
            if others:
                said.append(f"{label}: {', '.join(others)}")
        return clipped(f"{self.title}. {'; '.join(said)}", LONGEST_ALT)

    @property
    def count(self) -> int:
        """How many options it has."""
        return len(self.labels)

    def height(self, most: int = 1) -> float:
        """Return its inches, with labels of ``most`` lines at most and the lowest cells."""
        return height_of(head_of(self.title, self.note, self.labels, most), CELL * (self.count + 1), _words(self))

    def drawn(self) -> bytes:
        """Return it as PNG. Raises whatever matplotlib raises."""
        return png(figure_of_duels(self))

    def _score(self, row: int, column: int) -> str:
        return f" {self.figures[row][column]}–{self.figures[column][row]}" if self.figures is not None else ""


def figure_of_duels(table: DuelTable) -> Any:  # noqa: ANN401 - matplotlib's own annotations leave half of it unknown
    """Return matplotlib's figure of the table of duels."""
    from matplotlib.patches import Patch, Rectangle  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    count = table.count
    names = _words(table)
    most = lines_of_label(table)
    head = head_of(table.title, table.note, table.labels, most)
    room = max(0.0, HIGHEST - table.height(most))
    cell = min(CELL + room / count, _HIGHEST_CELL)
    figure = framed(head, cell * count + CELL, names)
    axes = figure.add_subplot()
    for row in range(count):
        for column in range(count):
            if row == column:
                continue
            outcome = table.outcomes[row][column]
            fill_of_cell = _FILLS[outcome + 1]
            axes.add_patch(
                Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=fill_of_cell, edgecolor="white", linewidth=1.5)
            )
            said = _SIGNS[outcome + 1] if table.figures is None else str(table.figures[row][column])
            axes.text(column, row, said, ha="center", va="center", fontsize=LETTERS, color="black")
    axes.set_xlim(-0.5, count - 0.5)
    axes.set_ylim(count - 0.5, -0.5)
    number_columns(axes, count, [str(number) for number in range(1, count + 1)])
    shades = [Patch(facecolor=colour, edgecolor="grey") for colour in _FILLS]
    put_legend(figure, shades, names)
    return figure


def _words(table: DuelTable) -> list[str]:
    return [f"{sign} {word}" for sign, word in zip(_SIGNS, table.words, strict=True)]
