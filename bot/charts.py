"""Charts as PNG, readable on a phone and told apart without colours. matplotlib is imported when one is drawn."""

import asyncio
import logging
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import fill
from typing import Any, Final, TypeVar

from bot.texts import clipped

_log: Final = logging.getLogger("bot.charts")
_Chart = TypeVar("_Chart")

LONGEST_ALT: Final = 1024
"""Characters of a picture's text: Discord's limit."""
_WIDTH: Final = 5.0
"""Inches, at 216 dots to each: 1,080 dots. On a phone, 300 points wide, letters of 12 are 10 points high."""
_DOTS: Final = 216
_LETTERS: Final = 12
_LINE: Final = 0.19
"""Inches of a line of a row's label."""
_LABEL: Final = 27
"""Characters of a line of a row's label."""
_LABEL_LINES: Final = ((5, 3), (15, 2))
"""Lines of a label, by the rows that there are at most: Discord makes narrow what is much higher than wide."""
_TITLE: Final = 46
"""Characters of a line of the title."""
_CELLS: Final = ((6, 14), (10, 11), (15, 8))
"""The size of a duel table's figures, by the options that it has at most."""
_WIDE: Final = 7.2
"""Inches of a heat map, whose 24 columns need them, at 150 dots to each."""
_WIDE_DOTS: Final = 150
_WIDE_LABEL: Final = 20
_WIDE_TITLE: Final = 60
_BRIGHT: Final = 0.55
"""From this brightness on, black text reads better than white."""
# Okabe and Ito's palette: distinct to every kind of colour vision. The hatching serves prints in grey.
_FILLS: Final = (("#0072B2", ""), ("#E69F00", "//"), ("#009E73", ".."), ("#CC79A7", "xx"), ("#56B4E9", "\\\\"))


@dataclass(frozen=True, slots=True)
class Bars:
    """Rows of stacked bars: ``rows`` are a label with one value for each of ``series``, first row on top."""

    title: str
    series: Sequence[str]
    rows: Sequence[tuple[str, Sequence[int]]]

    @property
    def alt_text(self) -> str:
        """The chart in words, for whoever does not see it; at most 1,024 characters, Discord's limit."""
        said = "; ".join(
            f"{label}: {', '.join(f'{name} {value}' for name, value in zip(self.series, values, strict=True))}"
            for label, values in self.rows
        )
        return clipped(f"{self.title}. {said}", LONGEST_ALT)


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

    def _score(self, row: int, column: int) -> str:
        return f" {self.figures[row][column]}–{self.figures[column][row]}" if self.figures is not None else ""


async def draw(chart: Bars | DuelTable) -> bytes | None:
    """Return the chart as PNG, or None where it cannot be drawn: what it illustrates is said without it."""
    if isinstance(chart, Bars):
        return await draw_bars(chart)
    return await picture_of(_drawn_duels, chart)


async def draw_bars(bars: Bars) -> bytes | None:
    """Return the chart as PNG, or None where it cannot be drawn: what it illustrates is said without it."""
    return await picture_of(_drawn, bars)


async def picture_of(drawn: Callable[[_Chart], bytes], chart: _Chart) -> bytes | None:
    """Return what ``drawn`` makes of ``chart``, or None where it raises, which goes to the log.

    It runs on another thread: the first picture also imports matplotlib, which is slow.
    """
    try:
        return await asyncio.to_thread(_as_plain_text, drawn, chart)
    except Exception:  # noqa: BLE001 - matplotlib may raise anything, and no sentence waits for its picture
        _log.exception("a picture could not be drawn: what it illustrates is said without it")
        return None


def _as_plain_text(drawn: Callable[[_Chart], bytes], chart: _Chart) -> bytes:
    import matplotlib as mpl  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    # What people type is text: two dollar signs in it do not begin a formula.
    mpl.rcParams["text.parse_math"] = False
    with warnings.catch_warnings():
        # A sign that the font lacks is shown as a box; the text beside the picture has it.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        warnings.filterwarnings("ignore", "Matplotlib currently does not support .* natively")
        return drawn(chart)


def _png(figure: Any) -> bytes:  # noqa: ANN401 - matplotlib's own annotations leave half of every signature unknown
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def _written(text: str, characters: int, most: int) -> str:
    """Break a text into lines: where matplotlib does, it takes it for mathematics whatever it was told."""
    return fill(text, characters, max_lines=most, placeholder="…")


def _by_count(steps: Sequence[tuple[int, int]], count: int) -> int:
    return next((value for most, value in steps if count <= most), steps[-1][1])


def _labels(rows: Sequence[str]) -> list[str]:
    return [_written(label, _LABEL, _by_count(_LABEL_LINES, len(rows))) for label in rows]


