"""Charts as PNG, readable on a phone and told apart without colours. matplotlib is imported when one is drawn."""

import asyncio
import logging
import warnings
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from textwrap import fill
from typing import Any, Final, TypeVar

from bot.texts import Reader, Text, clipped, t

_log: Final = logging.getLogger("bot.charts")
_Chart = TypeVar("_Chart")

_DEMONSTRATION: Final = t("Demonstration: invented answers")
_notes: Final[list[Text]] = []

LONGEST_ALT: Final = 1024
"""Characters of a picture's text: Discord's limit."""
_WIDTH: Final = 3.75
"""Inches, at 288 dots to each: 1,080 dots. On a phone of 390 points a card's picture is 270 points wide, and letters
of 12 are 12 points high."""
_DOTS: Final = 288
_LETTERS: Final = 12
_LINE: Final = 0.2
"""Inches of a line of text."""
_TITLE: Final = 40
"""Characters of a line of the title, of a row's label and of the key."""
_LABEL_LINES: Final = ((5, 3), (10, 2), (15, 1))
"""Lines of a label, by the rows that there are at most: Discord makes narrow what is much higher than wide."""
_KEY_LINES: Final = ((10, 2), (15, 1))
_BAR: Final = 0.21
"""Inches of a bar's height; its label is above it."""
_GAP: Final = 0.04
_CELL: Final = 0.2
"""Inches of a cell's height, of a heat map and of a table of duels with many options."""
_LEGEND_ROW: Final = 30
"""Characters of a legend that fit side by side."""
_BRIGHT: Final = 0.55
"""From this brightness on, black text reads better than white."""
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
    note: str = ""

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


def prepare() -> None:
    """Do what the first picture would have to wait for: import matplotlib, and find its fonts. Takes seconds."""
    _as_plain_text(_drawn, Bars("0", ["0"], [("0", (1,))]))


@contextmanager
def demonstration() -> Generator[None]:
    """Let every picture that is made meanwhile say that its answers are invented: in the demo."""
    _notes.append(_DEMONSTRATION)
    try:
        yield
    finally:
        _notes.pop()


def note_of(reader: Reader) -> str:
    """Return the line that a picture has above its title in this process; empty but in the demo."""
    return reader.label(_notes[-1]) if _notes else ""


async def draw(chart: Bars | DuelTable) -> bytes | None:
    """Return the chart as PNG, or None where it cannot be drawn: what it illustrates is said without it."""
    if isinstance(chart, Bars):
        return await draw_bars(chart)
    return await picture_of(_drawn_duels, chart)


async def draw_bars(bars: Bars) -> bytes | None:
    """Return the chart as PNG, or None where it cannot be drawn or has no row: what it illustrates is said anyway."""
    return await picture_of(_drawn, bars) if bars.rows else None


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


def _head(title: str, note: str, key: Sequence[str] = ()) -> str:
    """Return what stands above a picture: the ``note``, its title, and what each number in it means."""
    lines = [_written(note, _TITLE, 2)] if note else []
    lines.append(_written(title, _TITLE, 3))
    most = _by_count(_KEY_LINES, len(key))
    lines += [_written(f"{number}  {label}", _TITLE, most) for number, label in enumerate(key, 1)]
    return "\n".join(lines)


def _framed(head: str, below: float, legend: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    """Return an empty figure under its head, high enough for ``below``, in inches, and for the legend."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    rows = 1 if _is_beside(legend) else len(legend)
    height = 0.25 + _LINE * (head.count("\n") + 1) + below + 0.24 * rows
    figure: Any = Figure(figsize=(_WIDTH, height), dpi=_DOTS, layout="constrained")
    figure.suptitle(head, fontsize=_LETTERS, x=0.02, ha="left")
    return figure


def _is_beside(legend: Sequence[str]) -> bool:
    return sum(len(name) + 4 for name in legend) <= _LEGEND_ROW


def _legend(figure: Any, shades: Sequence[Any], names: Sequence[str]) -> None:  # noqa: ANN401 - as above
    columns = len(names) if _is_beside(names) else 1
    figure.legend(
        shades,
        names,
        loc="outside lower left",
        ncols=columns,
        frameon=False,
        fontsize=_LETTERS,
        borderpad=0.1,
        labelspacing=0.2,
    )


def _drawn(bars: Bars) -> bytes:
    return _png(figure_of_bars(bars))


def figure_of_bars(bars: Bars) -> Any:  # noqa: ANN401 - as above
    """Return matplotlib's figure of the bars; the label of each row is above its bar."""
    most = _by_count(_LABEL_LINES, len(bars.rows))
    labels = [_written(label, _TITLE, most) for label, _ in bars.rows]
    heights = [_LINE * (label.count("\n") + 1) + _BAR + _GAP for label in labels]
    figure = _framed(_head(bars.title, bars.note), sum(heights), bars.series)
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
            fontsize=_LETTERS,
            fontweight="bold",
            bbox={"boxstyle": "round,pad=0.1", "facecolor": "white", "edgecolor": "none"},
        )
        shades.append(drawn)
        reached = [before + value for before, value in zip(reached, values, strict=True)]
    for top, place, label, total in zip(tops, places, labels, reached, strict=True):
        axes.text(0, top, label, va="top", fontsize=_LETTERS, gid=LABEL)
        if not total:
            axes.text(0, place, "0", va="center", fontsize=_LETTERS, fontweight="bold")
    axes.set_xlim(0, max([*reached, 1]))
    axes.set_ylim(sum(heights), 0)
    axes.set_axis_off()
    _legend(figure, shades, bars.series)
    return figure


