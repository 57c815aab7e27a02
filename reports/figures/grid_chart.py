"""The grid of a dense group: its accounts by their targets, each act as a cell, the darker the sooner it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.collections import LineCollection
from matplotlib.patches import Patch

from reports.figures.svg import drawing, svg_of

__all__ = ["SHADES", "GridCell", "grid"]

WIDTH = 6.7
"""Inches: the text width of an A4 page."""
SHADES = ("#b3401f", "#c9714f", "#dfa78f", "#efd3c6")
"""From the first on a target to the last."""
MOST_NAMED = 26
"""Rows up to which each is named; more would be too small to read."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One account's act on one target: row, column and shade, each from 0."""

    row: int
    column: int
    shade: int


def grid(
    cells: Sequence[GridCell],
    rows: Sequence[str],
    n_columns: int,
    legend: Sequence[str],
    axis: str,
    anchor: str,
) -> str:
    """Draw accounts as rows and targets as columns.

    Args:
        cells: the acts.
        rows: the accounts' names, from top to bottom.
        n_columns: targets, in the order of their first act.
        legend: what each of ``SHADES`` means.
        axis: the title of the axis of targets.
        anchor: of the figure.
    """
    is_named = len(rows) <= MOST_NAMED
    step = 0.105 if is_named else max(0.03, 1.35 / len(rows))
    height = step * max(len(rows), 4)
    with drawing(WIDTH, 0.75 + height) as figure:
        axes = figure.add_subplot()
        for shade, color in enumerate(SHADES):
            own = sorted({(cell.row, cell.column) for cell in cells if cell.shade == shade})
            if own:
                lines = [[(column - 0.42, row), (column + 0.42, row)] for row, column in own]
                axes.add_collection(LineCollection(lines, colors=color, linewidths=step * 72 * 0.78, capstyle="butt"))
        axes.set_xlim(-0.6, max(n_columns, 8) - 0.4)
        axes.set_ylim(len(rows) - 0.4, -0.6)
        axes.set_yticks(range(len(rows)) if is_named else [], list(rows) if is_named else [], fontsize=7)
        axes.set_xticks([])
        axes.set_xlabel(axis)
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        axes.legend(
            handles=[Patch(color=color, label=text) for color, text in zip(SHADES, legend, strict=True)],
            loc="lower left",
            bbox_to_anchor=(0, 1),
            ncols=len(SHADES),
            frameon=False,
            fontsize=8.5,
            handlelength=1.0,
            borderpad=0,
            borderaxespad=0.2,
            columnspacing=1.2,
        )
        return svg_of(figure, anchor)
