"""The chart of what was observed against what was expected."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from reports.figures.svg import ACCENT, FAINT, GRID, INK, MUTED, rounded
from reports.figures.svg_canvas import POINTS, Canvas, fitted, text_width

WIDTH = 6.7
"""Inches: the text width of an A4 page."""
SIZE, NAMES = 8.5, 150.0
"""Units: of the texts, and the most that the rows' labels take."""


def observed_and_expected(
    rows: Sequence[tuple[str, float, float]], legend: tuple[str, str], axis: str, number: Callable[[float], str]
) -> str:
    """Draw, for each row, how far the observed number lies from the expected one, on a logarithmic scale.

    Args:
        rows: label, observed and expected, from top to bottom; both above 0.
        legend: the words for observed and expected.
        axis: the title of the axis.
        number: formats a number.
    """
    step = 18.0 if len(rows) <= 8 else 13.0
    labels = [fitted(row[0], SIZE, NAMES) for row in rows]
    shown = [number(value) for row in rows for value in row[1:]]
    beside = max(text_width(text, SIZE) for text in shown) + 8
    begun = max(text_width(label, SIZE) for label in labels) + 6 + beside
    width, top = WIDTH * POINTS, 20.0
    foot = top + step * len(rows)
    values = [value for row in rows for value in row[1:]]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    scale = (width - beside - begun) / (high - low)
    canvas = Canvas(width, foot + 26)
    canvas.legend([(legend[1], MUTED), (legend[0], ACCENT)], begun, 8.5, is_round=True)

    def place(value: float) -> float:
        return begun + scale * (math.log10(value) - low)

    for power in range(low, high + 1):
        x = place(10.0**power)
        canvas.path([f"M{rounded(x)} {rounded(top)}V{rounded(foot)}"], stroke=GRID, stroke_width=0.6)
        canvas.text(number(10.0**power), x, foot + 9, SIZE, fill=MUTED, text_anchor="middle")
    canvas.text(axis, (begun + width - beside) / 2, foot + 22, SIZE, fill=MUTED, text_anchor="middle")
    for row, ((_, observed, expected), label) in enumerate(zip(rows, labels, strict=True)):
        y = top + step * (row + 0.5)
        canvas.text(label, begun - beside, y + 3, SIZE, text_anchor="end")
        ends = sorted(((expected, MUTED), (observed, ACCENT)))
        canvas.path(
            [f"M{rounded(place(ends[0][0]))} {rounded(y)}H{rounded(place(ends[1][0]))}"], stroke=FAINT, stroke_width=1.2
        )
        for (value, color), side in zip(ends, (-1, 1), strict=True):
            canvas.dots([(place(value), y)], 6.0, color)
            if color == MUTED:  # an open dot
                canvas.dots([(place(value), y)], 3.8, "#ffffff")
            anchor = "end" if side < 0 else "start"
            canvas.text(number(value), place(value) + 7 * side, y + 3, SIZE, fill=color, text_anchor=anchor)
    canvas.path([f"M{rounded(begun)} {rounded(foot)}H{rounded(width - beside)}"], stroke=INK, stroke_width=0.6)
    return canvas.svg()
