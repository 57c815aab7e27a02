"""Acts on a line of time, a row for each account."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reports.figures.svg import FAINT, GRID, MUTED, SERIES, rounded
from reports.figures.svg_canvas import POINTS, Canvas, fitted, text_width

WIDTH = 6.7
"""Width of a chart, inches: the text width of an A4 page."""
NAME_SIZE = 7.0
MOST_NAMED = 16
"""Rows up to which each is named; more would be too small to read."""
MOST_TICKS = 7
DAY_S = 86_400
_GAP = 4.0
"""Room on both sides of the name of a mark together, points."""
_STEPS_S = (1, 2, 5, 10, 15, 30, *(60 * n for n in (1, 2, 5, 10, 15, 30)), *(3_600 * n for n in (1, 2, 3, 6, 12)))
_STEPS_D = (1, 2, 7, 14)
_STEPS_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240)
"""Between the ticks of a scale: seconds, days and months."""
_MONDAY = dt.datetime(1970, 1, 5, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Dot:
    """One act on a timeline.

    Attributes:
        row: which row, from 0 at the top.
        series: which kind of act, an index of the series' names.
        at: when, UTC.
    """

    row: int
    series: int
    at: dt.datetime


def timeline(
    dots: Sequence[Dot],
    rows: Sequence[str],
    series: Sequence[str],
    moment: Callable[[dt.datetime, float], str],
    marks: Sequence[tuple[dt.datetime, str]] = (),
) -> str:
    """Draw acts as dots: time from left to right, one row for each account.

    Dots that would cover each other to the tenth of a point are drawn once.

    Args:
        dots: the acts.
        rows: the accounts' names, from top to bottom; more than ``MOST_NAMED`` are too many to name.
        series: the kinds of act; more than the colours there are share the last.
        moment: formats a time, given the whole span in seconds.
        marks: moments with what stands over them, such as the name of a target.
    """
    is_named = len(rows) <= MOST_NAMED
    step = POINTS * (0.105 if is_named else 0.8 / len(rows))
    first = min(dot.at for dot in dots)
    span = max((max(dot.at for dot in dots) - first).total_seconds(), 60.0)
    names = max((text_width(name, NAME_SIZE) for name in rows), default=0.0) + 4 if is_named else 0.0
    keys = [(name, SERIES[min(place, len(SERIES) - 1)]) for place, name in enumerate(series)]
    legend = 11.0 * Canvas.legend_rows(keys, WIDTH * POINTS - names) + 3 if len(series) > 1 else 0.0
    top = legend + (9.0 if marks else 0.0)
    bottom = top + step * max(len(rows), 4)
    canvas = Canvas(WIDTH * POINTS, bottom + 14)
    room = canvas.width - names

    def across(at: dt.datetime) -> float:
        return names + room * (0.02 + (at - first).total_seconds() / span) / 1.04

    if legend:
        canvas.legend(keys, names, 9, is_round=True)
    ticks = list(_ticks(first, first + dt.timedelta(seconds=span)))
    lines = (f"M{across(at):.1f} {rounded(top)}V{rounded(bottom)}" for at in ticks)
    canvas.path(lines, stroke=GRID, stroke_width=0.6)
    marked = [across(at) for at, _ in marks]
    canvas.path((f"M{x:.1f} {rounded(top)}V{rounded(bottom)}" for x in marked), stroke=FAINT, stroke_width=0.6)
    for x, text, side in _labels(marked, [name for _, name in marks], (names, canvas.width)):
        canvas.text(text, x, top - 2, NAME_SIZE, fill=MUTED, text_anchor=side)
    for place, (_, color) in enumerate(keys):
        own = ((dot.row, round(across(dot.at), 1)) for dot in dots if dot.series == place)
        places = [(x, top + step * (row + 0.5)) for row, x in sorted(set(own))]
        canvas.dots(places, 3.4 if is_named else 2.2, color, 0.8)
    canvas.path([f"M{rounded(names)} {rounded(bottom)}H{rounded(canvas.width)}"], stroke=FAINT, stroke_width=0.6)
    for row, name in enumerate(rows if is_named else ()):
        canvas.text(name, names - 4, top + step * (row + 0.5) + 2.5, NAME_SIZE, text_anchor="end")
    for at in ticks:
        canvas.text(moment(at, span), across(at), bottom + 10, 9, fill=MUTED, text_anchor="middle")
    return canvas.svg()


def _labels(
    places: Sequence[float], texts: Sequence[str], ends: tuple[float, float]
) -> Iterator[tuple[float, str, str]]:
    """Yield where each text stands beside its mark, cut to its room, and its anchor: no text runs into another."""
    taken = ends[0]
    for place, text, following in zip(places, texts, (*places[1:], ends[1]), strict=True):
        left, right = place - taken - _GAP, following - place - _GAP
        if text_width(text, NAME_SIZE) <= right or right >= left:
            shown = fitted(text, NAME_SIZE, right)
            yield place + _GAP / 2, shown, "start"
            taken = place + _GAP / 2 + text_width(shown, NAME_SIZE)
        else:
            yield place - _GAP / 2, fitted(text, NAME_SIZE, left), "end"
            taken = place


def _ticks(first: dt.datetime, last: dt.datetime) -> Iterator[dt.datetime]:
    """Yield round moments between two, at most ``MOST_TICKS``, as close together as that allows."""
    span = (last - first).total_seconds()
    steps = (*_STEPS_S, *(DAY_S * days for days in _STEPS_D))
    step = next((step for step in steps if span / step < MOST_TICKS), None)
    if step is None:
        yield from _month_starts(first, last)
        return
    late = (first - _MONDAY).total_seconds() % step
    at = first + dt.timedelta(seconds=(step - late) % step)
    while at <= last:
        yield at
        at += dt.timedelta(seconds=step)


def _month_starts(first: dt.datetime, last: dt.datetime) -> Iterator[dt.datetime]:
    n_months = (last.year - first.year) * 12 + last.month - first.month
    step = next((step for step in _STEPS_MONTHS if n_months / step < MOST_TICKS), _STEPS_MONTHS[-1])
    month = -(-(first.year * 12 + first.month - 1) // step) * step
    while True:
        at = dt.datetime(month // 12, month % 12 + 1, 1, tzinfo=dt.UTC)
        if at > last:
            return
        if at >= first:
            yield at
        month += step
