"""Charts: what was observed against what chance would give, and acts on a line of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.dates import AutoDateLocator

from reports.figures.svg import ACCENT, FAINT, INK, MUTED, SERIES, drawing, svg_of

__all__ = ["Dot", "observed_and_expected", "timeline"]

WIDTH = 6.7
"""Of a chart, inches: the text width of an A4 page."""

DAY = 86_400.0
"""Seconds; matplotlib counts time in days since 1970."""

PIXELS = 2_000
"""Steps of a timeline's width: acts of a row within one step are drawn as one dot."""

MOST_BESIDE = 4
"""Entries of a legend in a row; more would push the drawing together."""

MOST_NAMED = 26
"""Rows of a timeline up to which each is named; more would be too small to read."""


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


def observed_and_expected(
    rows: Sequence[tuple[str, float, float]],
    legend: tuple[str, str],
    axis: str,
    number: Callable[[float], str],
    anchor: str,
) -> str:
    """Draw, for each row, how far the observed number lies from the expected one, on a logarithmic scale.

    Args:
        rows: label, observed and expected, from top to bottom; both above 0.
        legend: the words for observed and expected.
        axis: the title of the axis.
        number: formats a number.
        anchor: of the figure.
    """
    step = 0.27 if len(rows) <= 8 else 0.18
    with drawing(WIDTH, 0.75 + step * len(rows)) as figure:
        axes = figure.add_subplot()
        axes.set_xscale("log")
        places = range(len(rows))
        axes.hlines(places, [row[2] for row in rows], [row[1] for row in rows], color=FAINT, linewidth=1.2, zorder=1)
        axes.scatter([row[2] for row in rows], places, s=34, facecolor="#ffffff", edgecolor=MUTED, zorder=2)
        axes.scatter([row[1] for row in rows], places, s=38, color=ACCENT, linewidth=0, zorder=3)
        for place, (_, observed, expected) in enumerate(rows):
            left, right = (expected, observed) if expected <= observed else (observed, expected)
            for value, side in ((left, -1), (right, 1)):
                axes.annotate(
                    number(value),
                    (value, place),
                    (7 * side, 0),
                    textcoords="offset points",
                    ha="left" if side > 0 else "right",
                    va="center",
                    fontsize=8.5,
                    color=ACCENT if value == observed else MUTED,
                )
        axes.set_yticks(list(places), [row[0] for row in rows])
        values = [value for row in rows for value in row[1:]]
        axes.set_xlim(min(values) / 3, max(values) * 3)
        axes.set_ylim(len(rows) - 0.5, -0.75)
        axes.xaxis.set_major_formatter(lambda value, _place: number(value))
        axes.minorticks_off()
        axes.set_xlabel(axis)
        axes.grid(visible=True, axis="x")
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        _legend(axes, [(legend[1], "#ffffff", MUTED), (legend[0], ACCENT, ACCENT)])
        return svg_of(figure, anchor)


def timeline(
    dots: Sequence[Dot],
    rows: Sequence[str],
    series: Sequence[str],
    axis: str,
    moment: Callable[[dt.datetime, float], str],
    anchor: str,
    marks: Sequence[tuple[dt.datetime, str]] = (),
) -> str:
    """Draw acts as dots: time from left to right, one row for each account.

    Dots that would cover each other to the pixel are drawn once.

    Args:
        dots: the acts.
        rows: the accounts' names, from top to bottom; more than ``MOST_NAMED`` are too many to name.
        series: the kinds of act; more than the colours there are share the last.
        axis: the title of the time axis.
        moment: formats a time, given the whole span in seconds.
        anchor: of the figure.
        marks: moments with what stands over them, such as the name of a target.
    """
    is_named = len(rows) <= MOST_NAMED
    step = 0.105 if is_named else 1.25 / len(rows)
    size = 3.4 if is_named else 2.2
    first = min(dot.at for dot in dots).timestamp()
    span = max(max(dot.at for dot in dots).timestamp() - first, 60.0)
    with drawing(WIDTH, 0.8 + step * max(len(rows), 4)) as figure:
        axes = figure.add_subplot()
        for index in range(len(series)):
            own = (dot for dot in dots if dot.series == index)
            places = sorted({(round((dot.at.timestamp() - first) / span * PIXELS), dot.row) for dot in own})
            axes.add_collection(
                _dots(
                    [((first + place * span / PIXELS) / DAY, row) for place, row in places],
                    SERIES[min(index, len(SERIES) - 1)],
                    size,
                )
            )
        for at, name in marks:
            late = (at.timestamp() - first) / span > 0.5
            axes.axvline(at.timestamp() / DAY, color=FAINT, linewidth=0.6, zorder=0)
            axes.annotate(
                name,
                (at.timestamp() / DAY, 1),
                (-2 if late else 2, 2),
                xycoords=("data", "axes fraction"),
                textcoords="offset points",
                fontsize=7,
                color=MUTED,
                ha="right" if late else "left",
            )
        _rows(axes, rows if is_named else ())
        axes.set_xlim((first - 0.02 * span) / DAY, (first + 1.02 * span) / DAY)
        axes.set_ylim(len(rows) - 0.3, -0.7)
        axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=7))  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_formatter(
            lambda day, _place: moment(dt.datetime.fromtimestamp(round(day * DAY), dt.UTC), span)
        )
        axes.set_xlabel(axis)
        axes.grid(visible=True, axis="x")
        if len(series) > 1:
            entries = [(name, SERIES[min(i, len(SERIES) - 1)], "none") for i, name in enumerate(series)]
            _legend(axes, entries, above=0.13 / (step * max(len(rows), 4)) if marks else 0.0)
        return svg_of(figure, anchor)


def _dots(places: Sequence[tuple[float, float]], color: str, size: float) -> LineCollection:
    """Return dots as the round ends of lines without length, which become one short path for all of them."""
    return LineCollection(
        [[place, place] for place in places], colors=color, linewidths=size, capstyle="round", alpha=0.8, zorder=2
    )


def _rows(axes: Axes, names: Sequence[str]) -> None:
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_yticks(range(len(names)), list(names), fontsize=7)


def _legend(axes: Axes, entries: Sequence[tuple[str, str, str]], above: float = 0.0) -> None:
    handles = [
        axes.plot([], [], marker="o", linestyle="none", markersize=5, markerfacecolor=fill, markeredgecolor=edge)[0]
        for _, fill, edge in entries
    ]
    axes.legend(
        handles,
        [name for name, _, _ in entries],
        loc="lower left",
        bbox_to_anchor=(0, 1 + above),
        ncols=min(len(entries), MOST_BESIDE),
        frameon=False,
        fontsize=8.5,
        handletextpad=0.1,
        borderaxespad=0.2,
        borderpad=0,
        columnspacing=1.4,
        labelcolor=INK,
    )
