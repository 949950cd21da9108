"""Charts as PNG, readable on a phone and told apart without colours. matplotlib is imported when one is drawn."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from textwrap import wrap
from typing import Any, Final

_WIDTH: Final = 7.2
"""Inches, at 150 dots to each: 1,080 dots, a phone's width."""
_DOTS: Final = 150
_LABEL: Final = 20
"""Characters of a line of a row's label."""
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
        return f"{self.title}. {said}"[:1024]


async def draw_bars(bars: Bars) -> bytes:
    """Return the chart as PNG, drawn on another thread: the first one also imports matplotlib, which is slow."""
    return await asyncio.to_thread(_drawn, bars)


def _drawn(bars: Bars) -> bytes:
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second and 40 MiB, only for who draws

    # matplotlib's own annotations leave half of every signature unknown.
    figure: Any = Figure(figsize=(_WIDTH, 1.6 + 0.62 * len(bars.rows)), dpi=_DOTS, layout="constrained")
    axes = figure.add_subplot()
    labels = [label for label, _ in bars.rows]
    reached = [0] * len(labels)
    for index, (name, (colour, hatch)) in enumerate(zip(bars.series, _FILLS, strict=False)):
        values = [values[index] for _, values in bars.rows]
        drawn = axes.barh(labels, values, left=reached, color=colour, hatch=hatch, edgecolor="white", label=name)
        written = [str(value) if value else "" for value in values]
        axes.bar_label(
            drawn,
            labels=written,
            label_type="center",
            fontsize=13,
            fontweight="bold",
            bbox={"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "none"},
        )
        reached = [before + value for before, value in zip(reached, values, strict=True)]
    axes.invert_yaxis()
    axes.set_title(bars.title, fontsize=15, loc="left", wrap=True)
    axes.tick_params(labelsize=13, length=0)
    axes.xaxis.set_visible(False)
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    figure.legend(loc="outside lower left", ncols=len(bars.series), frameon=False, fontsize=13)
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()


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


async def draw_heat_map(heat: HeatMap) -> bytes:
    """Return the heat map as PNG, drawn on another thread: the first one also imports matplotlib, which is slow."""
    return await asyncio.to_thread(_drawn_heat_map, heat)


def _drawn_heat_map(heat: HeatMap) -> bytes:
    from matplotlib.figure import Figure  # noqa: PLC0415 - half a second and 40 MiB, only for who draws
    from matplotlib.patches import Patch, Rectangle  # noqa: PLC0415 - as above

    figure: Any = Figure(figsize=(_WIDTH, 1.9 + 0.62 * len(heat.rows)), dpi=_DOTS, layout="constrained")
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
    labels = ["\n".join(wrap(label, _LABEL)) for label, *_ in heat.rows]
    axes.set_yticks(range(len(heat.rows)), labels, fontsize=12)
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    axes.set_title(heat.title, fontsize=13, loc="left", x=-0.3, wrap=True)
    shades = [Patch(facecolor=image.cmap(level), edgecolor="grey") for level in (0.0, 0.5, 1.0)]
    figure.legend(shades, heat.scale, loc="outside lower left", ncols=3, frameon=False, fontsize=13)
    file = BytesIO()
    figure.savefig(file, format="png")
    return file.getvalue()