def _framed(title: str, labels: Sequence[str], beside: float) -> Any:  # noqa: ANN401 - as above
    """Return an empty figure with its title, high enough for a row for each label and for ``beside``, in inches."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    written = _written(title, _TITLE, 4)
    row = 0.18 + _LINE * max((label.count("\n") + 1 for label in labels), default=1)
    height = beside + 0.25 * (written.count("\n") + 1) + row * len(labels)
    figure: Any = Figure(figsize=(_WIDTH, height), dpi=_DOTS, layout="constrained")
    figure.suptitle(written, fontsize=_LETTERS + 1, x=0.02, ha="left")
    return figure


def _drawn(bars: Bars) -> bytes:
    return _png(figure_of_bars(bars))


def figure_of_bars(bars: Bars) -> Any:  # noqa: ANN401 - as above
    """Return matplotlib's figure of the bars."""
    labels = _labels([label for label, _ in bars.rows])
    figure = _framed(bars.title, labels, 0.6)
    axes = figure.add_subplot()
    # Bars are placed by number: placed by label, two rows of the same label would be one.
    places = range(len(bars.rows))
    reached = [0] * len(bars.rows)
    for index, (name, (colour, hatch)) in enumerate(zip(bars.series, _FILLS, strict=False)):
        values = [values[index] for _, values in bars.rows]
        drawn = axes.barh(places, values, left=reached, color=colour, hatch=hatch, edgecolor="white", label=name)
        axes.bar_label(
            drawn,
            labels=[str(value) if value else "" for value in values],
            label_type="center",
            fontsize=_LETTERS,
            fontweight="bold",
            bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none"},
        )
        reached = [before + value for before, value in zip(reached, values, strict=True)]
    for place, total in zip(places, reached, strict=True):
        if not total:
            axes.text(0, place, "  0", va="center", fontsize=_LETTERS, fontweight="bold")
    axes.set_yticks(places, labels)
    axes.set_ylim(len(labels) - 0.5, -0.5)
    axes.tick_params(labelsize=_LETTERS, length=0)
    axes.xaxis.set_visible(False)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    figure.legend(loc="outside lower left", ncols=len(bars.series), frameon=False, fontsize=_LETTERS)
    return figure


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Rows of cells from 0.0 (worst) to 1.0 (best), each with a short text; ``columns`` name the cells of a row.

    ``marked`` is the column that is pointed out. ``scale`` says what the worst, the middle and the best are.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[tuple[str, Sequence[float], Sequence[str]]]
    marked: int
    scale: tuple[str, str, str]


async def draw_heat_map(heat: HeatMap) -> bytes | None:
    """Return the heat map as PNG, or None where it cannot be drawn: what it illustrates is said without it."""
    return await picture_of(_drawn_heat_map, heat)


def _drawn_heat_map(heat: HeatMap) -> bytes:
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second and 40 MiB, only for who draws
    from matplotlib.patches import Patch, Rectangle  # noqa: PLC0415 - as above

    figure: Any = Figure(figsize=(_WIDE, 1.9 + 0.62 * len(heat.rows)), dpi=_WIDE_DOTS, layout="constrained")
    axes = figure.add_subplot()
    # Cividis is read alike by every kind of colour vision, and in grey.
    image = axes.imshow([values for _, values, _ in heat.rows], cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for row, (_, values, texts) in enumerate(heat.rows):
        for column, (value, text) in enumerate(zip(values, texts, strict=True)):
            colour = "black" if value > _BRIGHT else "white"
            axes.text(column, row, text, ha="center", va="center", fontsize=11, color=colour)
    frame = Rectangle(
        (heat.marked - 0.5, -0.5), 1, len(heat.rows), fill=False, edgecolor="#D55E00", linewidth=4, clip_on=False
    )
    axes.add_patch(frame)
    shown = range(0, len(heat.columns), 3)
    axes.set_xticks(shown, [heat.columns[index] for index in shown], fontsize=13)
    labels = [_written(label, _WIDE_LABEL, 3) for label, *_ in heat.rows]
    axes.set_yticks(range(len(heat.rows)), labels, fontsize=12)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    figure.suptitle(_written(heat.title, _WIDE_TITLE, 4), fontsize=14, x=0.02, ha="left")
    shades = [Patch(facecolor=image.cmap(level), edgecolor="grey") for level in (0.0, 0.5, 1.0)]
    figure.legend(shades, heat.scale, loc="outside lower left", ncols=3, frameon=False, fontsize=13)
    return _png(figure)


_DUEL_FILLS: Final = ("#F4C7A6", "#EDEDED", "#A9D3EE")
"""Behind a lost, a level and a won duel: light, so that black figures read on all three."""
_DUEL_SIGNS: Final = ("✗", "=", "✓")


def _drawn_duels(table: DuelTable) -> bytes:
    return _png(figure_of_duels(table))


def figure_of_duels(table: DuelTable) -> Any:  # noqa: ANN401 - as above
    """Return matplotlib's figure of the table of duels."""
    from matplotlib.patches import Patch, Rectangle  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    count = len(table.labels)
    size = _by_count(_CELLS, count)
    labels = _labels([f"{number}  {label}" for number, label in enumerate(table.labels, 1)])
    figure = _framed(table.title, labels, 1.15)
    axes = figure.add_subplot()
    for row in range(count):
        for column in range(count):
            if row == column:
                continue
            outcome = table.outcomes[row][column]
            fill_of_cell = _DUEL_FILLS[outcome + 1]
            axes.add_patch(
                Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=fill_of_cell, edgecolor="white", linewidth=3)
            )
            said = _DUEL_SIGNS[outcome + 1] if table.figures is None else str(table.figures[row][column])
            axes.text(column, row, said, ha="center", va="center", fontsize=size, color="black")
    axes.set_xlim(-0.5, count - 0.5)
    axes.set_ylim(count - 0.5, -0.5)
    axes.xaxis.tick_top()
    axes.set_xticks(range(count), [str(number) for number in range(1, count + 1)], fontsize=size)
    axes.set_yticks(range(count), labels, fontsize=_LETTERS)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    shades = [Patch(facecolor=colour, edgecolor="grey") for colour in _DUEL_FILLS]
    names = [f"{sign} {word}" for sign, word in zip(_DUEL_SIGNS, table.words, strict=True)]
    # In two columns: three are wider than the picture in every language.
    figure.legend(shades, names, loc="outside lower left", ncols=2, frameon=False, fontsize=_LETTERS)
    return figure
