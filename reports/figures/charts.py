"""The chart of what was observed against what chance would give."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matplotlib.axes import Axes

from reports.figures.svg import ACCENT, FAINT, INK, MUTED, drawing, svg_of

__all__ = ["observed_and_expected"]

WIDTH = 6.7
"""Width of a chart, inches: the text width of an A4 page."""


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


def _legend(axes: Axes, entries: Sequence[tuple[str, str, str]]) -> None:
    handles = [
        axes.plot([], [], marker="o", linestyle="none", markersize=5, markerfacecolor=fill, markeredgecolor=edge)[0]
        for _, fill, edge in entries
    ]
    axes.legend(
        handles,
        [name for name, _, _ in entries],
        loc="lower left",
        bbox_to_anchor=(0, 1),
        ncols=len(entries),
        frameon=False,
        fontsize=8.5,
        handletextpad=0.1,
        borderaxespad=0.2,
        borderpad=0,
        columnspacing=5.0,  # a reader's own font may be a quarter wider than the one measured
        labelcolor=INK,
    )
