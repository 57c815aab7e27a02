"""Charts of work and of what it bought: hours of the week, ceilings, proportions, money, followers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PatchCollection
from matplotlib.dates import AutoDateLocator
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from reports.figures.svg import ACCENT, FAINT, INK, LABEL_PAD, MUTED, SERIES, column_spacing, drawing, svg_of

WIDTH = 6.7
"""Width of a chart, inches: the text width of an A4 page."""

SHADES = 7
"""Steps of darkness in a map of hours."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """One row of a chart of intervals.

    Attributes:
        label: what it is of.
        value: its middle; None where it has none.
        low: its lower end.
        high: its upper end; None where it is open.
    """

    label: str
    value: float | None
    low: float
    high: float | None


def hours_of_the_week(maps: Sequence[tuple[str, Numbers]], weekdays: Sequence[str], axis: str, anchor: str) -> str:
    """Draw maps of the week side by side, darker where more acts fall, on one scale.

    Args:
        maps: title and shares of acts, shape (7, 24), Monday first; one or two.
        weekdays: their short names.
        axis: the title of the axis of hours.
    """
    most = max(float(shares.max()) for _, shares in maps) or 1.0
    with drawing(WIDTH, 1.85) as figure:
        panels = figure.subplots(1, len(maps), sharey=True, squeeze=False)[0]
        for axes, (title, shares) in zip(panels, maps, strict=True):
            steps = np.ceil(shares / most * SHADES)
            for step in np.unique(steps[steps > 0]):
                squares = [
                    Rectangle((hour + 0.04, weekday + 0.04), 0.92, 0.92) for weekday, hour in np.argwhere(steps == step)
                ]
                shade = PatchCollection(squares, facecolor=ACCENT, alpha=float(step) / SHADES, linewidth=0)
                axes.add_collection(shade, autolim=False)
            axes.set_xlim(0, 24)
            axes.set_ylim(7, 0)
            axes.set_xticks(range(0, 24, 6), [f"{hour:02d}" for hour in range(0, 24, 6)])
            axes.set_yticks(np.arange(7) + 0.5, list(weekdays))
            axes.tick_params(length=0)
            axes.set_title(title, loc="left", fontsize=9, color=INK)
            axes.set_xlabel(axis)
            for side in ("left", "bottom"):
                axes.spines[side].set_visible(False)
        return svg_of(figure, anchor)


def ceilings(
    groups: Sequence[tuple[str, Numbers, Numbers]],
    axes_titles: tuple[str, str],
    number: Callable[[float], str],
    anchor: str,
) -> str:
    """Draw posts by their ceiling and the interactions they had, on logarithmic scales, with the line of equality.

    Args:
        groups: name, ceilings and interactions, each 1 or more; the first is drawn faintest, the last strongest.
        axes_titles: of the axis to the right and the axis upwards.
        number: formats a number.
    """
    styles = ((FAINT, 8, 0.5), (SERIES[1], 20, 0.9), (ACCENT, 24, 0.95))
    with drawing(WIDTH, 3.9) as figure:
        axes = figure.add_subplot()
        axes.set_xscale("log")
        axes.set_yscale("log")
        known = np.concatenate([part for group in groups for part in group[1:]])
        ends = np.array([known.min(), known.max()]) if known.size else np.array([1.0, 10.0])
        for (name, ceiling, interactions), (colour, size, alpha) in zip(groups, styles, strict=False):
            axes.scatter(ceiling, interactions, s=size, color=colour, alpha=alpha, linewidth=0, label=name, zorder=2)
        axes.plot(ends, ends, color=MUTED, linewidth=0.9, zorder=1)
        axes.set_xlabel(axes_titles[0])
        axes.set_ylabel(axes_titles[1], labelpad=LABEL_PAD)
        for scale in (axes.xaxis, axes.yaxis):
            scale.set_major_formatter(lambda value, _place: number(value))
        axes.minorticks_off()
        axes.grid(visible=True)
        _legend(axes, len(groups))
        return svg_of(figure, anchor)


def composition(
    usual: Numbers, odd: Numbers, names: tuple[str, str], corners: tuple[str, str, str], anchor: str
) -> str:
    """Draw the proportions of posts in a triangle, by the square roots of their parts.

    Args:
        usual: shape (posts, 3); parts sum to 1.
        odd: shape (posts, 3); drawn stronger.
        names: of both kinds of posts.
        corners: what each corner stands for.
    """
    places = np.array([[0.0, 0.0], [1.0, 0.0], [0.5, np.sqrt(0.75)]])
    with drawing(WIDTH, 3.6) as figure:
        axes = figure.add_subplot()
        outline = places[[0, 1, 2, 0]]
        axes.plot(outline[:, 0], outline[:, 1], color=FAINT, linewidth=0.8, zorder=1)
        for parts, name, colour, size in ((usual, names[0], MUTED, 9), (odd, names[1], ACCENT, 22)):
            roots = np.sqrt(parts)
            spots = (roots / np.maximum(roots.sum(axis=1, keepdims=True), 1e-12)) @ places
            axes.scatter(spots[:, 0], spots[:, 1], s=size, color=colour, alpha=0.7, linewidth=0, label=name, zorder=2)
        for (x, y), text, side, above in zip(places, corners, ("right", "left", "center"), (0, 0, 6), strict=True):
            shift = {"right": -6, "left": 6, "center": 0}[side]
            axes.annotate(text, (x, y), (shift, above), textcoords="offset points", ha=side, va="bottom", fontsize=9)
        axes.set_aspect("equal")
        axes.set_axis_off()
        axes.set_xlim(-0.35, 1.35)
        axes.set_ylim(-0.03, 0.95)
        _legend(axes, 2)
        return svg_of(figure, anchor)


def intervals(rows: Sequence[Interval], axis: str, number: Callable[[float], str], anchor: str) -> str:
    """Draw a dot and a line for each row on a logarithmic scale; an open end has an arrow.

    Args:
        rows: from top to bottom.
        axis: the title of the axis.
        number: formats a number.
    """
    known = [end for row in rows for end in (row.low, row.value, row.high) if end is not None and end > 0]
    least, most = min(known, default=1.0) / 2, max(known, default=1.0) * 2
    with drawing(WIDTH, 0.8 + 0.34 * len(rows)) as figure:
        axes = figure.add_subplot()
        axes.set_xscale("log")
        for place, row in enumerate(rows):
            low, high = max(row.low, least), most if row.high is None else row.high
            axes.plot([low, high], [place, place], color=SERIES[1], linewidth=1.6, zorder=1)
            marks = [(low, "|" if row.low > 0 else "<"), (high, "|" if row.high is not None else ">")]
            for end, mark in marks:
                axes.plot([end], [place], marker=mark, markersize=7, color=SERIES[1], linestyle="none")
            if row.value is not None:
                axes.scatter([row.value], [place], s=36, color=ACCENT, linewidth=0, zorder=3)
                axes.annotate(
                    number(row.value), (row.value, place), (0, 6), textcoords="offset points", ha="center",
                    fontsize=8.5, color=INK,
                )  # fmt: skip
        axes.set_yticks(range(len(rows)), [row.label for row in rows])
        axes.set_xlim(least, most)
        axes.set_ylim(len(rows) - 0.5, -0.7)
        axes.xaxis.set_major_formatter(lambda value, _place: number(value))
        axes.minorticks_off()
        axes.set_xlabel(axis)
        axes.grid(visible=True, axis="x")
        axes.spines["left"].set_visible(False)
        axes.tick_params(axis="y", length=0)
        return svg_of(figure, anchor)


def marked_growth(
    days: NDArray[np.int64],
    followers: NDArray[np.int64],
    jumps: NDArray[np.bool_],
    texts: tuple[str, str, str],
    formats: tuple[Callable[[float], str], Callable[[dt.datetime, float], str]],
    anchor: str,
) -> str:
    """Draw followers over days and mark the jumps.

    Args:
        days: shape (n,); days since 1970, in order.
        followers: shape (n,).
        jumps: shape (n,); whether the day is marked.
        texts: title of the axis upwards, name of the line, name of the marks.
        formats: of a number, and of a time given the whole span in seconds.
    """
    number, moment = formats
    span = max(1.0, float(days[-1] - days[0])) * 86_400
    with drawing(WIDTH, 2.6) as figure:
        axes = figure.add_subplot()
        axes.plot(days.astype(np.float64), followers, color=SERIES[1], linewidth=1.3, label=texts[1], zorder=1)
        axes.scatter(days[jumps], followers[jumps], s=34, color=ACCENT, linewidth=0, label=texts[2], zorder=2)
        axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=7))  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_formatter(
            lambda day, _place: moment(dt.datetime.fromtimestamp(round(day * 86_400), dt.UTC), span)
        )
        axes.yaxis.set_major_formatter(lambda value, _place: number(value))
        axes.set_ylabel(texts[0], labelpad=LABEL_PAD)
        axes.grid(visible=True, axis="y")
        _legend(axes, 2)
        return svg_of(figure, anchor)


def _legend(axes: Axes, n_columns: int) -> None:
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1), ncols=n_columns, frameon=False, fontsize=8.5, handletextpad=0.3,
        borderaxespad=0.2, borderpad=0, columnspacing=column_spacing(axes), labelcolor=INK,
    )  # fmt: skip
