"""What all charts have: the measure of a phone, a head, a legend, and the way to a PNG."""

import asyncio
import logging
import warnings
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from io import BytesIO
from textwrap import fill
from typing import Any, Final, Protocol, Self, TypeVar

from bot.texts import Reader, Text, t

_log: Final = logging.getLogger("bot.charts")

_DEMONSTRATION: Final = t("Demonstration: invented answers")
_notes: Final[list[Text]] = []

LONGEST_ALT: Final = 1024
"""Characters of a picture's text: Discord's limit."""
_WIDTH: Final = 3.75
"""Inches, at 288 dots to each: 1,080 dots. On a phone of 390 points a card's picture is 270 points wide, and letters
of 12 are 12 points high."""
_DOTS: Final = 288
LETTERS: Final = 12
LINE: Final = 0.2
"""Inches of a line of text."""
TITLE: Final = 40
"""Characters of a line of the title, of a row's label and of the key."""
HIGHEST: Final = _WIDTH * 280 / 270
"""Inches. A card's picture is 280 points high at most: what is higher is shown less wide, with smaller letters."""
_LABEL_LINES: Final = 3
"""Lines of a row's label, and of one of the key, at most."""
CELL: Final = 0.2
"""Inches of a cell's height, of a heat map and of a table of duels with many options."""
_LEGEND_ROW: Final = 30
"""Characters of a legend that fit side by side."""
_LEGEND_HALF: Final = 17
"""Characters of an entry of a legend that fit beside another one."""


class Drawable(Protocol):
    """What can be drawn."""

    @property
    def count(self) -> int:
        """How many rows or options it has; of nothing, nothing is drawn."""
        ...

    def drawn(self) -> bytes:
        """Return it as PNG. Raises whatever matplotlib raises."""
        ...


class Chart(Drawable, Protocol):
    """What can be cut to its first rows, so that a phone shows it in letters that can be read."""

    @property
    def note(self) -> str:
        """The line above its title; see :func:`note_of`."""
        ...

    def first(self, count: int, note: str) -> Self:
        """Return the chart of its first rows, with a note that says so."""
        ...

    def height(self, most: int = 1) -> float:
        """Return its inches, with labels of ``most`` lines at most, and cells as low as can be."""
        ...


_Drawn = TypeVar("_Drawn")
_Fitted = TypeVar("_Fitted", bound=Chart)


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


def fitted(chart: _Fitted, reader: Reader) -> _Fitted:
    """Return as many of the first rows of a chart as a phone shows in letters that can be read; its note says so.

    What is beside the picture has all rows in words.
    """
    if chart.height() <= HIGHEST:
        return chart
    for shown in range(chart.count - 1, 2, -1):
        part = reader.label(t("The first {shown} of {count}", shown=shown, count=chart.count))
        cut = chart.first(shown, "\n".join(note for note in (chart.note, part) if note))
        if cut.height() <= HIGHEST:
            return cut
    return chart


async def draw(chart: Drawable) -> bytes | None:
    """Return the chart as PNG, or None where it cannot be drawn or has no row: what it illustrates is said anyway."""
    return await picture_of(type(chart).drawn, chart) if chart.count else None


async def picture_of(drawn: Callable[[_Drawn], bytes], chart: _Drawn) -> bytes | None:
    """Return what ``drawn`` makes of ``chart``, or None where it raises, which goes to the log.

    It runs on another thread: the first picture also imports matplotlib, which is slow.
    """
    try:
        return await asyncio.to_thread(as_plain_text, drawn, chart)
    except Exception:  # noqa: BLE001 - matplotlib may raise anything, and no sentence waits for its picture
        _log.exception("a picture could not be drawn: what it illustrates is said without it")
        return None


def as_plain_text(drawn: Callable[[_Drawn], bytes], chart: _Drawn) -> bytes:
    """Draw with texts as they were typed; see :func:`picture_of`. Raises whatever matplotlib raises."""
    import matplotlib as mpl  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    # What people type is text: two dollar signs in it do not begin a formula.
    mpl.rcParams["text.parse_math"] = False
    with warnings.catch_warnings():
        # A sign that the font lacks is shown as a box; the text beside the picture has it.
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        warnings.filterwarnings("ignore", "Matplotlib currently does not support .* natively")
        return drawn(chart)


def png(figure: Any) -> bytes:  # noqa: ANN401 - matplotlib's own annotations leave half of every signature unknown
    """Return the figure as the bytes of a PNG."""
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


def written(text: str, characters: int, most: int) -> str:
    """Break a text into lines: where matplotlib does, it takes it for mathematics whatever it was told."""
    return fill(text, characters, max_lines=most, placeholder="…")


def head_of(title: str, note: str, key: Sequence[str] = (), most: int = 1) -> str:
    """Return what is above a picture: the lines of the ``note``, its title, and what each number in it means.

    ``most`` is how many lines a label of the key may have.
    """
    lines = [written(line, TITLE, 2) for line in note.splitlines()]
    lines.append(written(title, TITLE, 3))
    lines += [written(f"{number}  {label}", TITLE, most) for number, label in enumerate(key, 1)]
    return "\n".join(lines)


def height_of(head: str, below: float, legend: Sequence[str]) -> float:
    """Return the inches of a picture: of its head, what is ``below`` it, and the legend."""
    rows = -(-len(legend) // _legend_columns(legend))
    return 0.25 + LINE * (head.count("\n") + 1) + below + 0.24 * rows


def lines_of_label(chart: Chart) -> int:
    """Return how many lines the labels of a chart may have: as many as there is room for."""
    return next((most for most in range(_LABEL_LINES, 1, -1) if chart.height(most) <= HIGHEST), 1)


def framed(head: str, below: float, legend: Sequence[str]) -> Any:  # noqa: ANN401 - as above
    """Return an empty figure under its head, high enough for ``below``, in inches, and for the legend."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    figure: Any = Figure(figsize=(_WIDTH, height_of(head, below, legend)), dpi=_DOTS, layout="constrained")
    figure.suptitle(head, fontsize=LETTERS, x=0.02, ha="left")
    return figure


def _legend_columns(names: Sequence[str]) -> int:
    if sum(len(name) + 4 for name in names) <= _LEGEND_ROW:
        return len(names)
    return 2 if max(map(len, names)) <= _LEGEND_HALF else 1


def put_legend(figure: Any, shades: Sequence[Any], names: Sequence[str]) -> None:  # noqa: ANN401 - as above
    """Put below the figure what each of its ``shades`` means."""
    figure.legend(
        shades,
        names,
        loc="outside lower left",
        ncols=_legend_columns(names),
        frameon=False,
        fontsize=LETTERS,
        borderpad=0.1,
        labelspacing=0.2,
        handlelength=1.2,
        handletextpad=0.5,
        columnspacing=1,
    )


def number_columns(axes: Any, across: int, down: Sequence[str]) -> None:  # noqa: ANN401 - as above
    """Number the columns of a table, and name its rows."""
    axes.xaxis.tick_top()
    axes.set_xticks(range(across), [str(number) for number in range(1, across + 1)], fontsize=LETTERS)
    axes.set_yticks(range(len(down)), down, fontsize=LETTERS)
    axes.tick_params(length=0, pad=2)
    axes.spines[:].set_visible(False)
