"""A heat map: how good each hour of a day is for each of a few."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.charts.figures import CELL, LETTERS, framed, head_of, number_columns, png, put_legend

_BRIGHT: Final = 0.55
"""From this brightness on, black text reads better than white."""


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

    @property
    def count(self) -> int:
        """How many rows it has."""
        return len(self.rows)

    def drawn(self) -> bytes:
        """Return it as PNG. Raises whatever matplotlib raises."""
        return png(figure_of_heat_map(self))


def figure_of_heat_map(heat: HeatMap) -> Any:  # noqa: ANN401 - matplotlib's own annotations leave half of it unknown
    """Return matplotlib's figure of the heat map, turned: its columns one below another, in two halves."""
    from matplotlib.patches import Patch, Rectangle  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    head = head_of(heat.title, heat.note, [label for label, *_ in heat.rows])
    half = (len(heat.columns) + 1) // 2
    figure = framed(head, CELL * (half + 1), heat.scale)
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
    put_legend(figure, shades, heat.scale)
    return figure


def _put_cells(axes: Any, heat: HeatMap, shown: range) -> None:  # noqa: ANN401 - as above
    """Draw some columns of a heat map, one below another."""
    # Cividis is read alike by every kind of colour vision, and in grey.
    turned = [[values[column] for _, values, _ in heat.rows] for column in shown]
    axes.imshow(turned, cmap="cividis", vmin=0, vmax=1, aspect="auto")
    for across, (_, values, texts) in enumerate(heat.rows):
        for down, column in enumerate(shown):
            colour = "black" if values[column] > _BRIGHT else "white"
            axes.text(across, down, texts[column], ha="center", va="center", fontsize=LETTERS, color=colour)
    number_columns(axes, len(heat.rows), [heat.columns[column] for column in shown])
