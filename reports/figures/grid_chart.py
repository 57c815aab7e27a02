"""The grid of a dense group: its accounts by their targets, each act as a cell, the darker the sooner it came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.figures.svg import FAINT, rounded
from reports.figures.svg_canvas import POINTS, Canvas, text_width

WIDTH = 6.7
"""Inches: the text width of an A4 page."""
SHADES = ("#b3401f", "#c9714f", "#dfa78f", "#efd3c6")
"""From the first on a target to the last."""
NAME_SIZE = 7.0
MOST_NAMED = 16
"""Rows up to which each is named; more would be too small to read."""


@dataclass(frozen=True, slots=True)
class GridCell:
    """One account's act on one target: row, column and shade, each from 0."""

    row: int
    column: int
    shade: int


def grid(cells: Sequence[GridCell], rows: Sequence[str], n_columns: int, legend: Sequence[str]) -> str:
    """Draw accounts as rows and targets as columns.

    Args:
        rows: the accounts' names, from top to bottom.
        n_columns: targets, in the order of their first act.
        legend: what each of ``SHADES`` means.
    """
    is_named = len(rows) <= MOST_NAMED
    step = POINTS * (0.105 if is_named else max(0.02, 0.8 / len(rows)))
    names = max((text_width(name, NAME_SIZE) for name in rows), default=0.0) + 4 if is_named else 0.0
    room = (WIDTH * POINTS - names) / max(n_columns, 8)
    keys = list(zip(legend, SHADES, strict=True))
    top = 11.0 * Canvas.legend_rows(keys, WIDTH * POINTS - names) + 3
    bottom = top + step * max(len(rows), 4)
    canvas = Canvas(WIDTH * POINTS, bottom + 3)
    canvas.legend(keys, names, 9, is_round=False)
    for shade, color in enumerate(SHADES):
        own = sorted({(cell.row, cell.column) for cell in cells if cell.shade == shade})
        lines = (
            f"M{rounded(names + room * (column + 0.08))} {rounded(top + step * (row + 0.5))}h{rounded(room * 0.84)}"
            for row, column in own
        )
        canvas.path(lines, stroke=color, stroke_width=step * 0.78)
    canvas.path([f"M{rounded(names)} {rounded(bottom + 1)}H{rounded(canvas.width)}"], stroke=FAINT, stroke_width=0.6)
    for row, name in enumerate(rows if is_named else ()):
        canvas.text(name, names - 4, top + step * (row + 0.5) + 2.5, NAME_SIZE, text_anchor="end")
    return canvas.svg()
