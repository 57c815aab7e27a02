"""The drawing of a network at the places the analysis gave its accounts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from reports.figures.svg import ACCENT, FAINT, INK, MUTED, drawing, svg_of

__all__ = ["Line", "Node", "network"]


@dataclass(frozen=True, slots=True)
class Node:
    """One account.

    Attributes:
        name: as printed; empty to leave it unnamed.
        x: place, any unit.
        y: place, any unit, upwards.
        weight: its number of lines.
    """

    name: str
    x: float
    y: float
    weight: int


@dataclass(frozen=True, slots=True)
class Line:
    """One pair.

    Attributes:
        left: index of a node.
        right: index of another.
        strength: larger is drawn darker, any unit.
    """

    left: int
    right: int
    strength: float


def _name(axes: Axes, name: str, x: float, y: float) -> None:
    """Write a name beside its dot, away from the middle."""
    across = 0 if abs(x) < 0.12 else 1 if x > 0 else -1
    up = 0 if across else 1 if y >= 0 else -1
    axes.annotate(
        name,
        (x, y),
        (8 * across, 11 * up),
        textcoords="offset points",
        ha=("right", "center", "left")[across + 1],
        va="center",
        fontsize=9.5,
    )


def network(nodes: Sequence[Node], lines: Sequence[Line], anchor: str) -> str:
    """Draw accounts as dots and pairs as lines, fitted to the page.

    Args:
        nodes: at least one.
        lines: in any order; the strongest are drawn last, in three shades.
        anchor: of the figure.
    """
    places = np.array([(node.x, node.y) for node in nodes], dtype=float)
    low, high = places.min(axis=0), places.max(axis=0)
    places = (places - (low + high) / 2) / max(float((high - low).max()), 1e-9)
    is_named = any(node.name for node in nodes)
    width, pad = (3.9, 0.45) if is_named else (5.2, 0.06)
    height = max(0.35, float(places[:, 1].max() - places[:, 1].min()))
    with drawing(width, width * min(1.0, (height + 0.2) / (1 + 2 * pad))) as figure:
        axes = figure.add_subplot()
        axes.set_axis_off()
        order = sorted(lines, key=lambda line: (line.strength, line.left, line.right))
        for shade, (color, width, opacity) in enumerate(((FAINT, 0.5, 0.4), (MUTED, 0.6, 0.45), (INK, 0.7, 0.5))):
            third = order[len(order) * shade // 3 : len(order) * (shade + 1) // 3]
            segments = [places[[line.left, line.right]] for line in third]
            axes.add_collection(LineCollection(segments, colors=color, linewidths=width, alpha=opacity, zorder=1))
        most = max(node.weight for node in nodes) or 1
        scale = max(0.25, min(1.0, 60 / len(nodes)))
        widths = np.array([np.sqrt(scale * (28 + 115 * node.weight / most)) for node in nodes])
        # Dots are the round ends of lines without length: a tenth of the bytes that circles take.
        spots = [[place, place] for place in places]
        for color, extra in (("#ffffff", 1.4), (ACCENT, 0.0)):
            dots = LineCollection(spots, colors=color, linewidths=widths + extra, capstyle="round", zorder=2)
            axes.add_collection(dots)
        for node, (x, y) in zip(nodes, places, strict=True):
            if node.name:
                _name(axes, node.name, float(x), float(y))
        axes.set_xlim(-0.5 - pad, 0.5 + pad)
        axes.set_ylim(float(places[:, 1].min()) - 0.1, float(places[:, 1].max()) + 0.1)
        axes.set_aspect("equal", adjustable="box")
        return svg_of(figure, anchor)
