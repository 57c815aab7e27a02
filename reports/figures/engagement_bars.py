"""The pictures of page one: the engagement of each camp, and what of it was found to be made."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from reports.figures.svg import ACCENT, FAINT, INK, MUTED, SERIES, rounded
from reports.figures.svg_canvas import POINTS, Canvas, fitted, text_width

WIDTH = 3.25 * POINTS
"""Units: two pictures stand beside each other in the text width of an A4 page, and one is as wide as a phone."""
COLOURS = (ACCENT, SERIES[1])
"""Colours of what each kind of engagement loses."""
SIZE, ROW, THICK, SCALE = 8.0, 20.0, 6.5, 13.0
"""Units: of the texts, of a row with its text above its bar, of the bar, and of the scale below all bars."""


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
        number: how a number on the scale is written.
    """

    title: str
    left: str
    taken: str
    number: Callable[[float], str]


def engagement_bars(bars: Sequence[Bar], legend: Legend, place: int) -> str:
    """Draw one kind of engagement, a bar for each camp with its name and numbers above it.

    Args:
        bars: from top to bottom.
        legend: see ``Legend``.
        place: of the colour of what was taken.
    """
    color = COLOURS[place]
    keys = [(legend.left, FAINT), (legend.taken, color)]
    top = 11.0 * (1 + Canvas.legend_rows(keys, WIDTH)) + 3
    bottom = top + ROW * len(bars)
    canvas = Canvas(WIDTH, bottom + SCALE)
    canvas.text(legend.title, 0, 8.5, SIZE + 1, weight=600)
    canvas.legend(keys, 0, 19.5, is_round=False)
    most = max((bar.left + bar.taken for bar in bars), default=0.0) or 1.0
    scale = WIDTH / most
    for row, bar in enumerate(bars):
        line, middle = top + ROW * row + 8.5, top + ROW * row + 14.5
        room = WIDTH - text_width(bar.beside, SIZE) - 8
        canvas.text(fitted(bar.label, SIZE, room), 0, line, SIZE)
        canvas.text(bar.beside, WIDTH, line, SIZE, fill=color if bar.taken else MUTED, text_anchor="end")
        border = scale * bar.left
        _line(canvas, 0, border, middle, FAINT, THICK)
        _line(canvas, border, border + scale * bar.taken, middle, color, THICK)
        _line(canvas, scale * bar.ends[0], scale * bar.ends[1], middle, INK, 1.2)
    for value in _marks(most):
        at = scale * value
        canvas.path([f"M{rounded(at)} {rounded(bottom)}v3"], stroke=FAINT, stroke_width=0.8)
        anchor = "middle" if 0 < value < most * 0.9 else "end" if value else "start"
        canvas.text(legend.number(value), at, bottom + 10.5, SIZE - 1, fill=MUTED, text_anchor=anchor)
    return canvas.svg()


def _marks(most: float) -> tuple[float, ...]:
    """Return round whole numbers on a scale that ends at ``most``, such as 0, 5,000 and 10,000."""
    power = 10.0 ** math.floor(math.log10(most))
    step = max(1.0, next(part * power for part in (5, 2, 1, 0.5) if part * power * 2 <= most))
    return tuple(step * n for n in range(math.floor(most / step) + 1))


def _line(canvas: Canvas, begin: float, end: float, middle: float, color: str, thickness: float) -> None:
    if end > begin:
        canvas.path([f"M{rounded(begin)} {rounded(middle)}H{rounded(end)}"], stroke=color, stroke_width=thickness)
