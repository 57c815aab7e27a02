"""The pictures of page one: the engagement of each camp, and what of it was found to be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.figures.svg import ACCENT, FAINT, INK, MUTED, SERIES, rounded
from reports.figures.svg_canvas import POINTS, Canvas, fitted, text_width

__all__ = ["Bar", "Legend", "engagement_bars"]

WIDTHS = (4.6, 3.25)
"""Inches: of a picture alone, and of one of two that stand beside each other in the text width of an A4 page."""
COLOURS = (ACCENT, SERIES[1])
"""Colours of what each kind of engagement loses."""
SIZE, ROW, THICK = 8.0, 20.0, 6.5
"""Units: of the texts, of a row with its text above its bar, and of the bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One camp's engagement.

    Attributes:
        label: the camp.
        left: what is left.
        taken: what was taken from it.
        ends: between which what is left may lie.
        beside: the numbers in words.
    """

    label: str
    left: float
    taken: float
    ends: tuple[float, float]
    beside: str


@dataclass(frozen=True, slots=True)
class Legend:
    """The words of a picture.

    Attributes:
        title: what is counted.
        left: what is left of it.
        taken: what was taken.
    """

    title: str
    left: str
    taken: str


def engagement_bars(bars: Sequence[Bar], legend: Legend, place: int, *, is_alone: bool) -> str:
    """Draw one kind of engagement, a bar for each camp with its name and numbers above it.

    Args:
        bars: from top to bottom.
        legend: see ``Legend``.
        place: of the colour of what was taken.
        is_alone: whether no other picture stands beside it.
    """
    width = WIDTHS[0 if is_alone else 1] * POINTS
    color = COLOURS[place]
    keys = [(legend.left, FAINT), (legend.taken, color)]
    top = 11.0 * (1 + Canvas.legend_rows(keys, width)) + 3
    canvas = Canvas(width, top + ROW * len(bars))
    canvas.text(legend.title, 0, 8.5, SIZE + 1, weight=600)
    canvas.legend(keys, 0, 19.5, is_round=False)
    scale = width / (max((bar.left + bar.taken for bar in bars), default=0.0) or 1.0)
    for row, bar in enumerate(bars):
        line, middle = top + ROW * row + 8.5, top + ROW * row + 14.5
        room = width - text_width(bar.beside, SIZE) - 8
        canvas.text(fitted(bar.label, SIZE, room), 0, line, SIZE)
        canvas.text(bar.beside, width, line, SIZE, fill=color if bar.taken else MUTED, text_anchor="end")
        border = scale * bar.left
        _line(canvas, 0, border, middle, FAINT, THICK)
        _line(canvas, border, border + scale * bar.taken, middle, color, THICK)
        _line(canvas, scale * bar.ends[0], scale * bar.ends[1], middle, INK, 1.2)
    return canvas.svg()


def _line(canvas: Canvas, begin: float, end: float, middle: float, color: str, thickness: float) -> None:
    if end > begin:
        canvas.path([f"M{rounded(begin)} {rounded(middle)}H{rounded(end)}"], stroke=color, stroke_width=thickness)
