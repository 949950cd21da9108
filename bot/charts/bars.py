"""Stacked bars: how many of what, for each of a few."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Self

from bot.charts.figures import (
    LETTERS,
    LINE,
    LONGEST_ALT,
    TITLE,
    as_plain_text,
    framed,
    head_of,
    height_of,
    lines_of_label,
    png,
    put_legend,
    written,
)
from bot.texts import clipped

_BAR: Final = 0.19
"""Inches of a bar's height; its label is above it."""
_GAP: Final = 0.04
LABEL: Final = "label"
"""What matplotlib's texts that are the labels of rows are called."""
# Okabe and Ito's palette: distinct to every kind of colour vision. The hatching serves prints in grey.
_FILLS: Final = (("#0072B2", ""), ("#E69F00", "//"), ("#009E73", ".."), ("#CC79A7", "xx"), ("#56B4E9", "\\\\"))


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of stacked bars: ``rows`` are a label with one value for each of ``series``, first row on top.

    The ``note`` of a picture is a line above its title; see :func:`note_of`.
    """

    title: str
    series: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]
    note: str = ""

    def first(self, count: int, note: str) -> Self:
        """Return the chart of its first rows, with a note that says so."""
        return replace(self, rows=self.rows[:count], note=note)

    @property
    def alt_text(self) -> str:
        """The chart in words, for people who do not see it; at most 1,024 characters, Discord's limit."""
        said = "; ".join(
            f"{label}: {', '.join(f'{name} {value}' for name, value in zip(self.series, values, strict=True))}"
            for label, values in self.rows
        )
        return clipped(f"{self.title}. {said}", LONGEST_ALT)

    @property
    def count(self) -> int:
        """How many rows it has."""
        return len(self.rows)

    def height(self, most: int = 1) -> float:
        """Return its inches, with labels of ``most`` lines at most."""
        return height_of(head_of(self.title, self.note), sum(_heights(_labels(self, most))), self.series)

    def drawn(self) -> bytes:
        """Return it as PNG. Raises whatever matplotlib raises."""
        return png(figure_of_bars(self))


def prepare() -> None:
    """Do what the first picture would have to wait for: import matplotlib, and find its fonts. Takes seconds."""
    as_plain_text(Bars.drawn, Bars("0", ["0"], [("0", (1,))]))


def figure_of_bars(bars: Bars) -> Any:  # noqa: ANN401 - matplotlib's own annotations leave half of it unknown
    """Return matplotlib's figure of the bars; the label of each row is above its bar."""
    labels = _labels(bars, lines_of_label(bars))
    heights = _heights(labels)
    figure = framed(head_of(bars.title, bars.note), sum(heights), bars.series)
    axes = figure.add_subplot()
    # Bars are placed by their distance from the top, in inches: placed by label, two of the same would be one.
    tops = [sum(heights[:row]) for row in range(len(heights))]
    places = [top + height - _GAP - _BAR / 2 for top, height in zip(tops, heights, strict=True)]
    reached = [0] * len(bars.rows)
    shades: list[Any] = []
    for index, (_, (colour, hatch)) in enumerate(zip(bars.series, _FILLS, strict=False)):
        values = [values[index] for _, values in bars.rows]
        drawn = axes.barh(places, values, _BAR, left=reached, color=colour, hatch=hatch, edgecolor="white")
        axes.bar_label(
            drawn,
            labels=[str(value) if value else "" for value in values],
            label_type="center",
            fontsize=LETTERS,
            fontweight="bold",
            bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"},
        )
        shades.append(drawn)
        reached = [before + value for before, value in zip(reached, values, strict=True)]
    for top, place, label, total in zip(tops, places, labels, reached, strict=True):
        axes.text(0, top, label, va="top", fontsize=LETTERS, gid=LABEL)
        if not total:
            axes.text(0, place, "0", va="center", fontsize=LETTERS, fontweight="bold")
    axes.set_xlim(0, max([*reached, 1]))
    axes.set_ylim(sum(heights), 0)
    axes.set_axis_off()
    put_legend(figure, shades, bars.series)
    return figure


def _labels(bars: Bars, most: int) -> list[str]:
    return [written(label, TITLE, most) for label, _ in bars.rows]


def _heights(labels: Sequence[str]) -> list[float]:
    """Return the inches of each row of bars, with its label."""
    return [LINE * (label.count("\n") + 1) + _BAR + _GAP for label in labels]
