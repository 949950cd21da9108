"""Charts as PNG, readable on a phone and told apart without colours. matplotlib is imported when one is drawn."""

import asyncio
import logging
import warnings
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
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
_HIGHEST: Final = _WIDTH * 280 / 270
"""Inches. A card's picture is 280 points high at most: what is higher is shown less wide, with smaller letters."""
_LABEL_LINES: Final = 3
"""Lines of a row's label, and of one of the key, at most."""
_BAR: Final = 0.19
"""Inches of a bar's height; its label is above it."""
_GAP: Final = 0.04
_CELL: Final = 0.2
"""Inches of a cell's height, of a heat map and of a table of duels with many options."""
_HIGHEST_CELL: Final = 0.4
"""Inches of a cell's height, of a table of duels with few options."""
_LEGEND_ROW: Final = 30
"""Characters of a legend that fit side by side."""
_LEGEND_HALF: Final = 17
"""Characters of an entry of a legend that fit beside another one."""
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

    def first(self, count: int, note: str) -> "Bars":
        """Return the chart of its first rows, with a note that says so."""
        return replace(self, rows=self.rows[:count], note=note)

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

    def first(self, count: int, note: str) -> "DuelTable":
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


_Fitted = TypeVar("_Fitted", Bars, DuelTable)


def fitted(chart: _Fitted, reader: Reader) -> _Fitted:
    """Return as many of the first rows of a chart as a phone shows in letters that can be read; its note says so.

    What is beside the picture has all rows in words.
    """
    count = len(chart.rows if isinstance(chart, Bars) else chart.labels)
    if _height_of(chart) <= _HIGHEST:
        return chart
    for shown in range(count - 1, 2, -1):
        part = reader.label(t("The first {shown} of {count}", shown=shown, count=count))
        cut = chart.first(shown, "\n".join(note for note in (chart.note, part) if note))
        if _height_of(cut) <= _HIGHEST:
            return cut
    return chart


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


def _head(title: str, note: str, key: Sequence[str] = (), most: int = 1) -> str:
    """Return what is above a picture: the lines of the ``note``, its title, and what each number in it means.

    ``most`` is how many lines a label of the key may have.
    """
    lines = [_written(line, _TITLE, 2) for line in note.splitlines()]
    lines.append(_written(title, _TITLE, 3))
    lines += [_written(f"{number}  {label}", _TITLE, most) for number, label in enumerate(key, 1)]
    return "\n".join(lines)


def _height(head: str, below: float, legend: Sequence[str]) -> float:
    """Return the inches of a picture: of its head, what is ``below`` it, and the legend."""
    rows = -(-len(legend) // _legend_columns(legend))
    return 0.25 + _LINE * (head.count("\n") + 1) + below + 0.24 * rows


def _height_of(chart: Bars | DuelTable, most: int = 1) -> float:
    """Return the inches of a chart whose labels have ``most`` lines at most, and whose cells are as low as can be."""
    if isinstance(chart, Bars):
        return _height(_head(chart.title, chart.note), sum(_heights(_labels(chart, most))), chart.series)
    head = _head(chart.title, chart.note, chart.labels, most)
    return _height(head, _CELL * (len(chart.labels) + 1), _duel_words(chart))


def _lines_of_label(chart: Bars | DuelTable) -> int:
    """Return how many lines the labels of a chart may have: as many as there is room for."""
    return next((most for most in range(_LABEL_LINES, 1, -1) if _height_of(chart, most) <= _HIGHEST), 1)


def _framed(head: str, below: float, legend: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    """Return an empty figure under its head, high enough for ``below``, in inches, and for the legend."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    figure: Any = Figure(figsize=(_WIDTH, _height(head, below, legend)), dpi=_DOTS, layout="constrained")
    figure.suptitle(head, fontsize=_LETTERS, x=0.02, ha="left")
    return figure


def _legend_columns(names: Sequence[str]) -> int:
    if sum(len(name) + 4 for name in names) <= _LEGEND_ROW:
        return len(names)
    return 2 if max(map(len, names)) <= _LEGEND_HALF else 1


def _legend(figure: Any, shades: Sequence[Any], names: Sequence[str]) -> None:  # noqa: ANN401 - as above
    figure.legend(
        shades,
        names,
        loc="outside lower left",
        ncols=_legend_columns(names),
        frameon=False,
        fontsize=_LETTERS,
        borderpad=0.1,
        labelspacing=0.2,
        handlelength=1.2,
        handletextpad=0.5,
        columnspacing=1,
    )


def _drawn(bars: Bars) -> bytes:
    return _png(figure_of_bars(bars))


def figure_of_bars(bars: Bars) -> Any:  # noqa: ANN401 - as above
    """Return matplotlib's figure of the bars; the label of each row is above its bar."""
    labels = _labels(bars, _lines_of_label(bars))
    heights = _heights(labels)
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


def _labels(bars: Bars, most: int) -> list[str]:
    return [_written(label, _TITLE, most) for label, _ in bars.rows]


def _heights(labels: Sequence[str]) -> list[float]:
    """Return the inches of each row of bars, with its label."""
    return [_LINE * (label.count("\n") + 1) + _BAR + _GAP for label in labels]


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
    """Return matplotlib's figure of the heat map, turned: its columns one below another, in two halves."""
    from matplotlib.patches import Patch, Rectangle  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    head = _head(heat.title, heat.note, [label for label, *_ in heat.rows])
    half = (len(heat.columns) + 1) // 2
    figure = _framed(head, _CELL * (half + 1), heat.scale)
    frames = figure.subplots(1, 2)
    for axes, start in zip(frames, (0, half), strict=True):
        _put_cells(axes, heat, range(start, min(start + half, len(heat.columns))))
    side = heat.marked // half
    frame = Rectangle(
        (-0.5, heat.marked - side * half - 0.5),
        len(heat.rows),
        1,
        fill=False,
        edgecolor="#D55E00",
        linewidth=3,
        clip_on=False,
    )
    frames[side].add_patch(frame)
    colours = frames[0].images[0].cmap
    shades = [Patch(facecolor=colours(level), edgecolor="grey") for level in (0.0, 0.5, 1.0)]
    _legend(figure, shades, heat.scale)
    return figure


def _put_cells(axes: Any, heat: HeatMap, shown: range) -> None:  # noqa: ANN401 - as above
    """Draw some columns of a heat map, one below another."""
    # Cividis is read alike by every kind of colour vision, and in grey.
    turned = [[values[column] for _, values, _ in heat.rows] for column in shown]
    axes.imshow(turned, cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for across, (_, values, texts) in enumerate(heat.rows):
        for down, column in enumerate(shown):
            colour = "black" if values[column] > _BRIGHT else "white"
            axes.text(across, down, texts[column], ha="center", va="center", fontsize=_LETTERS, color=colour)
    _numbered(axes, len(heat.rows), [heat.columns[column] for column in shown])


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
    names = _duel_words(table)
    most = _lines_of_label(table)
    head = _head(table.title, table.note, table.labels, most)
    room = max(0.0, _HIGHEST - _height_of(table, most))
    cell = min(_CELL + room / count, _HIGHEST_CELL)
    figure = _framed(head, cell * count + _CELL, names)
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


def _duel_words(table: DuelTable) -> list[str]:
    return [f"{sign} {word}" for sign, word in zip(_DUEL_SIGNS, table.words, strict=True)]
