"""The picture of page one: the engagement of each camp, and what of it was found to be made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.patches import Patch

from reports.figures.svg import ACCENT, FAINT, INK, MUTED, SERIES, drawing, svg_of

__all__ = ["Bar", "Panel", "engagement_bars"]

WIDTH = 6.7
"""Inches: the text width of an A4 page."""
COLOURS = (ACCENT, SERIES[1])
"""Colours of what each panel takes from the engagement."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One camp's engagement.

    Attributes:
        label: the camp.
        left: what is left.
        taken: what was taken from it.
        ends: between which what is left may lie.
        beside: what stands beside the bar.
    """

    label: str
    left: float
    taken: float
    ends: tuple[float, float]
    beside: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One kind of engagement.

    Attributes:
        title: what is counted.
        legend: what is left, and what was taken.
        bars: from top to bottom.
        place: of the colour of what was taken.
    """

    title: str
    legend: tuple[str, str]
    bars: tuple[Bar, ...]
    place: int


def engagement_bars(panels: Sequence[Panel], anchor: str) -> str:
    """Draw each kind of engagement in a panel of its own, a bar for each camp.

    Args:
        panels: one or two.
        anchor: of the figure.
    """
    most = max(len(panel.bars) for panel in panels)
    with drawing(WIDTH, 0.5 + 0.22 * most) as figure:
        for place, panel in enumerate(panels):
            axes = figure.add_subplot(1, len(panels), place + 1)
            places = range(len(panel.bars))
            left = [bar.left for bar in panel.bars]
            taken = [bar.taken for bar in panel.bars]
            axes.barh(places, left, color=FAINT, height=0.62, linewidth=0)
            axes.barh(places, taken, left=left, color=COLOURS[panel.place], height=0.62, linewidth=0)
            axes.hlines(places, *zip(*(bar.ends for bar in panel.bars), strict=True), color=INK, linewidth=1.2)
            widest = max(a + b for a, b in zip(left, taken, strict=True)) or 1.0
            for row, bar in enumerate(panel.bars):
                axes.annotate(
                    bar.beside,
                    (bar.left + bar.taken, row),
                    (5, 0),
                    textcoords="offset points",
                    va="center",
                    fontsize=8.5,
                    color=COLOURS[panel.place] if bar.taken else MUTED,
                )
            axes.set_yticks(list(places), [bar.label for bar in panel.bars])
            axes.set_ylim(most - 0.4, -0.6)
            axes.set_xlim(0, widest * (1.4 if len(panels) == 1 else 2.05))
            axes.set_xticks([])  # every number stands beside its bar
            axes.spines[["left", "bottom"]].set_visible(False)
            axes.tick_params(axis="y", length=0)
            axes.legend(
                handles=[
                    Patch(color=FAINT, label=panel.legend[0]),
                    Patch(color=COLOURS[panel.place], label=panel.legend[1]),
                ],
                title=panel.title,
                title_fontproperties={"size": 9, "weight": "semibold"},
                alignment="left",
                loc="lower left",
                bbox_to_anchor=(0, 1),
                frameon=False,
                fontsize=8.5,
                ncols=2,
                handlelength=1.0,
                borderpad=0,
                borderaxespad=0.2,
                labelspacing=0.2,
            )
        return svg_of(figure, anchor)