LABEL: Final = "label"
"""What matplotlib's texts that are the labels of rows are called."""


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
    note: str = ""


async def draw_heat_map(heat: HeatMap) -> bytes | None:
    """Return the heat map as PNG, or None where it cannot be drawn: what it illustrates is said without it."""
    return await picture_of(_drawn_heat_map, heat)


def _drawn_heat_map(heat: HeatMap) -> bytes:
    return _png(figure_of_heat_map(heat))


def figure_of_heat_map(heat: HeatMap) -> Any:  # noqa: ANN401 - as above
    """Return matplotlib's figure of the heat map, turned: a phone has room for its columns one below another."""
    from matplotlib.patches import Patch, Rectangle  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    count = len(heat.columns)
    head = _head(heat.title, heat.note, [label for label, *_ in heat.rows])
    figure = _framed(head, _CELL * (count + 1), heat.scale)
    axes = figure.add_subplot()
    # Cividis is read alike by every kind of colour vision, and in grey.
    turned = [[values[column] for _, values, _ in heat.rows] for column in range(count)]
    image = axes.imshow(turned, cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for across, (_, values, texts) in enumerate(heat.rows):
        for down, (value, text) in enumerate(zip(values, texts, strict=True)):
            colour = "black" if value > _BRIGHT else "white"
            axes.text(across, down, text, ha="center", va="center", fontsize=_LETTERS, color=colour)
    frame = Rectangle(
        (-0.5, heat.marked - 0.5), len(heat.rows), 1, fill=False, edgecolor="#D55E00", linewidth=3, clip_on=False
    )
    axes.add_patch(frame)
    _numbered(axes, len(heat.rows), heat.columns)
    shades = [Patch(facecolor=image.cmap(level), edgecolor="grey") for level in (0.0, 0.5, 1.0)]
    _legend(figure, shades, heat.scale)
    return figure


def _numbered(axes: Any, across: int, down: Sequence[str]) -> None:  # noqa: ANN401 - as above
    """Number the columns of a table, and name its rows."""
    axes.xaxis.tick_top()
    axes.set_xticks(range(across), [str(number) for number in range(1, across + 1)], fontsize=_LETTERS)
    axes.set_yticks(range(len(down)), down, fontsize=_LETTERS)
    axes.tick_params(length=0, pad=2)
    axes.spines[:].set_visible(False)


_DUEL_FILLS: Final = ("#F4C7A6", "#EDEDED", "#A9D3EE")
"""Behind a lost, a level and a won duel: light, so that black figures read on all three."""
_DUEL_SIGNS: Final = ("✗", "=", "✓")


def _drawn_duels(table: DuelTable) -> bytes:
    return _png(figure_of_duels(table))


def figure_of_duels(table: DuelTable) -> Any:  # noqa: ANN401 - as above
    """Return matplotlib's figure of the table of duels."""
    from matplotlib.patches import Patch, Rectangle  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    count = len(table.labels)
    names = [f"{sign} {word}" for sign, word in zip(_DUEL_SIGNS, table.words, strict=True)]
    cell = max(_CELL, min(0.4, 1.6 / count))
    figure = _framed(_head(table.title, table.note, table.labels), cell * count + _CELL, names)
    axes = figure.add_subplot()
    for row in range(count):
        for column in range(count):
            if row == column:
                continue
            outcome = table.outcomes[row][column]
            fill_of_cell = _DUEL_FILLS[outcome + 1]
            axes.add_patch(
                Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=fill_of_cell, edgecolor="white", linewidth=1.5)
            )
            said = _DUEL_SIGNS[outcome + 1] if table.figures is None else str(table.figures[row][column])
            axes.text(column, row, said, ha="center", va="center", fontsize=_LETTERS, color="black")
    axes.set_xlim(-0.5, count - 0.5)
    axes.set_ylim(count - 0.5, -0.5)
    _numbered(axes, count, [str(number) for number in range(1, count + 1)])
    shades = [Patch(facecolor=colour, edgecolor="grey") for colour in _DUEL_FILLS]
    _legend(figure, shades, names)
    return figure
